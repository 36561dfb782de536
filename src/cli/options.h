// The command line as one validated struct. Nothing else in the program looks at argv.
//
//   StatusOr<CliOptions> options = ParseCommandLine(argc, argv);
//   if (!options.ok()) return Complain(options.status());   // exit code 2, one line
//   switch (options->command) { ... }
//
// A subcommand counts only as the first argument; a log of that name is `./explain`. Main options are accepted after a
// subcommand too, where they may have no effect.
#ifndef LOGSTAT_SRC_CLI_OPTIONS_H_
#define LOGSTAT_SRC_CLI_OPTIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "logstat/findings.h"
#include "logstat/options.h"
#include "src/base/status.h"
#include "src/cli/option_values.h"

namespace logstat {

enum class Command {
  kAnalyze,
  kExplain,
  kFormats,
  kDetect,
  kBench,
  kPrint,  // --help or --version: `text` is all there is to do
};

struct CliOptions {
  Command command = Command::kAnalyze;

  // What follows the options: files (kAnalyze, kDetect, kBench), topics (kExplain), a preset (kFormats). As typed.
  std::vector<std::string> operands;

  // Everything that the library needs; `inputs` is still empty, see inputs.h.
  Options analysis;

  std::vector<OutputRequest> outputs;  // never empty; at most one goes to standard output
  bool full = false;                   // every section, also on a terminal
  When color = When::kAuto;
  When progress = When::kAuto;
  bool quiet = false;  // errors only
  bool verbose = false;
  double max_rejects_percent = 100;
  std::optional<Severity> fail_on;  // exit status 1 from this severity on
  bool quiet_if_clean = false;

  // Absent: no timing. Empty: to standard error.
  std::optional<std::string> timing_path;

  unsigned bench_runs = 7;

  std::string text;  // kPrint
};

// Reads and checks the command line; touches the file system only to say "did you mean". Errors are one line that says
// what is wrong and what to do.
StatusOr<CliOptions> ParseCommandLine(int argc, const char* const* argv);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_OPTIONS_H_
