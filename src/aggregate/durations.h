// How long requests took, over all of them and per status class.
//
//   DurationCounts durations;
//   if (HasDurations(batch, selection)) durations.Add(batch, selection);
//   durations.Merge(other);
//   durations.Fill(&report.durations);
//
// A histogram per class, 30 KiB each, made when the first request of the class is counted. Rows without a duration
// are left out. Not thread-safe: one per worker, merged at the end; the result does not depend on how rows are split.
#ifndef LOGSTAT_SRC_AGGREGATE_DURATIONS_H_
#define LOGSTAT_SRC_AGGREGATE_DURATIONS_H_

#include <array>

#include "logstat/report.h"
#include "src/aggregate/duration_histogram.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

// Whether any selected row has a duration: most logs have none, and finding that out costs a third of a nanosecond a
// row. The batch must have the column.
bool HasDurations(const RecordBatch& batch, const Selection& selection);

class DurationCounts {
 public:
  void Add(const RecordBatch& batch, const Selection& selection);
  void Merge(const DurationCounts& other);

  // Writes `overall` and `classes`.
  void Fill(Durations* durations) const;

 private:
  std::array<DurationHistogram, kClassCount> classes_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_DURATIONS_H_
