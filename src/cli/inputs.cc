#include "src/cli/inputs.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/plan/expand.h"

namespace logstat {
namespace {

bool SomethingIsOnStandardInput() {
  struct stat info;
  if (fstat(STDIN_FILENO, &info) != 0) return false;
  return S_ISFIFO(info.st_mode) || S_ISREG(info.st_mode) || S_ISSOCK(info.st_mode);
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
    bool standard = request.path.empty();
    struct stat output;
    if ((standard ? fstat(STDOUT_FILENO, &output) : stat(request.path.c_str(), &output)) != 0) continue;
    if (!S_ISREG(output.st_mode)) continue;
    for (const PlannedInput& planned : list.inputs) {
      // A report of yesterday that lies in the directory of the logs is no log, and may be replaced.
      if (planned.from_directory) continue;
      struct stat input;
      if ((planned.path == "-" ? fstat(STDIN_FILENO, &input) : stat(planned.path.c_str(), &input)) != 0) continue;
      if (input.st_dev != output.st_dev || input.st_ino != output.st_ino) continue;
      return UsageError(fmt::format("{} is the input and would be the output too; write the report to another file",
                                    planned.path == "-" ? "the file on standard input" : planned.path));
    }
  }
  return OkStatus();
}

}  // namespace logstat
