#include "src/record/selection.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace logstat {

void Selection::SelectCounted(const RecordBatch& batch) {
  rows_.clear();
  const LineKind* kinds = batch.kinds();
  static_assert(static_cast<int>(LineKind::kCounted) == 0, "a counted row is a zero byte");
  const size_t rows = batch.rows();
  uint8_t any = 0;  // a clean cell is one vectorised pass over a byte per row
  for (size_t row = 0; row < rows; ++row) any |= static_cast<uint8_t>(kinds[row]);
  is_range_ = any == 0;
  range_begin_ = 0;
  range_end_ = rows;
  if (is_range_) return;
  for (size_t row = 0; row < rows; ++row) {
    if (kinds[row] == LineKind::kCounted) rows_.push_back(static_cast<uint32_t>(row));
  }
}

bool Selection::Remove(size_t row) {
  if (is_range_) {
    if (row < range_begin_ || row >= range_end_) return false;
    if (row == range_begin_) {
      ++range_begin_;
      return true;
    }
    if (row + 1 == range_end_) {
      --range_end_;
      return true;
    }
    BecomeList();
  }
  const auto found = std::lower_bound(rows_.begin(), rows_.end(), static_cast<uint32_t>(row));
  if (found == rows_.end() || *found != row) return false;
  rows_.erase(found);
  return true;
}

void Selection::BecomeList() {
  rows_.resize(range_end_ - range_begin_);
  std::iota(rows_.begin(), rows_.end(), static_cast<uint32_t>(range_begin_));
  is_range_ = false;
}

}  // namespace logstat
