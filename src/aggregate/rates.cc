#include "src/aggregate/rates.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace logstat {
namespace {

constexpr uint64_t kLastMinutes = 5;
constexpr uint64_t kRecentMinutes = 15;

double PerSecond(uint64_t rows, int64_t seconds) { return static_cast<double>(rows) / static_cast<double>(seconds); }

std::optional<double> ErrorRate(const MinuteCount& sum) {
  if (sum.count == 0) return std::nullopt;
  return static_cast<double>(sum.server_errors) / static_cast<double>(sum.count);
}

// The sums of the steps before `step`, and from it on.
struct Split {
  MinuteCount before;
  MinuteCount recent;
};
Split SplitAt(const std::vector<MinuteCount>& steps, uint64_t step) {
  Split split;
  for (const MinuteCount& at : steps) {
    MinuteCount& into = at.step < step ? split.before : split.recent;
    into.count += at.count;
    into.server_errors += at.server_errors;
  }
  return split;
}

}  // namespace

void FillRates(const MinuteCounts& minutes, TimeMs first_time, TimeMs last_time, Summary* summary) {
  const std::vector<MinuteCount> steps = minutes.Rows();
  const uint64_t length = minutes.step_minutes();
  const uint64_t first_minute = MinuteOf(first_time);
  const uint64_t last_minute = MinuteOf(last_time);
  const int64_t span_seconds = (last_time - first_time) / 1000 + 1;

  uint64_t peak = 0;
  for (const MinuteCount& at : steps) peak = std::max(peak, at.count);
  const int64_t peak_seconds = std::min(span_seconds, static_cast<int64_t>(length) * 60);
  summary->peak_minute_requests_per_second = PerSecond(peak, peak_seconds);

  const uint64_t last_step = std::max(last_minute - std::min(last_minute, kLastMinutes - 1), first_minute) / length;
  const TimeMs last_begin = std::max(BeginOfMinute(last_step * length), first_time);
  summary->last_5_minutes_requests_per_second =
      PerSecond(SplitAt(steps, last_step).recent.count, (last_time - last_begin) / 1000 + 1);

  const uint64_t span_minutes = last_minute - first_minute + 1;
  const uint64_t recent_minutes = span_minutes > kRecentMinutes ? kRecentMinutes : (span_minutes + 9) / 10;
  const Split split = SplitAt(steps, (last_minute + 1 - recent_minutes) / length);
  summary->recent_error_rate = ErrorRate(split.recent);
  summary->error_rate_before = ErrorRate(split.before);
}

}  // namespace logstat
