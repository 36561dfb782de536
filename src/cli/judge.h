// What a finished report means for the exit status, and what is said about it on standard error.
//
//   Judgement judgement = JudgeReport(report, options.max_rejects_percent);
//   for (const std::string& line : judgement.errors) PrintError(line);
//   exit_code = Worse(exit_code, judgement.code);
#ifndef LOGSTAT_SRC_CLI_JUDGE_H_
#define LOGSTAT_SRC_CLI_JUDGE_H_

#include <string>
#include <vector>

#include "logstat/report.h"
#include "src/cli/exit_code.h"

namespace logstat {

struct Judgement {
  ExitCode code = ExitCode::kDone;
  std::vector<std::string> errors;    // one line each, the reasons for kInputProblem
  std::vector<std::string> warnings;  // one line each
};

// kInputProblem if an input could not be read to its end, the run was interrupted, lines were rejected and none
// counted, or more than `max_rejects_percent` of the lines that are not ignored were rejected.
Judgement JudgeReport(const Report& report, double max_rejects_percent);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_JUDGE_H_
