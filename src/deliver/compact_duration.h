// Durations in 16 bits: what a line costs beside its shadow, if its log has durations.
//
//   const uint16_t compact = CompactDuration(batch.number(Field::kDuration, row));   // microseconds; 0: none
//   FullDuration(compact)                                                            // within a thousandth
//
// A number of six bits for the power of two and ten for what follows, of one more than the duration, so that 0 has one
// too: as in floating point, so that the order is that of the durations. Pure.
#ifndef LOGSTAT_SRC_DELIVER_COMPACT_DURATION_H_
#define LOGSTAT_SRC_DELIVER_COMPACT_DURATION_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace logstat {

inline constexpr unsigned kCompactDurationBits = 10;  // behind the power of two

// Negative: none.
constexpr uint16_t CompactDuration(int64_t duration_us) {
  if (duration_us < 0) return 0;
  const uint64_t value = static_cast<uint64_t>(duration_us == INT64_MAX ? duration_us : duration_us + 1);
  const auto power = static_cast<unsigned>(std::bit_width(value)) - 1;
  const uint64_t rest =
      power >= kCompactDurationBits ? value >> (power - kCompactDurationBits) : value << (kCompactDurationBits - power);
  return static_cast<uint16_t>(((power << kCompactDurationBits) | (rest & ((1U << kCompactDurationBits) - 1))) + 1);
}

constexpr int64_t FullDuration(uint16_t compact) {
  if (compact == 0) return -1;
  const unsigned power = static_cast<unsigned>(compact - 1) >> kCompactDurationBits;
  const uint64_t rest = (1U << kCompactDurationBits) | ((compact - 1U) & ((1U << kCompactDurationBits) - 1));
  const uint64_t value =
      power >= kCompactDurationBits ? rest << (power - kCompactDurationBits) : rest >> (kCompactDurationBits - power);
  return static_cast<int64_t>(value) - 1;
}

// Adds the duration of a line to those of `lines_before` others. As long as no line has one the column stays empty.
inline void AppendDuration(uint16_t duration, size_t lines_before, std::vector<uint16_t>& durations) {
  if (duration == 0 && durations.empty()) return;
  durations.resize(lines_before);
  durations.push_back(duration);
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_COMPACT_DURATION_H_
