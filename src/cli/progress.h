// The line on standard error that shows how far a long run has come.
//
//   ProgressLine line(STDERR_FILENO);
//   control.progress = [&](const Progress& progress) { line.Update(progress); };
//   Report report = Analyze(options, control);
//   line.Erase();
//
// Nothing is shown before kQuietSeconds have passed: most runs are over by then, and a line that flashes up disturbs.
// Update and Erase may be called from different threads, not at the same time.
#ifndef LOGSTAT_SRC_CLI_PROGRESS_H_
#define LOGSTAT_SRC_CLI_PROGRESS_H_

#include <chrono>
#include <string>

#include "logstat/analyze.h"

namespace logstat {

// "42 %  1.3 GiB/s  3 s left"; without a known total "1.2 GiB  1.3 GiB/s".
std::string FormatProgress(const Progress& progress, double elapsed_seconds);

class ProgressLine {
 public:
  static constexpr double kQuietSeconds = 0.7;

  explicit ProgressLine(int descriptor);
  void Update(const Progress& progress);

  // Leaves the line empty and the cursor at its start. Does nothing if nothing is shown.
  void Erase();

 private:
  void Write(const std::string& text) const;

  int descriptor_;
  std::chrono::steady_clock::time_point start_;
  bool shown_ = false;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_PROGRESS_H_
