// The slowest paths of a report, and the p95 of the paths in its lists.
//
//   FillSlowPaths(path_durations, path_table, options.top, &report.durations);
//   FillP95(path_durations, {&report.paths[0], …});
//
// Durations know their path by its hash, and the key table of the paths has the texts: both are parted by the same
// hash, so they are joined partition by partition. Where the key table had to leave paths out, the slowest one may be
// among them: then there is no list, and Durations::paths_left_out says so.
//
// A path counts as slow from 20 timed requests on: the p95 of fewer is their maximum. If there is no such path, all
// are listed. Paths of more than 1,024 bytes are left out, their p95 is absent.
// Nobody may add to the tables meanwhile.
#ifndef LOGSTAT_SRC_AGGREGATE_SLOW_PATHS_H_
#define LOGSTAT_SRC_AGGREGATE_SLOW_PATHS_H_

#include <cstddef>
#include <vector>

#include "logstat/report.h"
#include "src/aggregate/key_table.h"
#include "src/aggregate/path_durations.h"

namespace logstat {

// Writes `paths` and `paths_left_out`. `top`: rows of the list, 0: all.
void FillSlowPaths(const PathDurations& durations, const KeyTable& paths, size_t top, Durations* report);

// Sets p95_us of the rows, which must be of paths; those of which nothing is known stay as they are.
void FillP95(const PathDurations& durations, const std::vector<KeyRow*>& listed);

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_SLOW_PATHS_H_
