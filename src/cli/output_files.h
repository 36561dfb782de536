// The files of one `-o`: one of them, or of CSV in a directory one per table.
//
//   StatusOr<std::vector<OutputFiles>> outputs = OpenOutputs(options.outputs, sections);   // before the work
//   for (OutputFiles& output : *outputs) status = output.Write(report, settings);          // after it
//
// The files of one `-o` appear together: if one of them cannot be written, none replaces its old one. Movable; not
// thread-safe.
#ifndef LOGSTAT_SRC_CLI_OUTPUT_FILES_H_
#define LOGSTAT_SRC_CLI_OUTPUT_FILES_H_

#include <string>
#include <vector>

#include "logstat/options.h"
#include "logstat/report.h"
#include "src/base/status.h"
#include "src/cli/option_values.h"
#include "src/cli/output.h"
#include "src/report/writer.h"

namespace logstat {

// What it writes: its path, or those of the files in its directory. Empty: standard output.
std::vector<std::string> PathsOf(const OutputRequest& request, SectionSet sections);

class OutputFiles {
 public:
  // Of CSV, `path` is a file if it exists and is no directory or if it ends in .csv, and a directory otherwise, which
  // must exist. Errors name the path.
  static StatusOr<OutputFiles> Open(const OutputRequest& request, SectionSet sections);

  // To be called once.
  Status Write(const Report& report, const WriterSettings& settings);

 private:
  OutputFiles() = default;

  OutputKind kind_ = OutputKind::kText;
  std::vector<std::string> tables_;  // CSV in a directory: the table of each file; else empty
  std::vector<Output> files_;
};

// Opened before the work starts: a path that cannot be written is told at once, not after the log was read. A usage
// error if one file cannot hold what was asked for.
StatusOr<std::vector<OutputFiles>> OpenOutputs(const std::vector<OutputRequest>& requests, SectionSet sections);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_OUTPUT_FILES_H_
