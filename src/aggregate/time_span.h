// First and last of a set of times, without a branch per time.
//
//   TimeSpan span;
//   span.Add(batch.time_ms(row));       // times that are none (unreadable, outliers) change nothing
//   if (std::optional<int64_t> first = span.first()) ...
//
// A value of two words; merging is commutative and associative.
#ifndef LOGSTAT_SRC_AGGREGATE_TIME_SPAN_H_
#define LOGSTAT_SRC_AGGREGATE_TIME_SPAN_H_

#include <algorithm>
#include <cstdint>
#include <optional>

#include "src/record/record_batch.h"

namespace logstat {

class TimeSpan {
 public:
  void Add(int64_t time_ms) {
    first_ = std::min(first_, Biased(time_ms));
    last_ = std::max(last_, time_ms);
  }
  void Merge(TimeSpan other) {
    first_ = std::min(first_, other.first_);
    last_ = std::max(last_, other.last_);
  }
  bool empty() const { return !IsTime(last_); }
  std::optional<int64_t> first() const {
    if (empty()) return std::nullopt;
    return static_cast<int64_t>(first_ + kBias);
  }
  std::optional<int64_t> last() const {
    if (empty()) return std::nullopt;
    return last_;
  }

 private:
  // The two values that are not times are the smallest ones: they lose every max(); counted from the smallest real
  // time and taken as unsigned they are the largest, so that they lose every min() too.
  static constexpr uint64_t kBias = static_cast<uint64_t>(kOutlierTime) + 1;
  static uint64_t Biased(int64_t time_ms) { return static_cast<uint64_t>(time_ms) - kBias; }

  uint64_t first_ = UINT64_MAX;
  int64_t last_ = kNoTime;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_TIME_SPAN_H_
