// Requests over time: sparse steps, each with its count per class, bytes, and count of every code >= 400.
//
//   TimelineCounts timeline(options.interval_seconds);
//   timeline.Add(batch, selection);      // batch must have times
//   timeline.Merge(other);
//   report.timeline = timeline.Rows();
//
// Steps are kept on a chain of lengths each of which divides the next (kSteps), aligned to UTC. With more than
// kMaxSteps non-empty steps the table coarsens to the next length; merging coarsens to the larger one. Whether a
// length overflows depends on the set of rows alone, so the result is the same for any split and order, and a log
// whose times run from year 1 to year 9999 costs no more than any other.
//
// Lines whose time is unreadable go to a point without time; clock outliers are left out.
// Not thread-safe: one per worker. Memory: at most 4,097 steps of 8 bytes for each code that occurs and is >= 400.
#ifndef LOGSTAT_SRC_AGGREGATE_TIMELINE_H_
#define LOGSTAT_SRC_AGGREGATE_TIMELINE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "logstat/report.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

class TimelineCounts {
 public:
  static constexpr size_t kMaxSteps = 4096;
  static constexpr size_t kAutomaticPoints = 120;  // most points of a step that nobody asked for

  // Seconds. The steps that can be asked for, and two more so that every time that a log can hold (years 0 to 9999)
  // fits in kMaxSteps: 130,445 steps of 28 days, 1,305 of 2,800.
  static constexpr std::array<int64_t, 13> kSteps = {1,     10,    30,     60,      600,      1800,     3600,
                                                     21600, 86400, 604800, 2419200, 24192000, 241920000};
  static constexpr size_t kAskableSteps = 11;

  // `interval_seconds`: the step to print, one of TimelineIntervals(); absent: chosen by Rows().
  explicit TimelineCounts(std::optional<int64_t> interval_seconds = std::nullopt);

  void Add(const RecordBatch& batch, const Selection& selection);

  // Both must have been made with the same interval.
  void Merge(const TimelineCounts& other);

  // The steps from first to last; over kMaxSteps of them only the non-empty ones.
  Timeline Rows() const;

  // The length of the steps that are kept now, in seconds.
  int64_t step_seconds() const { return kSteps[level_]; }

 private:
  // A step's counters are one row of `cells_`: bytes, the classes' counts but for codes with their own column, then
  // one column for every code >= 400 and code 0 in the order in which they were first seen.
  static constexpr size_t kBytesColumn = 0;
  static constexpr size_t kFirstClassColumn = 1;
  static constexpr size_t kFirstCodeColumn = kFirstClassColumn + kClassCount;
  static constexpr uint16_t kNoColumn = 0;  // the bytes' column is no code's
  static constexpr uint32_t kNoRow = UINT32_MAX;
  static constexpr uint32_t kTimelessRow = 0;

  int64_t Index(int64_t time_ms) const;
  uint32_t RowOf(int64_t index);
  size_t AddColumn(size_t code);
  void Coarsen();
  void CoarsenIfOver();
  void Select(int64_t time_ms);
  TimelinePoint Point(const uint64_t* cells) const;
  size_t PrintedLevel() const;

  std::optional<int64_t> interval_seconds_;
  size_t level_;                       // in kSteps
  size_t stride_ = 16;                 // columns for which there is room
  std::vector<uint64_t> cells_;        // rows of stride_ columns; row 0 holds the lines without a time
  std::vector<int64_t> index_of_row_;  // in units of the step since 1970
  std::unordered_map<int64_t, uint32_t> row_of_index_;
  std::array<uint16_t, 1024> column_of_code_{};
  std::vector<uint16_t> code_of_column_;  // from kFirstCodeColumn on

  // The step of the row before: half-open range in milliseconds, and its row.
  int64_t current_begin_ms_ = 0;
  uint64_t current_length_ms_ = 0;
  uint32_t current_row_ = kNoRow;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_TIMELINE_H_
