// The one entry point: read the inputs, count, and return the report.
//
//   logstat::Options options;
//   options.inputs = {"/var/log/nginx/access.log"};
//   logstat::RunControl control;
//   logstat::Report report = logstat::Analyze(options, control);
//   for (const logstat::CodeRow& row : report.codes) std::printf("%d %lu\n", row.code, row.count);
#ifndef LOGSTAT_ANALYZE_H_
#define LOGSTAT_ANALYZE_H_

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "logstat/options.h"
#include "logstat/report.h"

namespace logstat {

// How far a run has come; see RunControl.
struct Progress {
  uint64_t bytes_done = 0;
  uint64_t bytes_total = 0;  // 0: unknown (a pipe is among the inputs); twice as much once the inputs are read again
};

// What a caller may do to a run while it lasts, and what the run says about itself that is not part of the answer.
struct RunControl {
  // Asked to stop, the run ends at the next cell and returns the report so far, with `complete` false.
  std::stop_token stop;

  // Called about ten times a second from one of the workers, never concurrently. May be empty.
  std::function<void(const Progress&)> progress;

  // Set by Analyze.
  unsigned threads_used = 0;
  std::string kernel_used;   // the vector kernel's name
  bool mapped_used = false;  // at least one input was mapped

  // Set by Analyze: one line, not empty if the options turned out to be unusable when the inputs were opened, because
  // a field that they name is one that no input has. The report is then empty and says the same.
  std::string usage_error;
};

// Runs the analysis. Never throws for what a log contains, never prints, never exits: an input that cannot be read
// is in `errors`, and what could be read is still reported. Throws std::bad_alloc when memory runs out, and what
// `control.progress` throws. `options` must be valid (see CheckOptions).
Report Analyze(const Options& options, RunControl& control);

// Empty if the options are usable; else one line that says which is wrong and what to do.
std::string CheckOptions(const Options& options);

// The verdict of format detection over one file, from its sample only.
struct FormatVerdict {
  std::string path;
  std::string format;                 // empty: no preset fits half of the sampled lines
  std::vector<std::string> wrappers;  // what its lines stand in, outermost first: "syslog"
  double share = 0;                   // of the sampled lines that fit
  uint64_t sampled_lines = 0;
  bool sample_is_cut = false;  // the sample ended at its limit; what is behind it was not read
  std::string runner_up;       // empty: none
  double runner_up_share = 0;
  std::string near_miss;  // if no preset fits half of them exactly: how one does not, and a format string; may be empty
  std::string error;      // not empty: the file could not be read
};
FormatVerdict DetectFormat(const std::string& path);

// Every preset: name, the format string that defines it (nginx or Apache), and a line in that format.
struct FormatInfo {
  std::string_view name;
  std::string_view definition;
  std::string_view example;
};
const std::vector<FormatInfo>& KnownFormats();

// The release, as `--version` prints it.
std::string_view Version();

}  // namespace logstat

#endif  // LOGSTAT_ANALYZE_H_
