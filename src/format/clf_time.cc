#include "src/format/clf_time.h"

#include <bit>

#include "src/format/calendar.h"

namespace logstat {

static_assert(std::endian::native == std::endian::little, "the seconds' mask assumes little-endian words");

int64_t ParseClfTime(const uint8_t* text) {
  const unsigned day = TwoDigits(text);
  const unsigned month = MonthByName(text + 3);
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
  return PrintableTime((text[21] == '-' ? local + offset : local - offset) * 1000);
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
