#include "src/aggregate/recent_seconds.h"

#include <algorithm>

#include "logstat/options.h"
#include "logstat/report.h"

namespace logstat {

void RecentSeconds::Add(const RecordBatch& batch, const Selection& selection) {
  const int64_t* times = batch.times_ms();
  const uint16_t* statuses = batch.statuses();
  // Most rows are in the second of the row before.
  int64_t begin_ms = 0, length_ms = 0;
  RecentCount* current = nullptr;
  selection.ForEach([&](size_t row) {
    const int64_t time = times[row];
    if (time < begin_ms || time >= begin_ms + length_ms) {
      if (!IsTime(time)) return;
      const int64_t second = (time - kEarliestTime) / 1000;
      begin_ms = kEarliestTime + second * 1000;
      length_ms = 1000;
      current = Select(second);
    }
    if (current == nullptr) return;
    ++current->count;
    current->server_errors += IsServerError(statuses[row]) ? 1 : 0;
  });
}

// Null if the second is too old.
RecentCount* RecentSeconds::Select(int64_t second) {
  if (newest_ == kNoSecond) newest_ = second;
  if (second <= newest_ - kSeconds) return nullptr;
  for (int64_t next = std::max(newest_, second - kSeconds) + 1; next <= second; ++next) At(next) = RecentCount{};
  newest_ = std::max(newest_, second);
  return &At(second);
}

void RecentSeconds::Merge(const RecentSeconds& other) {
  if (other.newest_ == kNoSecond) return;
  Select(other.newest_);
  for (int64_t second = std::max<int64_t>(0, other.newest_ - kSeconds + 1); second <= other.newest_; ++second) {
    const RecentCount& from = other.counts_[static_cast<size_t>(second % kSeconds)];
    if (from.count == 0) continue;
    RecentCount* into = Select(second);
    if (into == nullptr) continue;
    into->count += from.count;
    into->server_errors += from.server_errors;
  }
}

RecentCount RecentSeconds::Last(int64_t seconds) const {
  RecentCount sum;
  for (int64_t second = std::max<int64_t>(0, newest_ - seconds + 1); second <= newest_; ++second) {
    const RecentCount& at = counts_[static_cast<size_t>(second % kSeconds)];
    sum.count += at.count;
    sum.server_errors += at.server_errors;
  }
  return sum;
}

}  // namespace logstat
