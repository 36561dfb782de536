#include "src/aggregate/minute_counts.h"

#include <algorithm>

namespace logstat {
namespace {

constexpr size_t kMinuteRunRows = 64;

bool IsServerErrorStatus(uint16_t status) { return static_cast<uint16_t>(status - 500) < 200; }

// Whether all times lie in [begin, begin + length): both differences have no sign. Without a comparison of 64-bit
// numbers, which the baseline of x86-64 has no vector instruction for. The values that are no times are far away from
// every begin, also when the difference wraps.
bool AreWithin(const int64_t* times, size_t rows, int64_t begin, int64_t length) {
  uint64_t signs = 0;
  for (size_t i = 0; i < rows; ++i) {
    const uint64_t since = static_cast<uint64_t>(times[i]) - static_cast<uint64_t>(begin);
    signs |= since | (static_cast<uint64_t>(length) - 1 - since);
  }
  return (signs >> 63) == 0;
}

}  // namespace

void MinuteCounts::Add(const RecordBatch& batch, const Selection& selection) {
  const int64_t* times = batch.times_ms();
  const uint16_t* statuses = batch.statuses();
  if (!selection.is_range()) {
    selection.ForEach([&](size_t row) { AddRun(times + row, statuses + row, 1); });
    return;
  }
  const size_t end = selection.range_begin() + selection.size();
  for (size_t row = selection.range_begin(); row < end; row += kMinuteRunRows) {
    AddRun(times + row, statuses + row, std::min(kMinuteRunRows, end - row));
  }
}

void MinuteCounts::AddRun(const int64_t* times, const uint16_t* statuses, size_t rows) {
  if (AreWithin(times, rows, current_begin_ms_, current_length_ms_)) {
    uint16_t server_errors = 0;
    for (size_t i = 0; i < rows; ++i) server_errors += IsServerErrorStatus(statuses[i]);
    current_->count += rows;
    current_->server_errors += server_errors;
    return;
  }
  for (size_t i = 0; i < rows; ++i) {
    if (IsTime(times[i])) AddAt(times[i], Counts{1, IsServerErrorStatus(statuses[i])});
  }
}

void MinuteCounts::AddAt(int64_t time_ms, Counts counts) {
  const uint64_t since = static_cast<uint64_t>(time_ms) - static_cast<uint64_t>(current_begin_ms_);
  if (since >= static_cast<uint64_t>(current_length_ms_)) {
    AddTo(MinuteOf(time_ms) / step_minutes(), Counts{});
    const uint64_t step = MinuteOf(time_ms) / step_minutes();  // they may have become longer
    current_ = &steps_[step];
    current_begin_ms_ = BeginOfMinute(step * step_minutes());
    current_length_ms_ = static_cast<int64_t>(step_minutes()) * kMinuteMs;
  }
  current_->count += counts.count;
  current_->server_errors += counts.server_errors;
}

void MinuteCounts::AddTo(uint64_t step, Counts counts) {
  Counts& into = steps_[step];
  into.count += counts.count;
  into.server_errors += counts.server_errors;
  while (steps_.size() > kMaxMinutes) Coarsen();
}

void MinuteCounts::Coarsen() {
  const uint64_t ratio = kMinuteSteps[level_ + 1] / kMinuteSteps[level_];
  ++level_;
  std::unordered_map<uint64_t, Counts> finer;
  finer.swap(steps_);
  for (const auto& [step, counts] : finer) {
    Counts& into = steps_[step / ratio];
    into.count += counts.count;
    into.server_errors += counts.server_errors;
  }
  current_length_ms_ = 0;
}

void MinuteCounts::Merge(const MinuteCounts& other) {
  while (level_ < other.level_) Coarsen();
  for (const auto& [step, counts] : other.steps_) {
    AddTo(step * other.step_minutes() / step_minutes(), counts);
  }
}

std::vector<MinuteCount> MinuteCounts::Rows() const {
  std::vector<MinuteCount> rows;
  rows.reserve(steps_.size());
  for (const auto& [step, counts] : steps_) rows.push_back(MinuteCount{step, counts.count, counts.server_errors});
  std::sort(rows.begin(), rows.end(), [](const MinuteCount& a, const MinuteCount& b) { return a.step < b.step; });
  return rows;
}

}  // namespace logstat
