// The durations of a host by minute, for quantiles of some minutes and of the hour before them.
//
//   DurationMinutes minutes;
//   minutes.Add(compact);                      // of every line of the newest minute (compact_duration.h)
//   minutes.End(minute);
//   minutes.Sum(minute - 4, minute).Quantile(0.95)      // microseconds
//
// Sixteen steps for each doubling, so a quantile is right within 3 %; below 64 us and above a day they are not told
// apart. Knows the last kMinutes minutes. Memory: 4 KiB, and 8 bytes for each step that a minute has. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_DURATION_MINUTES_H_
#define LOGSTAT_SRC_DETECT_DURATION_MINUTES_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "src/base/ring.h"
#include "src/deliver/compact_duration.h"

namespace logstat {

class DurationMinutes {
 public:
  static constexpr int64_t kMinutes = 66;
  static constexpr size_t kSteps = 496;

  struct Sums {
    std::array<uint64_t, kSteps> steps{};
    uint64_t total = 0;

    // Microseconds, the middle of its step; 0 of none.
    int64_t Quantile(double part) const {
      const auto rank = static_cast<uint64_t>(part * static_cast<double>(total));
      uint64_t seen = 0;
      for (size_t step = 0; step < kSteps; ++step) {
        seen += steps[step];
        if (seen > rank) return Middle(step);
      }
      return 0;
    }
    // Whether the log has whole seconds: none lies between 0 and one.
    bool HasWholeSeconds() const {
      return std::all_of(steps.begin() + 1,
                         steps.begin() + static_cast<std::ptrdiff_t>(StepOf(CompactDuration(990'000))),
                         [](uint64_t count) { return count == 0; });
    }
  };

  void Add(uint16_t compact) { ++newest_[StepOf(compact)]; }
  void End(int64_t minute) {
    Minute& slot = minutes_[RingPlace(minute, kMinutes)];
    slot.at = minute;
    slot.counts.clear();
    for (size_t step = 0; step < kSteps; ++step) {
      if (newest_[step] != 0) slot.counts.emplace_back(static_cast<uint32_t>(step), newest_[step]);
    }
    newest_.fill(0);
  }
  Sums Sum(int64_t from_minute, int64_t to_minute) const {
    Sums sums;
    for (const Minute& minute : minutes_) {
      if (minute.at < from_minute || minute.at > to_minute) continue;
      for (const auto& [step, count] : minute.counts) {
        sums.steps[step] += count;
        sums.total += count;
      }
    }
    return sums;
  }

 private:
  static constexpr unsigned kShift = kCompactDurationBits - 4;  // sixteen steps
  static constexpr size_t kFirst = 6 << 4;                      // 64 us
  struct Minute {
    int64_t at = INT64_MIN;
    std::vector<std::pair<uint32_t, uint32_t>> counts;  // steps and lines
  };

  static constexpr size_t StepOf(uint16_t compact) {
    const size_t step = static_cast<size_t>(compact - 1) >> kShift;
    return std::min(std::max(step, kFirst) - kFirst, kSteps - 1);
  }
  static int64_t Middle(size_t step) {
    if (step == 0) return 0;
    return FullDuration(static_cast<uint16_t>(((step + kFirst) << kShift) + (1U << (kShift - 1)) + 1));
  }

  std::array<uint32_t, kSteps> newest_{};
  std::array<Minute, kMinutes> minutes_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_DURATION_MINUTES_H_
