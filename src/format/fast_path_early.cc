// The part of the fast path that a filter asks for: which rows need not be read any further.
#include "src/format/fast_path.h"

namespace logstat {

// Rows without a clean time are left to the careful path.
void FastPath::ReadTimes(size_t first_row, RecordBatch& batch) {
  const uint8_t* block = batch.block_bytes();
  const size_t rows = batch.rows() - first_row;
  int64_t* times = batch.times_ms() + first_row;
  for (size_t i = 0; i < rows; ++i) {
    const uint32_t open = open_[i];
    if (open == 0) continue;
    const bool has_time = open - records_[i] > kBracketBefore && block[open - kBracketBefore] == '[';
    times[i] = has_time ? time_reader_.Read(block + open - kTimeBefore) : kNoTime;
    if (times[i] == kNoTime) LeaveToCarefulPath(i, first_row + i);
  }
}

// Drops the rows that the early filter does not let pass; false if none is left. Dropped ones have their time, too:
// their neighbours' clocks are judged by it.
bool FastPath::DropEarly(size_t first_row, const Shape& shape, RecordBatch& batch) {
  times_are_read_ = false;
  // Where they stand behind the request, too, that is read later.
  if (shape.rest_columns.ContainsAny({Field::kTime, Field::kBytes})) return true;
  if (batch.columns().Contains(Field::kTime)) {
    if (!shape.fast_columns.Contains(Field::kTime)) return true;  // the careful path reads it
    ReadTimes(first_row, batch);
    times_are_read_ = true;
  }
  const size_t rows = batch.rows() - first_row;
  passing_.clear();
  for (size_t i = 0; i < rows; ++i) {
    if (open_[i] != 0) passing_.push_back(static_cast<uint32_t>(first_row + i));
  }
  early_->Narrow(batch, passing_);
  size_t next = 0;
  for (size_t i = 0; i < rows; ++i) {
    if (next < passing_.size() && passing_[next] == first_row + i) {
      ++next;
    } else {
      open_[i] = close_[i] = 0;
    }
  }
  return !passing_.empty();
}

}  // namespace logstat
