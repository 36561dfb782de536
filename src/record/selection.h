// The rows of a batch that are counted and passed the filter: what aggregates look at.
//
//   Selection selection;
//   selection.SelectCounted(batch);
//   selection.ForEach([&](size_t row) { ... });
//
// Rows are ascending. Most cells of a clean log select every row: that case is kept as a range, so that a loop over it
// needs no list of row numbers.
#ifndef LOGSTAT_SRC_RECORD_SELECTION_H_
#define LOGSTAT_SRC_RECORD_SELECTION_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/record/record_batch.h"

namespace logstat {

class Selection {
 public:
  // All rows of kind kCounted.
  void SelectCounted(const RecordBatch& batch);

  // Lets `narrow(std::vector<uint32_t>&)` take rows out of the ascending list of rows.
  template <typename Function>
  void Narrow(Function narrow) {
    const bool was_range = is_range_;
    const size_t size_before = size();
    if (was_range) BecomeList();
    narrow(rows_);
    is_range_ = was_range && rows_.size() == size_before;
  }

  // Takes one row out; false if it was not in. Linear in the number of rows if that breaks a range in two.
  bool Remove(size_t row);

  size_t size() const { return is_range_ ? range_end_ - range_begin_ : rows_.size(); }
  bool is_range() const { return is_range_; }          // the rows are [range_begin(), range_begin() + size())
  size_t range_begin() const { return range_begin_; }  // only if is_range()
  size_t operator[](size_t i) const { return is_range_ ? range_begin_ + i : rows_[i]; }

  template <typename Function>
  void ForEach(Function function) const {
    if (is_range_) {
      for (size_t row = range_begin_; row < range_end_; ++row) function(row);
    } else {
      for (uint32_t row : rows_) function(row);
    }
  }

 private:
  void BecomeList();

  bool is_range_ = true;
  size_t range_begin_ = 0;
  size_t range_end_ = 0;
  std::vector<uint32_t> rows_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_RECORD_SELECTION_H_
