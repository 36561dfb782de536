#include "src/aggregate/status_counts.h"

namespace logstat {

StatusCounts::StatusCounts(ColumnSet columns) : columns_(columns), counts_(kLanes * kSlots), lanes_(2 * kSlots) {}

void StatusCounts::Add(const RecordBatch& batch, const Selection& selection) {
  if ((batch.columns() & columns_).ContainsAny({Field::kTime, Field::kBytes})) {
    AddAll(batch, selection);
  } else {
    AddStatuses(batch.statuses(), selection);
  }
}

void StatusCounts::AddStatuses(const uint16_t* statuses, const Selection& selection) {
  uint64_t* const lane0 = counts_.data();
  uint64_t* const lane1 = lane0 + kSlots;
  uint64_t* const lane2 = lane1 + kSlots;
  uint64_t* const lane3 = lane2 + kSlots;
  const size_t size = selection.size();
  size_t i = 0;
  if (selection.is_range()) {
    const uint16_t* const range = statuses + selection.range_begin();
    for (; i + kLanes <= size; i += kLanes) {
      ++lane0[range[i] % kSlots];
      ++lane1[range[i + 1] % kSlots];
      ++lane2[range[i + 2] % kSlots];
      ++lane3[range[i + 3] % kSlots];
    }
  }
  for (; i < size; ++i) ++lane0[(i % kLanes) * kSlots + statuses[selection[i]] % kSlots];
}

void StatusCounts::AddAll(const RecordBatch& batch, const Selection& selection) {
  const uint16_t* statuses = batch.statuses();
  const ColumnSet columns = batch.columns() & columns_;
  const int64_t* times = columns.Contains(Field::kTime) ? batch.times_ms() : nullptr;
  const int64_t* bytes = columns.Contains(Field::kBytes) ? batch.bytes_column() : nullptr;
  size_t lane = 0;
  uint64_t unknown = 0;
  uint64_t outliers = 0;
  const auto add = [&](size_t row) {
    Counter& counter = lanes_[lane + statuses[row] % kSlots];
    lane ^= kSlots;
    counter.count += 1;
    if (bytes != nullptr) counter.bytes += bytes[row] > 0 ? static_cast<uint64_t>(bytes[row]) : 0;
    if (times != nullptr) {
      counter.span.Add(times[row]);
      unknown += times[row] == kNoTime;
      outliers += times[row] == kOutlierTime;
    }
  };
  selection.ForEach(add);
  time_unknown_ += unknown;
  clock_outliers_ += outliers;
}

void StatusCounts::Merge(const StatusCounts& other) {
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  for (size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i].count += other.lanes_[i].count;
    lanes_[i].bytes += other.lanes_[i].bytes;
    lanes_[i].span.Merge(other.lanes_[i].span);
  }
  time_unknown_ += other.time_unknown_;
  clock_outliers_ += other.clock_outliers_;
}

StatusCounts::Counter StatusCounts::of(size_t code) const {
  Counter sum;
  for (size_t lane = 0; lane < kLanes; ++lane) sum.count += counts_[lane * kSlots + code];
  for (size_t lane = 0; lane < 2; ++lane) {
    const Counter& counter = lanes_[lane * kSlots + code];
    sum.count += counter.count;
    sum.bytes += counter.bytes;
    sum.span.Merge(counter.span);
  }
  return sum;
}

StatusCounts::Counter StatusCounts::total() const {
  Counter sum;
  for (size_t code = 0; code < kCodes; ++code) {
    const Counter counter = of(code);
    sum.count += counter.count;
    sum.bytes += counter.bytes;
    sum.span.Merge(counter.span);
  }
  return sum;
}

}  // namespace logstat
