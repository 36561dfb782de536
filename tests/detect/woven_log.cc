#include "tests/detect/woven_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace logstat {
namespace {

constexpr int64_t kStart = 1'795'305'600;  // 2026-11-22 00:00:00 UTC

// Days since 1970-01-01 to a date of the civil calendar (Hinnant's days_from_civil, backwards).
std::string DateOf(int64_t days) {
  static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const int64_t z = days + 719'468;
  const int64_t era = z / 146'097;
  const int64_t day_of_era = z - era * 146'097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return fmt::format("{:02}/{}/{}", day, kMonths[static_cast<size_t>(month - 1)],
                     year_of_era + era * 400 + (month <= 2 ? 1 : 0));
}

}  // namespace

void WovenLog::Remove(const std::function<bool(const WovenLine&)>& is_lost) { std::erase_if(lines_, is_lost); }

void WovenLog::Sort() {
  std::stable_sort(lines_.begin(), lines_.end(),
                   [](const WovenLine& a, const WovenLine& b) { return a.second < b.second; });
}

std::string WovenLog::Text(Hosts hosts, int64_t shift) {
  Sort();
  return TextOf(lines_, hosts, shift);
}

std::string WovenLog::TextOf(const std::vector<WovenLine>& lines, Hosts hosts, int64_t shift) {
  std::string text;
  text.reserve(lines.size() * 256);
  int64_t known_day = -1;
  std::string date;
  for (const WovenLine& line : lines) {
    const int64_t time = kStart + line.second + shift;
    if (time / 86'400 != known_day) {
      known_day = time / 86'400;
      date = DateOf(known_day);
    }
    const int64_t s = time % 86'400;
    if (hosts == Hosts::kWith) text.append(line.host).append(" ");
    fmt::format_to(std::back_inserter(text), "{} - {} [{}:{:02}:{:02}:{:02} +0000] \"{}\" {:03} {} \"{}\" \"{}\"",
                   line.client, line.user, date, s / 3600, s / 60 % 60, s % 60, line.request, line.status, line.bytes,
                   line.referrer, line.agent);
    if (hosts == Hosts::kWith) {
      fmt::format_to(std::back_inserter(text), " {}.{:03}", line.duration_ms / 1000, line.duration_ms % 1000);
    }
    text += '\n';
  }
  return text;
}

int64_t WovenSecond(TimeMs time) { return time / 1000 - kStart; }

Options WovenOptions(WovenLog::Hosts hosts) {
  Options options;
  options.format = hosts == WovenLog::Hosts::kWithout
                       ? R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent )"
                         R"("$http_referer" "$http_user_agent")"
                       : R"($host $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent )"
                         R"("$http_referer" "$http_user_agent" $request_time)";
  options.threads = 2;
  return options;
}

}  // namespace logstat
