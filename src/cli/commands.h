// The subcommands: each takes the validated command line, does its work, and returns the exit status.
//
//   case Command::kExplain: return RunExplain(options);
//
// All of them write their result to standard output and what is wrong to standard error.
#ifndef LOGSTAT_SRC_CLI_COMMANDS_H_
#define LOGSTAT_SRC_CLI_COMMANDS_H_

#include <string_view>

#include "src/base/status.h"
#include "src/cli/exit_code.h"
#include "src/cli/options.h"

namespace logstat {

ExitCode RunAnalyze(CliOptions options);
ExitCode RunBench(CliOptions options);
ExitCode RunExplain(const CliOptions& options);
ExitCode RunFormats(const CliOptions& options);
ExitCode RunDetect(const CliOptions& options);

// Prints a result whose exit status would be `code`, which gets worse if standard output cannot be written.
ExitCode PrintResult(std::string_view text, ExitCode code);

// Prints a usage error and returns its exit status.
ExitCode RefuseUsage(const Status& status);

// CheckOptions of the library, and the name in LOGSTAT_KERNEL.
Status CheckAnalysis(const Options& options);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_COMMANDS_H_
