// The table that kernels.cc builds and dispatch.cc serves: the vector kernels alone, best first.
//
//   for (const Kernels& kernels : VectorKernels()) if (kernels.supported()) return kernels;
//
// Empty where Highway has no vector target. The entries live as long as the program.
#ifndef LOGSTAT_SRC_SCAN_VECTOR_KERNELS_H_
#define LOGSTAT_SRC_SCAN_VECTOR_KERNELS_H_

#include <span>

#include "src/scan/kernels.h"

namespace logstat {

std::span<const Kernels> VectorKernels();

}  // namespace logstat

#endif  // LOGSTAT_SRC_SCAN_VECTOR_KERNELS_H_
