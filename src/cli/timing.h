// What a run cost: the line of JSON that --timing prints. It is about the run and never part of the report.
//
//   Stopwatch watch;
//   ... the run ...
//   Status status = PrintTiming(watch.Elapsed(), report.totals, control, path);
#ifndef LOGSTAT_SRC_CLI_TIMING_H_
#define LOGSTAT_SRC_CLI_TIMING_H_

#include <chrono>
#include <string>

#include "logstat/analyze.h"
#include "src/base/status.h"

namespace logstat {

// Wall time, and the processor time of all threads since the process started, in seconds.
struct Times {
  double wall_seconds = 0;
  double user_seconds = 0;
  double system_seconds = 0;
};

class Stopwatch {
 public:
  Stopwatch() : start_(std::chrono::steady_clock::now()) {}
  Times Elapsed() const;

 private:
  std::chrono::steady_clock::time_point start_;
};

// {"wall_seconds":…,"user_seconds":…,"system_seconds":…,"bytes":…,"lines":…,"bytes_per_second":…,
//  "lines_per_second":…,"threads":…,"kernel":"AVX2","peak_memory_bytes":…,"input":"mapped"} and a newline.
// `peak_memory_bytes` is the largest resident set and holds the pages of mapped files that were resident.
std::string TimingLine(const Times& times, const Totals& totals, const RunControl& control, uint64_t peak_memory_bytes);

// Writes it to a file, or to standard error if the path is empty.
Status PrintTiming(const Times& times, const Totals& totals, const RunControl& control, const std::string& path);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_TIMING_H_
