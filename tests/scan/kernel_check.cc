// Runs every check of kernel_checks.h on the named kernels, or on all that this processor, real or emulated, can run.
//
//   kernel_check NEON     exit 0: right; 1: wrong; 2: no such kernel here
//
// Needs nothing but the C++ library, so that it can be built by a cross compiler and run by qemu-user; see
// scripts/test-neon.
#include <cstdio>
#include <string>
#include <vector>

#include "src/scan/kernels.h"
#include "tests/scan/kernel_checks.h"

int main(int argc, char** argv) {
  using logstat::Kernels;
  std::vector<const Kernels*> chosen;
  for (int i = 1; i < argc; ++i) {
    chosen.push_back(logstat::FindKernels(argv[i]));
    if (chosen.back() == nullptr) {
      std::printf("no kernel %s here\n", argv[i]);
      return 2;
    }
  }
  if (chosen.empty()) {
    for (const Kernels& kernels : logstat::AllKernels()) {
      if (kernels.supported()) chosen.push_back(&kernels);
    }
  }
  for (const Kernels* kernels : chosen) {
    for (const logstat::Pattern& pattern : logstat::HostilePatterns()) {
      for (auto check : {logstat::CheckAtEveryAlignment, logstat::CheckAtGuardPages, logstat::CheckFirstOf}) {
        const std::string wrong = check(*kernels, pattern);
        if (!wrong.empty()) {
          std::printf("%s\n", wrong.c_str());
          return 1;
        }
      }
    }
    std::printf("%s is right\n", std::string(kernels->name).c_str());
    std::fflush(stdout);
  }
  std::printf("the best here is %s\n", std::string(logstat::BestKernels().name).c_str());
  return 0;
}
