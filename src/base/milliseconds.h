// Lengths of time in milliseconds, the unit of event times, and the steps in which a time lies.
//
//   event.time_ms - last_ms > kTenMinutesMs
//   SecondOf(-1)                                 // -1: the last second of 1969
//   FloorDivide(time_ms, kDayMs)                 // days since 1970
//
// Logs have times before 1970 (a clock that was never set), and C++ rounds to zero: without FloorDivide() the steps on
// both sides of 1970 would be one. Pure; thread-safe.
#ifndef LOGSTAT_SRC_BASE_MILLISECONDS_H_
#define LOGSTAT_SRC_BASE_MILLISECONDS_H_

#include <cstdint>

namespace logstat {

inline constexpr int64_t kSecondMs = 1000;
inline constexpr int64_t kMinuteMs = 60 * kSecondMs;
inline constexpr int64_t kFiveMinutesMs = 5 * kMinuteMs;
inline constexpr int64_t kTenMinutesMs = 10 * kMinuteMs;
inline constexpr int64_t kHourMs = 60 * kMinuteMs;
inline constexpr int64_t kDayMs = 24 * kHourMs;

// Rounded down; the divisor is positive.
constexpr int64_t FloorDivide(int64_t value, int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

// Whole seconds since 1970.
constexpr int64_t SecondOf(int64_t time_ms) { return FloorDivide(time_ms, kSecondMs); }

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_MILLISECONDS_H_
