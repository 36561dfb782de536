// Which kernels there are, and which one this run uses.
#include <cstdlib>
#include <vector>

#include "src/scan/kernels.h"
#include "src/scan/vector_kernels.h"

namespace logstat {
namespace {

const Kernels& ChooseKernels() {
  if (const char* name = std::getenv("LOGSTAT_KERNEL")) {
    if (const Kernels* wanted = FindKernels(name)) return *wanted;
  }
  for (const Kernels& kernels : AllKernels()) {
    if (kernels.supported()) return kernels;
  }
  return ScalarKernels();
}

}  // namespace

std::span<const Kernels> AllKernels() {
  static const std::vector<Kernels> all = [] {
    const std::span<const Kernels> vectors = VectorKernels();
    std::vector<Kernels> list(vectors.begin(), vectors.end());
    list.push_back(ScalarKernels());
    return list;
  }();
  return all;
}

const Kernels& BestKernels() {
  static const Kernels& best = ChooseKernels();
  return best;
}

const Kernels* FindKernels(std::string_view name) {
  for (const Kernels& kernels : AllKernels()) {
    if (kernels.name == name) return kernels.supported() ? &kernels : nullptr;
  }
  return nullptr;
}

}  // namespace logstat
