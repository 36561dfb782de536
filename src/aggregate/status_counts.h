// How often every status code occurs, with its bytes and its first and last time.
//
//   StatusCounts counts;
//   counts.Add(batch, selection);                // as many columns as the batch has
//   counts.Merge(other);
//   counts.of(404).count;
//
// The codes are few and dense, so this is an array. Exact and of fixed size (96 KiB). Where a batch has neither times
// nor bytes only statuses are touched: that is the whole work of `--sections codes`.
// Not thread-safe: one per worker, merged at the end. Merging is commutative and associative.
#ifndef LOGSTAT_SRC_AGGREGATE_STATUS_COUNTS_H_
#define LOGSTAT_SRC_AGGREGATE_STATUS_COUNTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "src/aggregate/time_span.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

class StatusCounts {
 public:
  static constexpr size_t kCodes = 1000;

  struct Counter {
    uint64_t count = 0;
    uint64_t bytes = 0;  // of the response; lines without a byte count add nothing
    TimeSpan span;
  };

  // Of a batch that has more columns (a filter needed them) only these are counted.
  explicit StatusCounts(ColumnSet columns = kEveryField);

  // Counts the selected rows; columns that the batch lacks stay zero.
  void Add(const RecordBatch& batch, const Selection& selection);

  // Counts one row that is known by its values.
  void AddRow(uint16_t status, int64_t time_ms, int64_t bytes) {
    Counter& counter = lanes_[status % kSlots];
    counter.count += 1;
    counter.bytes += bytes > 0 ? static_cast<uint64_t>(bytes) : 0;
    counter.span.Add(time_ms);
    time_unknown_ += time_ms == kNoTime;
    clock_outliers_ += time_ms == kOutlierTime;
  }

  void Merge(const StatusCounts& other);

  // The sums of one code, 0 to 999.
  Counter of(size_t code) const;
  // The sums over all codes.
  Counter total() const;
  // Rows whose time is unreadable, of those counted with a time column.
  uint64_t time_unknown() const { return time_unknown_; }
  // Rows whose time is that of a clock that went wrong.
  uint64_t clock_outliers() const { return clock_outliers_; }

 private:
  // Most rows have the same status, and adding to a counter that was written a moment ago waits for that write
  // (4-5 cycles): neighbouring rows use different copies of the array.
  static constexpr size_t kLanes = 4;
  static constexpr size_t kSlots = 1024;  // a power of two, so that no status can reach beyond

  void AddStatuses(const uint16_t* statuses, const Selection& selection);
  void AddAll(const RecordBatch& batch, const Selection& selection);

  ColumnSet columns_;
  std::vector<uint64_t> counts_;  // kLanes arrays of kSlots
  std::vector<Counter> lanes_;    // two arrays of kSlots, for rows with more than a status
  uint64_t time_unknown_ = 0;
  uint64_t clock_outliers_ = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_STATUS_COUNTS_H_
