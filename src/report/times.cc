#include "src/report/times.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace logstat {
namespace {

// Year to second as civil fields, and what is needed to print the offset.
struct Civil {
  absl::CivilSecond second;
  int offset_seconds;
  std::string zone;
  bool repeated;  // the zone has this second of the day twice
};

// Four digits print years 1 to 9999. A time that the zone moves out of them is taken in UTC; the start of a step that
// lies before them is their start.
Civil ToCivil(TimeMs time, const absl::TimeZone& zone) {
  const absl::Time moment = absl::FromUnixMillis(std::clamp(time, kEarliestTime, kLatestTime));
  absl::TimeZone::CivilInfo info = zone.At(moment);
  const bool in_utc = info.cs.year() < 1 || info.cs.year() > 9999;
  if (in_utc) info = absl::UTCTimeZone().At(moment);
  const bool repeated = !in_utc && zone.At(info.cs).kind == absl::TimeZone::TimeInfo::REPEATED;
  return {info.cs, info.offset, info.zone_abbr, repeated};
}

std::string Date(const absl::CivilSecond& t) { return fmt::format("{:04}-{:02}-{:02}", t.year(), t.month(), t.day()); }

std::string ClockOf(const absl::CivilSecond& t) {
  return fmt::format("{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second());
}

// The time of day, without its last `cut` bytes.
std::string ZonedClock(const Civil& civil, size_t cut) {
  std::string clock = ClockOf(civil.second);
  clock.resize(clock.size() - cut);
  return civil.repeated ? clock + " " + civil.zone : clock;
}

constexpr size_t kSecondsCut = 3;

}  // namespace

TimeFormatter::TimeFormatter(const std::string& zone_name) : zone_(absl::UTCTimeZone()) {
  absl::TimeZone found;
  if (absl::LoadTimeZone(zone_name, &found)) zone_ = found;
}

std::string TimeFormatter::Rfc3339(TimeMs time) const {
  Civil civil = ToCivil(time, zone_);
  if (civil.offset_seconds % 60 != 0) civil = ToCivil(time, absl::UTCTimeZone());
  std::string out = Date(civil.second) + "T" + ClockOf(civil.second);
  const int64_t milliseconds = (time % 1000 + 1000) % 1000;
  if (milliseconds != 0) out += fmt::format(".{:03}", milliseconds);
  if (civil.offset_seconds == 0) return out + "Z";
  const int minutes = std::abs(civil.offset_seconds) / 60;
  return out + fmt::format("{}{:02}:{:02}", civil.offset_seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::string TimeFormatter::DateAndTime(TimeMs time) const {
  const Civil civil = ToCivil(time, zone_);
  return Date(civil.second) + " " + ZonedClock(civil, 0);
}

std::string TimeFormatter::DateAndMinute(TimeMs time) const {
  const Civil civil = ToCivil(time, zone_);
  return Date(civil.second) + " " + ZonedClock(civil, kSecondsCut);
}

std::string TimeFormatter::Clock(TimeMs time) const { return ZonedClock(ToCivil(time, zone_), 0); }

std::string TimeFormatter::ShortClock(TimeMs time) const { return ZonedClock(ToCivil(time, zone_), kSecondsCut); }

std::string TimeFormatter::ShortDate(TimeMs time) const {
  const Civil civil = ToCivil(time, zone_);
  return fmt::format("{:02}-{:02}", civil.second.month(), civil.second.day());
}

std::string TimeFormatter::Zone(TimeMs time) const { return ToCivil(time, zone_).zone; }

bool TimeFormatter::SameDay(TimeMs a, TimeMs b) const {
  return absl::CivilDay(ToCivil(a, zone_).second) == absl::CivilDay(ToCivil(b, zone_).second);
}

}  // namespace logstat
