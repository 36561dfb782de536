// Runs of a client of which is known only after a while that they belong to the background: what a rule with a
// threshold adds.
//
//   BackgroundRuns runs(ProbeFamily::kWrite, settings.most_keys);
//   runs.Add(event, is_first, reached, surroundings.errands);
//
// Holds `most_keys` clients at most, the first that came. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_BACKGROUND_RUNS_H_
#define LOGSTAT_SRC_DETECT_BACKGROUND_RUNS_H_

#include <absl/container/node_hash_map.h>

#include <cstddef>
#include <cstdint>

#include "src/deliver/event.h"
#include "src/detect/background.h"
#include "src/detect/errands.h"

namespace logstat {

class BackgroundRuns {
 public:
  BackgroundRuns(ProbeFamily family, size_t most_keys) : family_(family), most_keys_(most_keys) {}

  // `is_first`: the event begins a run; `reached`: the run is known to be probing.
  void Add(const Event& event, bool is_first, bool reached, Errands& errands);

 private:
  ProbeFamily family_;
  size_t most_keys_;
  absl::node_hash_map<uint64_t, WaitingEvents> waiting_;  // by client
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_BACKGROUND_RUNS_H_
