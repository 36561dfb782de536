// Which inputs the command line means: what was named, else standard input.
//
//   Status status = ResolveInputs(options.operands, &options.analysis.inputs);
#ifndef LOGSTAT_SRC_CLI_INPUTS_H_
#define LOGSTAT_SRC_CLI_INPUTS_H_

#include <string>
#include <vector>

#include "src/base/status.h"
#include "src/cli/options.h"

namespace logstat {

// Without operands: standard input if something is connected to it (a pipe, a socket, a regular file); a terminal or
// /dev/null is a usage error, because waiting for it or reporting nothing would puzzle. With operands standard input is
// not looked at, unless one of them is "-". Directories and patterns are expanded by the library (src/plan/expand.h).
Status ResolveInputs(const std::vector<std::string>& operands, std::vector<std::string>& inputs);

// A report written over one of its inputs would destroy the log, one appended to it would be read as a log. Checks
// files and standard output; a usage error names both.
Status CheckOutputsAreNotInputs(const CliOptions& options);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_INPUTS_H_
