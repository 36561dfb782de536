#include "src/format/calendar.h"

namespace logstat {

unsigned MonthByName(const uint8_t* text) {
  static constexpr char kNames[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  for (unsigned month = 0; month < 12; ++month) {
    bool same = true;
    for (unsigned i = 0; i < 3; ++i) same = same && (text[i] | 0x20) == kNames[month * 3 + i];
    if (same) return month + 1;
  }
  return 0;
}

unsigned DaysInMonth(unsigned month, unsigned year) {
  static constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// The days of whole years before, counted from year 1, plus the days of whole months.
int64_t DaysSinceEpoch(unsigned year, unsigned month, unsigned day) {
  const int64_t before = static_cast<int64_t>(year) - 1;
  int64_t days = before * 365 + before / 4 - before / 100 + before / 400 - 719162;
  for (unsigned m = 1; m < month; ++m) days += DaysInMonth(m, year);
  return days + static_cast<int64_t>(day) - 1;
}

}  // namespace logstat
