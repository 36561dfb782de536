// Requests and server errors per minute of UTC: what shares and rates of a part of the log are made of.
//
//   MinuteCounts minutes;
//   minutes.Add(batch, selection);       // batch must have times
//   minutes.Merge(other);
//   for (const MinuteCount& step : minutes.Rows()) step.count;
//
// Lines whose time is unreadable and clock outliers are left out. Over kMaxMinutes non-empty steps (more than four
// months without a quiet minute) all steps become longer (minute_steps.h); whether that happens depends on the set of
// rows alone, so the result is the same for any split and order.
//
// Most rows are in the minute of the row before: a run of 64 rows is compared with it at once.
// Not thread-safe: one per worker. Memory: at most 200,001 steps of about 50 bytes.
#ifndef LOGSTAT_SRC_AGGREGATE_MINUTE_COUNTS_H_
#define LOGSTAT_SRC_AGGREGATE_MINUTE_COUNTS_H_

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "src/aggregate/minute_steps.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

// The rows of one step.
struct MinuteCount {
  uint64_t step = 0;  // its first minute is step * step_minutes
  uint64_t count = 0;
  uint64_t server_errors = 0;
};

class MinuteCounts {
 public:
  static constexpr size_t kMaxMinutes = 200'000;

  MinuteCounts() = default;
  MinuteCounts(MinuteCounts&&) = default;
  MinuteCounts& operator=(MinuteCounts&&) = default;

  void Add(const RecordBatch& batch, const Selection& selection);
  void Merge(const MinuteCounts& other);

  // How many steps are not empty.
  size_t size() const { return steps_.size(); }

  // These, ascending.
  std::vector<MinuteCount> Rows() const;
  uint64_t step_minutes() const { return kMinuteSteps[level_]; }

 private:
  struct Counts {
    uint64_t count = 0;
    uint64_t server_errors = 0;
  };

  // Adds `count` rows to the step of a time.
  void AddAt(int64_t time_ms, Counts counts);
  void AddTo(uint64_t step, Counts counts);
  void AddRun(const int64_t* times, const uint16_t* statuses, size_t rows);
  void Coarsen();

  size_t level_ = 0;  // in kMinuteSteps
  std::unordered_map<uint64_t, Counts> steps_;

  // The step of the row before: its begin and length in milliseconds. The pointer outlives insertions of other steps.
  int64_t current_begin_ms_ = 0;
  int64_t current_length_ms_ = 0;
  Counts* current_ = nullptr;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_MINUTE_COUNTS_H_
