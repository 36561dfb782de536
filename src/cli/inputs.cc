#include "src/cli/inputs.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/cli/output_files.h"
#include "src/plan/expand.h"

namespace logstat {
namespace {

bool SomethingIsOnStandardInput() {
  struct stat info;
  if (fstat(STDIN_FILENO, &info) != 0) return false;
  return S_ISFIFO(info.st_mode) || S_ISREG(info.st_mode) || S_ISSOCK(info.st_mode);
}

// `path` is of an output; empty is standard output.
Status CheckIsNoInput(const std::string& path, const InputList& list) {
  struct stat output;
  if ((path.empty() ? fstat(STDOUT_FILENO, &output) : stat(path.c_str(), &output)) != 0) return OkStatus();
  if (!S_ISREG(output.st_mode)) return OkStatus();
  for (const PlannedInput& planned : list.inputs) {
    // A report of yesterday that lies in the directory of the logs is no log, and may be replaced.
    if (planned.from_directory) continue;
    struct stat input;
    if ((planned.path == "-" ? fstat(STDIN_FILENO, &input) : stat(planned.path.c_str(), &input)) != 0) continue;
    if (input.st_dev != output.st_dev || input.st_ino != output.st_ino) continue;
    return UsageError(fmt::format("{} is the input and would be the output too; write the report to another file",
                                  planned.path == "-" ? "the file on standard input" : planned.path));
  }
  return OkStatus();
}

}  // namespace

Status ResolveInputs(const std::vector<std::string>& operands, std::vector<std::string>& inputs) {
  inputs = operands;
  if (!inputs.empty()) return OkStatus();
  if (!SomethingIsOnStandardInput()) {
    return UsageError("no log to read; name one, as in `logstat access.log`, or see `logstat --help`");
  }
  inputs.push_back("-");
  return OkStatus();
}

Status CheckOutputsAreNotInputs(const CliOptions& options) {
  InputList list = ExpandInputs(options.analysis.inputs);
  for (const OutputRequest& request : options.outputs) {
    for (const std::string& path : PathsOf(request, options.analysis.sections)) {
      Status status = CheckIsNoInput(path, list);
      if (!status.ok()) return status;
    }
  }
  return OkStatus();
}

}  // namespace logstat
