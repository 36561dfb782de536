// Lengths of time in milliseconds, the unit of event times.
#ifndef LOGSTAT_SRC_BASE_MILLISECONDS_H_
#define LOGSTAT_SRC_BASE_MILLISECONDS_H_

#include <cstdint>

namespace logstat {

inline constexpr int64_t kMinuteMs = 60'000;
inline constexpr int64_t kTenMinutesMs = 10 * kMinuteMs;
inline constexpr int64_t kHourMs = 60 * kMinuteMs;
inline constexpr int64_t kDayMs = 24 * kHourMs;

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_MILLISECONDS_H_
