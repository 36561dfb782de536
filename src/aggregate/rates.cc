#include "src/aggregate/rates.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace logstat {
namespace {

constexpr uint64_t kLastMinutes = 5;

double PerSecond(uint64_t rows, int64_t seconds) { return static_cast<double>(rows) / static_cast<double>(seconds); }

std::optional<double> ErrorRate(uint64_t server_errors, uint64_t rows) {
  if (rows == 0) return std::nullopt;
  return static_cast<double>(server_errors) / static_cast<double>(rows);
}

// The rows from a step on.
uint64_t CountFrom(const std::vector<MinuteCount>& steps, uint64_t step) {
  uint64_t count = 0;
  for (const MinuteCount& at : steps) count += at.step < step ? 0 : at.count;
  return count;
}

// The seconds that are "recently": of a log that is not longer than what is kept, its last tenth.
int64_t RecentLength(TimeMs first_time, TimeMs last_time) {
  const int64_t span = (last_time - kEarliestTime) / 1000 - (first_time - kEarliestTime) / 1000 + 1;
  return span > RecentSeconds::kSeconds ? RecentSeconds::kSeconds : (span + 9) / 10;
}

}  // namespace

void FillRates(const MinuteCounts& minutes, const RecentSeconds& recent, TimeMs first_time, TimeMs last_time,
               Summary* summary) {
  const std::vector<MinuteCount> steps = minutes.Rows();
  const uint64_t length = minutes.step_minutes();
  const uint64_t first_minute = MinuteOf(first_time);
  const uint64_t last_minute = MinuteOf(last_time);
  const int64_t span_seconds = (last_time - first_time) / 1000 + 1;

  MinuteCount all;
  uint64_t peak = 0;
  for (const MinuteCount& at : steps) {
    peak = std::max(peak, at.count);
    all.count += at.count;
    all.server_errors += at.server_errors;
  }
  const int64_t peak_seconds = std::min(span_seconds, static_cast<int64_t>(length) * 60);
  summary->peak_minute_requests_per_second = PerSecond(peak, peak_seconds);

  const uint64_t last_step = std::max(last_minute - std::min(last_minute, kLastMinutes - 1), first_minute) / length;
  const TimeMs last_begin = std::max(BeginOfMinute(last_step * length), first_time);
  summary->last_5_minutes_requests_per_second =
      PerSecond(CountFrom(steps, last_step), (last_time - last_begin) / 1000 + 1);

  const RecentCount last = recent.Last(RecentLength(first_time, last_time));
  summary->recent_error_rate = ErrorRate(last.server_errors, last.count);
  summary->error_rate_before = ErrorRate(all.server_errors - last.server_errors, all.count - last.count);
}

}  // namespace logstat
