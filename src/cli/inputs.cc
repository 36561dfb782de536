#include "src/cli/inputs.h"

#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

namespace logstat {
namespace {

bool SomethingIsOnStandardInput() {
  struct stat info;
  if (fstat(STDIN_FILENO, &info) != 0) return false;
  return S_ISFIFO(info.st_mode) || S_ISREG(info.st_mode) || S_ISSOCK(info.st_mode);
}

void AddOperand(const std::string& operand, std::vector<std::string>& inputs) {
  struct stat info;
  if (operand.find_first_of("*?") != std::string::npos && lstat(operand.c_str(), &info) != 0) {
    glob_t found{};
    if (glob(operand.c_str(), 0, nullptr, &found) == 0) {
      inputs.insert(inputs.end(), found.gl_pathv, found.gl_pathv + found.gl_pathc);
      globfree(&found);
      return;
    }
    globfree(&found);
  }
  inputs.push_back(operand);
}

}  // namespace

Status ResolveInputs(const std::vector<std::string>& operands, std::vector<std::string>& inputs) {
  for (const std::string& operand : operands) AddOperand(operand, inputs);
  if (!operands.empty()) return OkStatus();
  if (!SomethingIsOnStandardInput()) {
    return UsageError("no log to read; name one, as in `logstat access.log`, or see `logstat --help`");
  }
  inputs.push_back("-");
  return OkStatus();
}

Status CheckOutputsAreNotInputs(const CliOptions& options) {
  for (const OutputRequest& request : options.outputs) {
    bool standard = request.path.empty();
    struct stat output;
    if ((standard ? fstat(STDOUT_FILENO, &output) : stat(request.path.c_str(), &output)) != 0) continue;
    if (!S_ISREG(output.st_mode)) continue;
    for (const std::string& path : options.analysis.inputs) {
      struct stat input;
      if ((path == "-" ? fstat(STDIN_FILENO, &input) : stat(path.c_str(), &input)) != 0) continue;
      if (input.st_dev != output.st_dev || input.st_ino != output.st_ino) continue;
      return UsageError(fmt::format("{} is the input and would be the output too; write the report to another file",
                                    path == "-" ? "the file on standard input" : path));
    }
  }
  return OkStatus();
}

}  // namespace logstat
