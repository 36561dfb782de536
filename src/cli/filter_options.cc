#include "src/cli/filter_options.h"

#include <chrono>
#include <optional>
#include <string_view>

#include "src/filter/time_point.h"

namespace logstat {
namespace {

TimeMs WallClock() {
  using std::chrono::system_clock, std::chrono::duration_cast, std::chrono::milliseconds;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

Status SetFilter(const RawFilter& raw, const std::string& time_zone, Options& analysis) {
  TimeContext context{std::nullopt, time_zone};
  const auto set = [&context](std::string_view option, const std::string& text, std::optional<TimeMs>& time) {
    if (text.empty()) return OkStatus();
    const StatusOr<TimeMs> parsed = ParseTimePoint(option, text, context);
    if (parsed.ok()) time = *parsed;
    return parsed.status();
  };
  std::optional<TimeMs> now;
  Status status = set("--now", raw.now, now);
  context.now = now.has_value() ? now : WallClock();
  status.Update(set("--since", raw.since, analysis.since));
  status.Update(set("--until", raw.until, analysis.until));
  analysis.where = raw.where;
  analysis.client_field = raw.client;
  analysis.trusted_proxies = raw.trusted_proxies;
  return status;
}

}  // namespace logstat
