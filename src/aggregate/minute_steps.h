// Minutes of UTC as numbers, and the lengths to which series of them are coarsened.
//
//   uint64_t minute = MinuteOf(time_ms);          // IsTime(time_ms) must hold
//   TimeMs begin = BeginOfMinute(minute);
//   minute / kMinuteSteps[level]                  // the step it is in
//
// Minute 0 begins with year 1, the earliest time that a line can have, so that numbers are never negative and have 33
// bits up to the end of year 9999. Steps of more than a minute begin at multiples of their length from there: days at
// midnight, weeks on Mondays. Each length divides the next one, so coarsening in one go or in several gives the same.
#ifndef LOGSTAT_SRC_AGGREGATE_MINUTE_STEPS_H_
#define LOGSTAT_SRC_AGGREGATE_MINUTE_STEPS_H_

#include <array>
#include <cstdint>

#include "logstat/report.h"
#include "src/base/milliseconds.h"

namespace logstat {

inline constexpr uint64_t kMinutesPossible = static_cast<uint64_t>((kLatestTime - kEarliestTime) / kMinuteMs + 1);

// In minutes: 1 and 10 min, 1 and 6 h, 1, 7, 28 d, and all there are. Of 28 days there are 130,445.
inline constexpr std::array<uint64_t, 8> kMinuteSteps = {1, 10, 60, 360, 1440, 10080, 40320, uint64_t{40320} << 18};
static_assert(kMinuteSteps.back() > kMinutesPossible);

constexpr uint64_t MinuteOf(TimeMs time) { return static_cast<uint64_t>(time - kEarliestTime) / kMinuteMs; }
constexpr TimeMs BeginOfMinute(uint64_t minute) { return kEarliestTime + static_cast<int64_t>(minute) * kMinuteMs; }

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_MINUTE_STEPS_H_
