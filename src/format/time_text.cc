#include "src/format/time_text.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "src/base/ascii.h"
#include "src/base/milliseconds.h"
#include "src/format/calendar.h"

namespace logstat {
namespace {

const uint8_t* Bytes(std::string_view text) { return reinterpret_cast<const uint8_t*>(text.data()); }

size_t LeadingDigits(std::string_view text) {
  return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), IsDigit) - text.begin());
}

// Takes ".123456" off the front: its milliseconds. 0 if there is no fraction.
int64_t TakeFraction(std::string_view& text) {
  if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || !IsDigit(text[1])) return 0;
  const size_t digits = LeadingDigits(text.substr(1));
  int64_t ms = 0;
  for (size_t i = 0; i < 3; ++i) ms = ms * 10 + (i < digits ? text[1 + i] - '0' : 0);
  text.remove_prefix(1 + digits);
  return ms;
}

// "13:00:00" to milliseconds, kNoTime if it is none.
int64_t ParseClock(std::string_view text) {
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return kNoTime;
  const unsigned hour = TwoDigits(Bytes(text));
  const unsigned minute = TwoDigits(Bytes(text) + 3);
  const unsigned second = TwoDigits(Bytes(text) + 6);
  if (hour > 23 || minute > 59 || second > 60) return kNoTime;
  return (hour * int64_t{3600} + minute * 60 + second) * 1000;
}

// Year, month and day to milliseconds, kNoTime if there is no such day.
int64_t DateMs(unsigned century, unsigned years, unsigned month, unsigned day) {
  const unsigned year = century * 100 + years;
  if (century > 99 || years > 99 || year == 0 || month == 0 || month > 12) return kNoTime;
  if (day == 0 || day > DaysInMonth(month, year)) return kNoTime;
  return DaysSinceEpoch(year, month, day) * kDayMs;
}

// A day, a clock, and what stands behind the clock: fraction and offset.
int64_t Combine(int64_t date_ms, int64_t clock_ms, std::string_view rest) {
  if (date_ms == kNoTime || clock_ms == kNoTime) return kNoTime;
  const int64_t fraction_ms = TakeFraction(rest);
  if (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  const int64_t offset_ms = ParseOffset(rest);
  return offset_ms == kNoTime ? kNoTime : PrintableTime(date_ms + clock_ms + fraction_ms - offset_ms);
}

// 22/Nov/2026:13:00:00 and what may follow.
int64_t ParseLongClf(std::string_view text) {
  const bool punctuation = text[2] == '/' && text[6] == '/' && (text[11] == ':' || text[11] == ' ');
  if (!punctuation) return kNoTime;
  const uint8_t* bytes = Bytes(text);
  const int64_t date = DateMs(TwoDigits(bytes + 7), TwoDigits(bytes + 9), MonthByName(bytes + 3), TwoDigits(bytes));
  return Combine(date, ParseClock(text.substr(12)), text.substr(20));
}

// 20261122130000; as milliseconds it would be a time after 2286.
int64_t ParseCompact(std::string_view text) {
  const uint8_t* bytes = Bytes(text);
  const int64_t date = DateMs(TwoDigits(bytes), TwoDigits(bytes + 2), TwoDigits(bytes + 4), TwoDigits(bytes + 6));
  const unsigned hour = TwoDigits(bytes + 8);
  const unsigned minute = TwoDigits(bytes + 10);
  const unsigned second = TwoDigits(bytes + 12);
  if (date == kNoTime || hour > 23 || minute > 59 || second > 60) return kNoTime;
  return date + (hour * int64_t{3600} + minute * 60 + second) * 1000;
}

// Takes a number of one or two digits, or of four, and the byte behind it off the front.
bool TakeNumber(std::string_view& text, char behind, unsigned* number) {
  const size_t digits = LeadingDigits(text);
  if (digits == 0 || digits > 4 || digits == 3 || digits >= text.size() || text[digits] != behind) return false;
  *number = 0;
  for (size_t i = 0; i < digits; ++i) *number = *number * 10 + static_cast<unsigned>(text[i] - '0');
  text.remove_prefix(digits + 1);
  return true;
}

// 11/22/26, 7:05:09
int64_t ParseIis(std::string_view text) {
  unsigned month = 0, day = 0, year = 0, hour = 0;
  if (!TakeNumber(text, '/', &month) || !TakeNumber(text, '/', &day) || !TakeNumber(text, ',', &year)) return kNoTime;
  if (text.substr(0, 1) != " ") return kNoTime;
  text.remove_prefix(1);
  const std::string_view behind_hour = text.substr(std::min(text.find(':'), text.size()));
  if (!TakeNumber(text, ':', &hour) || behind_hour.size() != 6) return kNoTime;
  if (year < 100) year += 2000;
  const int64_t clock_ms = ParseClock("00" + std::string(behind_hour));
  const int64_t date_ms = DateMs(year / 100, year % 100, month, day);
  if (date_ms == kNoTime || clock_ms == kNoTime || hour > 23) return kNoTime;
  return date_ms + clock_ms + hour * kHourMs;
}

}  // namespace

