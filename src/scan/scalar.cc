// The reference: one byte at a time, nothing clever, right by reading it. Every vector kernel is held against this.
#include "src/scan/kernels.h"

namespace logstat {
namespace {

size_t CountNewlines(const uint8_t* bytes, size_t size) {
  size_t newlines = 0;
  for (size_t i = 0; i < size; ++i) {
    if (bytes[i] == '\n') ++newlines;
  }
  return newlines;
}

StructureCounts IndexStructure(const uint8_t* bytes, size_t size, uint32_t base, uint8_t mark, uint32_t* newlines,
                               uint32_t* marks) {
  StructureCounts counts{0, 0};
  for (size_t i = 0; i < size; ++i) {
    const uint32_t position = base + static_cast<uint32_t>(i);
    if (bytes[i] == '\n') newlines[counts.newlines++] = position;
    if (bytes[i] == mark) marks[counts.marks++] = position;
  }
  return counts;
}

void FirstOf(const uint8_t* bytes, const uint32_t* from, const uint32_t* limit, size_t rows, uint8_t a, uint8_t b,
             uint32_t* found) {
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t end = limit[row];
    uint32_t position = from[row] < end ? from[row] : end;
    while (position < end && bytes[position] != a && bytes[position] != b) ++position;
    found[row] = position;
  }
}

bool RunsEverywhere() { return true; }

}  // namespace

const Kernels& ScalarKernels() {
  static constexpr Kernels kScalar{"scalar", RunsEverywhere, CountNewlines, IndexStructure, FirstOf};
  return kScalar;
}

}  // namespace logstat
