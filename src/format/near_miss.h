// What a log is that no preset fits exactly: which preset it is like, what is different, and a format string for it.
//
//   Detection found = DetectPreset(sample, whole);
//   std::string hint = ExplainNearMiss(found.odd_lines);
//   // "like combined, but 2 fields follow the agent: try -f '$remote_addr - …'"
//
// The string is guessed from the fields of a line and told only if it fits at least half of the lines; the differences
// are those between its fields and the preset's. Pure; thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_NEAR_MISS_H_
#define LOGSTAT_SRC_FORMAT_NEAR_MISS_H_

#include <span>
#include <string>

namespace logstat {

// Empty if there is nothing to tell.
std::string ExplainNearMiss(std::span<const std::string> lines);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_NEAR_MISS_H_