int64_t ParseOffset(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z" || text == "UTC" || text == "GMT") return 0;
  if (text[0] != '+' && text[0] != '-') return kNoTime;
  const bool colon = text.size() == 6 && text[3] == ':';
  if (text.size() != 3 && text.size() != 5 && !colon) return kNoTime;
  const unsigned hours = TwoDigits(Bytes(text) + 1);
  const unsigned minutes = text.size() == 3 ? 0 : TwoDigits(Bytes(text) + (colon ? 4 : 3));
  if (hours > 23 || minutes > 59) return kNoTime;
  const int64_t ms = (hours * int64_t{60} + minutes) * kMinuteMs;
  return text[0] == '-' ? -ms : ms;
}

int64_t ParseEpochTime(std::string_view text) {
  const size_t digits = LeadingDigits(text);
  if (digits == 0 || digits > 19) return kNoTime;
  uint64_t value = 0;
  for (size_t i = 0; i < digits; ++i) value = value * 10 + static_cast<uint64_t>(text[i] - '0');
  std::string_view rest = text.substr(digits);
  const int64_t fraction_ms = TakeFraction(rest);
  if (!rest.empty()) return kNoTime;
  if (value < 100'000'000'000) return static_cast<int64_t>(value) * 1000 + fraction_ms;
  if (value < 100'000'000'000'000) return static_cast<int64_t>(value);
  if (value < 100'000'000'000'000'000) return static_cast<int64_t>(value / 1000);
  return static_cast<int64_t>(value / 1'000'000);
}

int64_t TimeReader::ReadIso(std::string_view text) {
  const char separator = text[10];
  if ((text[4] != '-' && text[4] != '/') || text[7] != text[4]) return kNoTime;
  if (separator != 'T' && separator != 't' && separator != ' ' && separator != '_') return kNoTime;
  if (std::memcmp(text.data(), date_, sizeof(date_)) != 0) {
    const uint8_t* bytes = Bytes(text);
    const int64_t date = DateMs(TwoDigits(bytes), TwoDigits(bytes + 2), TwoDigits(bytes + 5), TwoDigits(bytes + 8));
    if (date == kNoTime) return kNoTime;
    std::memcpy(date_, text.data(), sizeof(date_));
    date_ms_ = date;
  }
  return Combine(date_ms_, ParseClock(text.substr(11)), text.substr(19));
}

int64_t TimeReader::Read(std::string_view text) {
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  if (text.size() == kClfTimeBytes) {
    const int64_t time_ms = clf_.Read(text);
    if (time_ms != kNoTime) return time_ms;
  }
  if (text.size() >= 20 && text[2] == '/' && text[6] == '/') return ParseLongClf(text);
  if (text.size() >= 19 && !IsDigit(text[4])) return ReadIso(text);
  if (text.size() == 14 && LeadingDigits(text) == 14) return ParseCompact(text);
  return text.find('/') < 3 ? ParseIis(text) : ParseEpochTime(text);
}

}  // namespace logstat
