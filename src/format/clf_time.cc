#include "src/format/clf_time.h"

#include <bit>

namespace logstat {

static_assert(std::endian::native == std::endian::little, "the seconds' mask assumes little-endian words");

namespace {

// Two digits, or a number above 99 if they are not digits.
unsigned TwoDigits(const uint8_t* text) {
  const unsigned tens = static_cast<unsigned>(text[0]) - '0';
  const unsigned ones = static_cast<unsigned>(text[1]) - '0';
  return tens <= 9 && ones <= 9 ? tens * 10 + ones : 100;
}

// 1 to 12, or 0.
unsigned Month(const uint8_t* text) {
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

// Days since 1970-01-01 in the proleptic Gregorian calendar: the days of whole years before, counted from year 1,
// plus the days of whole months.
int64_t DaysSinceEpoch(unsigned year, unsigned month, unsigned day) {
  const int64_t before = static_cast<int64_t>(year) - 1;
  int64_t days = before * 365 + before / 4 - before / 100 + before / 400 - 719162;
  for (unsigned m = 1; m < month; ++m) days += DaysInMonth(m, year);
  return days + static_cast<int64_t>(day) - 1;
}

}  // namespace

int64_t ParseClfTime(const uint8_t* text) {
  const unsigned day = TwoDigits(text);
  const unsigned month = Month(text + 3);
  const unsigned century = TwoDigits(text + 7);
  const unsigned years = TwoDigits(text + 9);
  const unsigned hour = TwoDigits(text + 12);
  const unsigned minute = TwoDigits(text + 15);
  const unsigned second = TwoDigits(text + 18);
  const unsigned zone_hour = TwoDigits(text + 22);
  const unsigned zone_minute = TwoDigits(text + 24);
  const bool punctuation = text[2] == '/' && text[6] == '/' && text[11] == ':' && text[14] == ':' && text[17] == ':' &&
                           text[20] == ' ' && (text[21] == '+' || text[21] == '-');
  if (!punctuation || month == 0 || century > 99 || years > 99 || hour > 23 || minute > 59 || second > 60 ||
      zone_hour > 23 || zone_minute > 59) {
    return kNoTime;
  }
  const unsigned year = century * 100 + years;
  if (year == 0 || day == 0 || day > DaysInMonth(month, year)) return kNoTime;
  const int64_t local = DaysSinceEpoch(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
  const int64_t offset = static_cast<int64_t>(zone_hour) * 3600 + zone_minute * 60;
  return (text[21] == '-' ? local + offset : local - offset) * 1000;
}

int64_t ClfTimeReader::ReadAnew(const uint8_t* text) {
  const int64_t time_ms = ParseClfTime(text);
  if (time_ms == kNoTime) return kNoTime;
  std::memcpy(words_, text, sizeof(words_));
  std::memcpy(&zone_end_, text + 24, sizeof(zone_end_));
  words_[2] &= kNotSeconds;
  minute_ms_ = time_ms - TwoDigits(text + 18) * 1000;
  return time_ms;
}

}  // namespace logstat
