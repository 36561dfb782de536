// logstat: says what the status codes of HTTP access logs mean. This file only picks the command.

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <new>
#include <utility>

#include "src/cli/commands.h"
#include "src/cli/message.h"
#include "src/cli/options.h"

namespace logstat {
namespace {

// With a standard descriptor closed, the next file that is opened would get its number and, say, a log would be the
// standard output. The fillers fail as a closed descriptor does: the one for input cannot be read, the others cannot be
// written.
void FillStandardDescriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) == -1) open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
  }
}

ExitCode Run(int argc, char** argv) {
  StatusOr<CliOptions> options = ParseCommandLine(argc, argv);
  if (!options.ok()) return RefuseUsage(options.status());
  switch (options->command) {
    case Command::kPrint:
      return PrintResult(options->text, ExitCode::kDone);
    case Command::kExplain:
      return RunExplain(*options);
    case Command::kFormats:
      return RunFormats(*options);
    case Command::kDetect:
      return RunDetect(*options);
    case Command::kBench:
      return RunBench(*std::move(options));
    case Command::kAnalyze:
      break;
  }
  return RunAnalyze(*std::move(options));
}

}  // namespace
}  // namespace logstat

int main(int argc, char** argv) {
  logstat::FillStandardDescriptors();
  signal(SIGPIPE, SIG_IGN);  // a reader that goes away is seen as EPIPE, and is not an error
  signal(SIGXFSZ, SIG_IGN);  // a report over `ulimit -f` is seen as EFBIG, and its temporary file is removed
  try {
    return logstat::ToInt(logstat::Run(argc, argv));
  } catch (const std::bad_alloc&) {
    logstat::PrintError("out of memory; give less with --max-memory or --threads");
    return logstat::ToInt(logstat::ExitCode::kInputProblem);
  }
}
