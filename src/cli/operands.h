// The words of a command line that are no options: files, or what a subcommand looks up.
#ifndef LOGSTAT_SRC_CLI_OPERANDS_H_
#define LOGSTAT_SRC_CLI_OPERANDS_H_

#include <string>
#include <vector>

#include "src/base/status.h"
#include "src/cli/options.h"

namespace logstat {

// Operands from what CLI11 did not recognise: everything behind `--`, and before it what does not look like an option.
Status TakeOperands(std::vector<std::string> remaining, std::vector<std::string>& operands);

// Whether the command takes as many.
Status CheckOperands(const CliOptions& options);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_OPERANDS_H_
