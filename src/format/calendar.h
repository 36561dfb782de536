// Dates in the proleptic Gregorian calendar, as all spellings of times in logs share them.
//
//   int64_t ms = (DaysSinceEpoch(2026, 11, 22) * 86400 + 13 * 3600) * 1000;
//
// Pure; nothing here depends on a locale.
#ifndef LOGSTAT_SRC_FORMAT_CALENDAR_H_
#define LOGSTAT_SRC_FORMAT_CALENDAR_H_

#include <cstdint>

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

// Days since 1970-01-01 of a date that exists, year 1 or later.
int64_t DaysSinceEpoch(unsigned year, unsigned month, unsigned day);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_CALENDAR_H_
