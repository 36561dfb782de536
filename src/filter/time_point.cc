#include "src/filter/time_point.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "absl/time/time.h"
#include "src/base/ascii.h"
#include "src/base/milliseconds.h"
#include "src/format/time_text.h"

namespace logstat {
namespace {

// Whether `text` has a digit at each 'd' of the pattern and the pattern's byte elsewhere; 'T' is a blank, too.
bool Looks(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size()) return false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = text[i];
    const bool fits = pattern[i] == 'd'   ? IsDigit(c)
                      : pattern[i] == 'T' ? c == 'T' || c == 't' || c == ' '
                                          : c == pattern[i];
    if (!fits) return false;
  }
  return true;
}

// "2h" to milliseconds; empty if it is no such span, or longer than any log.
std::optional<int64_t> ParseSpan(std::string_view text) {
  constexpr uint64_t kLongestMs = uint64_t{10'000} * 366 * kDayMs;
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<size_t>(end - text.data()));
  uint64_t ms = 0;
  if (unit == "s") ms = kSecondMs;
  if (unit == "m" || unit == "min") ms = kMinuteMs;
  if (unit == "h") ms = kHourMs;
  if (unit == "d") ms = kDayMs;
  if (unit == "w") ms = 7 * kDayMs;
  if (ms == 0 || number > kLongestMs / ms) return std::nullopt;
  return static_cast<int64_t>(number * ms);
}

// The clock of these milliseconds in a zone: `local_ms` is what a clock there shows, counted as if it were UTC.
TimeMs FromLocal(int64_t local_ms, const absl::TimeZone& zone) {
  const absl::CivilSecond shown = absl::ToCivilSecond(absl::FromUnixMillis(local_ms), absl::UTCTimeZone());
  const int64_t fraction_ms = ((local_ms % 1000) + 1000) % 1000;
  return absl::ToUnixMillis(zone.At(shown).pre) + fraction_ms;
}

TimeMs Midnight(TimeMs now, int64_t days_ago, const absl::TimeZone& zone) {
  const absl::CivilDay day = absl::ToCivilDay(absl::FromUnixMillis(now), zone) - days_ago;
  return absl::ToUnixMillis(zone.At(absl::CivilSecond(day)).pre);
}

std::optional<TimeMs> ParseRelative(std::string_view text, TimeMs now, const absl::TimeZone& zone) {
  if (text == "now") return now;
  if (text == "today") return Midnight(now, 0, zone);
  if (text == "yesterday") return Midnight(now, 1, zone);
  if (const std::optional<int64_t> span = ParseSpan(text)) return now - *span;
  return std::nullopt;
}

// Completes the clock, so that the reader of the logs' times can read it.
std::optional<TimeMs> ParseAbsolute(std::string_view text, const absl::TimeZone& zone) {
  constexpr std::string_view kDate = "dddd-dd-dd";
  if (!Looks(text, kDate)) return std::nullopt;
  std::string full(text.substr(0, kDate.size()));
  std::string_view clock = text.substr(kDate.size());
  if (clock.empty()) {
    full += "T00:00:00";
  } else if (Looks(clock, "Tdd:dd")) {
    const bool seconds = Looks(clock, "Tdd:dd:dd");
    const size_t clock_bytes = seconds ? 9 : 6;
    full.append("T").append(clock.substr(1, clock_bytes - 1)).append(seconds ? "" : ":00");
    clock.remove_prefix(clock_bytes);
    if (seconds && clock.size() > 1 && (clock[0] == '.' || clock[0] == ',') && IsDigit(clock[1])) {
      const size_t digits_end = std::min(clock.find_first_not_of("0123456789", 1), clock.size());
      full += clock.substr(0, digits_end);
      clock.remove_prefix(digits_end);
    }
  } else {
    return std::nullopt;
  }
  const bool local = clock.empty();
  if (!local) {
    const std::string_view offset = clock[0] == ' ' ? clock.substr(1) : clock;
    if (offset.empty() || ParseOffset(offset) == kNoTime) return std::nullopt;
  }
  const int64_t time_ms = TimeReader().Read(full.append(clock));
  if (time_ms == kNoTime) return std::nullopt;
  return local ? FromLocal(time_ms, zone) : time_ms;
}

}  // namespace

StatusOr<TimeMs> ParseTimePoint(std::string_view option, std::string_view text, const TimeContext& context) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(context.time_zone, &zone)) {
    return UsageError(
        fmt::format("time zone '{}' is not known: use an IANA name such as Europe/Berlin or UTC", context.time_zone));
  }
  std::optional<TimeMs> time = ParseAbsolute(text, zone);
  if (!time.has_value() && context.now.has_value()) time = ParseRelative(text, *context.now, zone);
  if (time.has_value() && *time >= kEarliestTime && *time <= kLatestTime) return *time;
  const std::string_view relative =
      context.now.has_value() ? "; or, relative to now, 90s, 30m, 2h, 1d, 1w, today, yesterday" : "";
  return UsageError(
      fmt::format("{}: '{}' is not a time: write 2026-11-22, 2026-11-22T13:00 or 2026-11-22T13:00:05+01:00{}", option,
                  text, relative));
}

}  // namespace logstat
