#include "src/aggregate/distinct.h"

#include <algorithm>
#include <cmath>

namespace logstat {

void DistinctCounter::Merge(const DistinctCounter& other) {
  for (size_t i = 0; i < kRegisters; ++i) registers_[i] = std::max(registers_[i], other.registers_[i]);
}

uint64_t DistinctCounter::Estimate() const {
  constexpr double kM = static_cast<double>(kRegisters);
  constexpr double kAlpha = 0.7213 / (1.0 + 1.079 / kM);  // the paper's constant for m >= 128
  // Counting ranks first makes the sum independent of the registers' order, and so of rounding.
  size_t of_rank[65] = {};
  for (uint8_t rank : registers_) ++of_rank[rank];
  double sum = 0;
  for (int rank = 64; rank >= 0; --rank) sum += std::ldexp(static_cast<double>(of_rank[rank]), -rank);
  const double raw = kAlpha * kM * kM / sum;
  const double empty = static_cast<double>(of_rank[0]);
  if (raw <= 2.5 * kM && empty > 0) return static_cast<uint64_t>(std::llround(kM * std::log(kM / empty)));
  return static_cast<uint64_t>(std::llround(raw));
}

}  // namespace logstat
