// Runs every check of kernel_checks.h on every kernel that this processor, real or emulated, can run, and says which.
//
//   kernel_check NEON     exit 0: all right, NEON among them; 1: a kernel is wrong; 2: the named one did not run
//
// Needs nothing but the C++ library, so that it can be built by a cross compiler and run by qemu-user; see
// scripts/test-neon.
#include <cstdio>
#include <string>
#include <string_view>

#include "src/scan/kernels.h"
#include "tests/scan/kernel_checks.h"

int main(int argc, char** argv) {
  using logstat::Kernels;
  const std::string_view wanted = argc > 1 ? argv[1] : "scalar";
  bool ran_wanted = false;
  for (const Kernels& kernels : logstat::AllKernels()) {
    if (!kernels.supported()) continue;
    for (const logstat::Pattern& pattern : logstat::HostilePatterns()) {
      for (auto check : {logstat::CheckAtEveryAlignment, logstat::CheckAtGuardPages, logstat::CheckFirstOf}) {
        const std::string wrong = check(kernels, pattern);
        if (!wrong.empty()) {
          std::printf("%s\n", wrong.c_str());
          return 1;
        }
      }
    }
    std::printf("%.*s is right\n", static_cast<int>(kernels.name.size()), kernels.name.data());
    std::fflush(stdout);
    if (kernels.name == wanted) ran_wanted = true;
  }
  if (!ran_wanted) {
    std::printf("%.*s did not run\n", static_cast<int>(wanted.size()), wanted.data());
    return 2;
  }
  const std::string_view best = logstat::BestKernels().name;
  std::printf("the best is %.*s\n", static_cast<int>(best.size()), best.data());
  return 0;
}
