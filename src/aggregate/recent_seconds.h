// Requests and server errors of each of the last 900 seconds of a log: what "recently" is made of, which minutes are
// too coarse for where the whole log is of a few.
//
//   RecentSeconds recent;
//   recent.Add(batch, selection);       // batch must have times
//   recent.Merge(other);
//   recent.Last(900).server_errors;     // of the 900 seconds that end with the newest row's
//
// A row within 900 seconds of the newest row of all was so of the newest one at any time before, so none that counts is
// ever forgotten: the result is the same for any split and order. Lines whose time is unreadable and clock outliers are
// left out. Not thread-safe: one per worker. Memory: 14 KiB.
#ifndef LOGSTAT_SRC_AGGREGATE_RECENT_SECONDS_H_
#define LOGSTAT_SRC_AGGREGATE_RECENT_SECONDS_H_

#include <array>
#include <cstdint>

#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

struct RecentCount {
  uint64_t count = 0;
  uint64_t server_errors = 0;
};

class RecentSeconds {
 public:
  static constexpr int64_t kSeconds = 900;

  void Add(const RecordBatch& batch, const Selection& selection);
  void Merge(const RecentSeconds& other);

  // `seconds`: at most kSeconds.
  RecentCount Last(int64_t seconds) const;

 private:
  static constexpr int64_t kNoSecond = -1;

  RecentCount& At(int64_t second) { return counts_[static_cast<size_t>(second % kSeconds)]; }
  RecentCount* Select(int64_t second);

  int64_t newest_ = kNoSecond;                  // since kEarliestTime, as all seconds here
  std::array<RecentCount, kSeconds> counts_{};  // of second s at s % kSeconds
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_RECENT_SECONDS_H_
