#include "src/aggregate/timeline.h"

#include <algorithm>
#include <map>

#include "src/base/milliseconds.h"

namespace logstat {

const std::vector<int64_t>& TimelineIntervals() {
  static const std::vector<int64_t> intervals(TimelineCounts::kSteps.begin(),
                                              TimelineCounts::kSteps.begin() + TimelineCounts::kAskableSteps);
  return intervals;
}

TimelineCounts::TimelineCounts(std::optional<int64_t> interval_seconds) : interval_seconds_(interval_seconds) {
  level_ = 0;  // an asked step is kept as it is: finer ones would only fill the table
  while (interval_seconds && level_ + 1 < kAskableSteps && kSteps[level_] < *interval_seconds) ++level_;
  cells_.resize(stride_);
  index_of_row_.push_back(0);  // row 0 is no step
  for (size_t code = 0; code < column_of_code_.size(); ++code) {
    const size_t digit = std::min(code / 100, kClassCount - 1);
    column_of_code_[code] = code == 0 || code >= 400 ? kNoColumn : static_cast<uint16_t>(kFirstClassColumn + digit);
  }
}

int64_t TimelineCounts::Index(int64_t time_ms) const { return FloorDivide(time_ms, kSteps[level_] * kSecondMs); }

uint32_t TimelineCounts::RowOf(int64_t index) {
  const auto [found, is_new] = row_of_index_.try_emplace(index, static_cast<uint32_t>(index_of_row_.size()));
  if (is_new) {
    index_of_row_.push_back(index);
    cells_.resize(cells_.size() + stride_);
  }
  return found->second;
}

void TimelineCounts::Select(int64_t time_ms) {
  current_row_ = RowOf(Index(time_ms));
  CoarsenIfOver();
  if (current_row_ == kNoRow) current_row_ = RowOf(Index(time_ms));
  current_length_ms_ = static_cast<uint64_t>(kSteps[level_] * kSecondMs);
  current_begin_ms_ = Index(time_ms) * kSteps[level_] * kSecondMs;
}

void TimelineCounts::Add(const RecordBatch& batch, const Selection& selection) {
  const int64_t* times = batch.times_ms();
  const int64_t* bytes = batch.columns().Contains(Field::kBytes) ? batch.bytes_column() : nullptr;
  const uint16_t* statuses = batch.statuses();
  selection.ForEach([&](size_t row) {
    const int64_t time = times[row];
    uint32_t step = current_row_;
    if (static_cast<uint64_t>(time) - static_cast<uint64_t>(current_begin_ms_) >= current_length_ms_) {
      if (time == kOutlierTime) return;
      if (time == kNoTime) {
        step = kTimelessRow;
      } else {
        Select(time);
        step = current_row_;
      }
    }
    const size_t status = statuses[row] % column_of_code_.size();
    size_t column = column_of_code_[status];
    if (column == kNoColumn) column = AddColumn(status);
    uint64_t* cells = cells_.data() + step * stride_;
    ++cells[column];
    if (bytes != nullptr) cells[kBytesColumn] += bytes[row] > 0 ? static_cast<uint64_t>(bytes[row]) : 0;
  });
}

size_t TimelineCounts::AddColumn(size_t code) {
  const size_t column = kFirstCodeColumn + code_of_column_.size();
  if (column == stride_) {
    const size_t stride = stride_ * 2;
    std::vector<uint64_t> cells(index_of_row_.size() * stride);
    for (size_t row = 0; row < index_of_row_.size(); ++row) {
      std::copy_n(cells_.begin() + static_cast<ptrdiff_t>(row * stride_), stride_,
                  cells.begin() + static_cast<ptrdiff_t>(row * stride));
    }
    cells_.swap(cells);
    stride_ = stride;
  }
  code_of_column_.push_back(static_cast<uint16_t>(code));
  column_of_code_[code] = static_cast<uint16_t>(column);
  return column;
}

void TimelineCounts::CoarsenIfOver() {
  while (row_of_index_.size() > kMaxSteps && level_ + 1 < kSteps.size()) Coarsen();
}

void TimelineCounts::Coarsen() {
  const int64_t ratio = kSteps[level_ + 1] / kSteps[level_];
  std::vector<uint64_t> cells;
  cells.swap(cells_);
  std::vector<int64_t> indexes;
  indexes.swap(index_of_row_);
  ++level_;
  row_of_index_.clear();
  cells_.assign(cells.begin(), cells.begin() + static_cast<ptrdiff_t>(stride_));
  index_of_row_.assign(1, 0);
  for (size_t row = 1; row < indexes.size(); ++row) {
    const size_t step = RowOf(FloorDivide(indexes[row], ratio));  // may move the cells
    uint64_t* into = cells_.data() + step * stride_;
    for (size_t i = 0; i < stride_; ++i) into[i] += cells[row * stride_ + i];
  }
  current_row_ = kNoRow;
  current_length_ms_ = 0;
}

void TimelineCounts::Merge(const TimelineCounts& other) {
  while (level_ < other.level_) Coarsen();
  const int64_t ratio = kSteps[level_] / kSteps[other.level_];
  std::vector<size_t> columns(kFirstCodeColumn + other.code_of_column_.size());
  for (size_t i = 0; i < kFirstCodeColumn; ++i) columns[i] = i;
  for (size_t i = 0; i < other.code_of_column_.size(); ++i) {
    const size_t code = other.code_of_column_[i];
    const size_t column = column_of_code_[code];
    columns[kFirstCodeColumn + i] = column != kNoColumn ? column : AddColumn(code);
  }
  for (size_t row = 0; row < other.index_of_row_.size(); ++row) {
    const uint32_t step = row == kTimelessRow ? kTimelessRow : RowOf(FloorDivide(other.index_of_row_[row], ratio));
    uint64_t* into = cells_.data() + step * stride_;
    const uint64_t* from = other.cells_.data() + row * other.stride_;
    for (size_t i = 0; i < columns.size(); ++i) into[columns[i]] += from[i];
  }
  CoarsenIfOver();
}

TimelinePoint TimelineCounts::Point(const uint64_t* cells) const {
  TimelinePoint point;
  point.bytes = cells[kBytesColumn];
  for (size_t digit = 0; digit < kClassCount; ++digit) point.classes[digit] = cells[kFirstClassColumn + digit];
  for (size_t i = 0; i < code_of_column_.size(); ++i) {
    const uint64_t count = cells[kFirstCodeColumn + i];
    const int code = code_of_column_[i];
    if (count == 0) continue;
    point.classes[std::min(static_cast<size_t>(code) / 100, kClassCount - 1)] += count;
    point.outcomes.server_errors += IsServerError(code) ? count : 0;
    point.outcomes.client_errors += IsClientError(code) ? count : 0;
    point.outcomes.aborted += IsAborted(code) ? count : 0;
    if (code >= 400) point.codes.push_back(CodeCount{code, count});
  }
  for (uint64_t count : point.classes) point.count += count;
  std::sort(point.codes.begin(), point.codes.end(),
            [](const CodeCount& a, const CodeCount& b) { return a.code < b.code; });
  return point;
}

size_t TimelineCounts::PrintedLevel() const {
  if (interval_seconds_) return level_;
  const auto [first, last] = std::minmax_element(index_of_row_.begin() + 1, index_of_row_.end());
  size_t level = level_;
  for (; level + 1 < kAskableSteps; ++level) {
    const int64_t ratio = kSteps[level] / kSteps[level_];
    if (FloorDivide(*last, ratio) - FloorDivide(*first, ratio) < static_cast<int64_t>(kAutomaticPoints)) break;
  }
  return level;
}

Timeline TimelineCounts::Rows() const {
  Timeline timeline;
  if (index_of_row_.size() > 1) {
    const size_t level = PrintedLevel();
    const int64_t ratio = kSteps[level] / kSteps[level_];
    std::map<int64_t, std::vector<uint64_t>> steps;
    for (size_t row = 1; row < index_of_row_.size(); ++row) {
      std::vector<uint64_t>& cells = steps[FloorDivide(index_of_row_[row], ratio)];
      cells.resize(stride_);
      for (size_t i = 0; i < stride_; ++i) cells[i] += cells_[row * stride_ + i];
    }
    timeline.interval_seconds = kSteps[level];
    timeline.coarsened = level >= kAskableSteps || (interval_seconds_ && kSteps[level] > *interval_seconds_);
    const int64_t step_ms = kSteps[level] * kSecondMs;
    const int64_t span = steps.rbegin()->first - steps.begin()->first;
    const bool every_step = span < static_cast<int64_t>(kMaxSteps);
    int64_t next = steps.begin()->first;
    for (const auto& [index, cells] : steps) {
      for (; every_step && next < index; ++next) {
        timeline.points.push_back(TimelinePoint{});
        timeline.points.back().time = next * step_ms;
      }
      timeline.points.push_back(Point(cells.data()));
      timeline.points.back().time = index * step_ms;
      next = index + 1;
    }
  }
  TimelinePoint timeless = Point(cells_.data());
  if (timeless.count > 0) timeline.points.push_back(std::move(timeless));
  return timeline;
}

}  // namespace logstat
