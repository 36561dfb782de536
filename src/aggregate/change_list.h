// What changed: the keys whose share of failing rows was another one for a part of the log, most remarkable first.
//
//   ChangeLister lister(minutes, last_time);
//   lister.AddCodes(statuses, *failing_of_codes);
//   lister.AddKeys(ChangeField::kPath, *path_table, *failing_of_paths);
//   report.changes = lister.TakeChanges(options.top);
//
// Looked at are, of each field, the kMostKeys keys with the most failing rows (by key where equal) that have at least
// kLeastRows of them; what a change is, see changes.h. A log of less than kLeastMinutes has none: there is no "before".
//
// The shares of a change are of all counted rows with a time. Where a table of failing minutes was short of memory,
// keys share places (failing_minutes.h); a key whose series has more rows than a tenth above its own is left out.
// The order is evidence, then field, then key. Pure functions of tables that nobody changes meanwhile.
#ifndef LOGSTAT_SRC_AGGREGATE_CHANGE_LIST_H_
#define LOGSTAT_SRC_AGGREGATE_CHANGE_LIST_H_

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "logstat/report.h"
#include "src/aggregate/changes.h"
#include "src/aggregate/failing_minutes.h"
#include "src/aggregate/key_table.h"
#include "src/aggregate/minute_counts.h"
#include "src/aggregate/status_counts.h"

namespace logstat {

class ChangeLister {
 public:
  static constexpr size_t kMostKeys = 200;
  static constexpr uint64_t kLeastMinutes = 10;
  static constexpr TimeMs kOngoingMs = 5 * kMinuteMs;  // a change that reaches the last five minutes goes on

  // `minutes` must outlive the lister. `last_time` is the newest time in it.
  ChangeLister(const MinuteCounts& minutes, TimeMs last_time);

  void AddCodes(const StatusCounts& statuses, const FailingMinutes& failing);
  void AddKeys(ChangeField field, const KeyTable& table, const FailingMinutes& failing);

  // The first `top` changes, 0: all.
  std::vector<Change> TakeChanges(size_t top);

 private:
  struct Candidate {
    uint64_t rows;
    std::string_view stored_key;
    uint64_t hash;
  };

  void Look(ChangeField field, const std::vector<Candidate>& candidates, const FailingMinutes& failing);
  const TrafficSeries& Traffic(uint64_t step_minutes);

  const uint64_t own_step_;  // minutes
  const std::vector<MinuteCount> steps_;
  const TimeMs last_time_;
  std::map<uint64_t, TrafficSeries> traffic_;  // by the length of their steps
  std::vector<Change> changes_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_CHANGE_LIST_H_
