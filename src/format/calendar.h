// Dates in the proleptic Gregorian calendar, as all spellings of times in logs share them.
//
//   int64_t ms = (DaysSinceEpoch(2026, 11, 22) * 86400 + 13 * 3600) * 1000;
//
// Pure; nothing here depends on a locale.
#ifndef LOGSTAT_SRC_FORMAT_CALENDAR_H_
#define LOGSTAT_SRC_FORMAT_CALENDAR_H_

#include <cstdint>

#include "logstat/report.h"
#include "src/record/record_batch.h"

namespace logstat {

// Two decimal digits, or a number above 99 if they are none.
inline unsigned TwoDigits(const uint8_t* text) {
  const unsigned tens = static_cast<unsigned>(text[0]) - '0';
  const unsigned ones = static_cast<unsigned>(text[1]) - '0';
  return tens <= 9 && ones <= 9 ? tens * 10 + ones : 100;
}

// "Nov", in any case, to 11; 0 if these three bytes are no English month.
unsigned MonthByName(const uint8_t* text);

// `month` 1 to 12.
unsigned DaysInMonth(unsigned month, unsigned year);

// The time itself if it is within years 1 to 9999 of UTC, which can be printed; else kNoTime. An offset can move a time
// of those years out of them.
inline int64_t PrintableTime(int64_t time_ms) {
  return time_ms >= kEarliestTime && time_ms <= kLatestTime ? time_ms : kNoTime;
}

// Days since 1970-01-01 of a date that exists, year 1 or later.
int64_t DaysSinceEpoch(unsigned year, unsigned month, unsigned day);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_CALENDAR_H_
