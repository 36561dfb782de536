// How many different values a key came with: users of one client, clients of one user, paths, agents, queries.
//
//   DistinctRuns runs = DistinctRuns::Window(5, kTenMinutesMs, most_keys);   // five different values in ten minutes
//   DistinctRuns runs = DistinctRuns::Bucket(10, 10'000, most_keys);   // over ten in a bucket that loses one in 10 s
//   DistinctRun& run = runs.Add(key, value, event);                    // events in the order of their times
//   runs.Flush();
//   runs.ForEachReached([&](uint64_t key, const DistinctRun& run) { … run.evidence() … });
//
// A window counts the values whose last event lies in it, ends included. A bucket takes one drop for each value that
// it does not hold, loses one in each `leak_ms`, forgets its values when it is empty, and is reached when it holds more
// than its capacity (the leaky bucket of CrowdSec's hub with `distinct`).
// A run of a key lasts while its gaps stay under the window, or until its bucket is empty; runs that were reached are
// kept, and there is one result per key, as in windows.h.
// Memory: `most_keys` keys (key_map.h), the latest kMostValues values of each; the 4,096 first keys that were reached
// are kept whatever comes. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_DISTINCT_RUNS_H_
#define LOGSTAT_SRC_DETECT_DISTINCT_RUNS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "src/deliver/event.h"
#include "src/detect/evidence.h"
#include "src/detect/key_map.h"
#include "src/detect/key_name.h"

namespace logstat {

class DistinctRun {
 public:
  static constexpr size_t kMostValues = 1024;

  // Whether the current run is one to report.
  bool reached() const { return reached_; }
  // Events of the current run; after Flush(), in ForEachReached(), of all that were reached.
  const Evidence& evidence() const { return evidence_; }
  // What belongs to a value that was added without its event.
  void Count(const Event& event) { evidence_.Add(event); }
  void Count(const Evidence& events) { evidence_.Merge(events); }
  // Most different values at once.
  uint64_t peak() const { return peak_; }
  // What the key stands for: said after each Add(), known once the run was reached.
  const std::string& entity() const { return name_.entity(); }
  std::string_view host() const { return name_.host(); }
  void SetEntity(std::string_view entity, std::string_view host = {}) {
    if (reached_) name_.Set(entity, host);
  }

 private:
  friend class DistinctRuns;
  struct Seen {
    uint64_t value;
    int64_t last_ms;
  };
  // By their last times. At most kMostValues, so that a look at each, from the newest on, is cheaper than an index.
  std::vector<Seen> values_;
  int64_t level_ms_ = 0;  // of a bucket: the time until it is empty
  int64_t last_ms_ = 0;
  Evidence evidence_;
  bool reached_ = false;
  uint64_t peak_ = 0;
  KeyName name_;
};

class DistinctRuns {
 public:
  static DistinctRuns Window(uint64_t least, int64_t window_ms, size_t most_keys) {
    return DistinctRuns(least, window_ms, false, most_keys);
  }
  static DistinctRuns Bucket(uint64_t capacity, int64_t leak_ms, size_t most_keys) {
    return DistinctRuns(capacity, leak_ms, true, most_keys);
  }

  // Counts the event for the key, whose value is `value`.
  DistinctRun& Add(uint64_t key, uint64_t value, const Event& event) { return Add(key, value, event.time_ms, &event); }
  // The same of a line of which no more is known than its time.
  DistinctRun& Add(uint64_t key, uint64_t value, int64_t time_ms) { return Add(key, value, time_ms, nullptr); }
  // The current run of a key; null if it is not known.
  DistinctRun* Find(uint64_t key) { return runs_.Find(key); }
  // Whether some run of the key was reached.
  bool WasReached(uint64_t key) const;

  // Ends all runs. ForEachReached() then goes by first time and key.
  void Flush();
  template <typename Function>
  void ForEachReached(Function function) const {
    std::map<std::pair<int64_t, uint64_t>, const DistinctRun*> reached;
    for (const auto& [key, run] : kept_) reached.emplace(std::pair(run.evidence().first_ms(), key), &run);
    for (const auto& [order, run] : reached) function(order.second, *run);
  }

 private:
  DistinctRuns(uint64_t least, int64_t window_ms, bool is_bucket, size_t most_keys)
      : least_(least), window_ms_(window_ms), is_bucket_(is_bucket), runs_(most_keys) {}
  DistinctRun& Add(uint64_t key, uint64_t value, int64_t time_ms, const Event* event);
  void EndRun(uint64_t key, DistinctRun& run);
  static void Touch(DistinctRun& run, uint64_t value, int64_t time_ms);

  uint64_t least_;
  int64_t window_ms_;  // of a bucket: the time in which it loses a drop
  bool is_bucket_;
  KeyMap<DistinctRun> runs_;
  std::unordered_map<uint64_t, DistinctRun> kept_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_DISTINCT_RUNS_H_
