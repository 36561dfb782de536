// The exit statuses of the program, named. Scripts rely on the numbers.
//
//   return ToInt(Worse(ExitCode::kInputProblem, JudgeReport(report, 100).code));
#ifndef LOGSTAT_SRC_CLI_EXIT_CODE_H_
#define LOGSTAT_SRC_CLI_EXIT_CODE_H_

namespace logstat {

enum class ExitCode : int {
  kDone = 0,
  kFinding = 1,        // done, and a human must look: a finding as --fail-on asks, a benchmark with wrong answers
  kUsage = 2,          // nothing was done
  kInputProblem = 3,   // some input could not be read, or too many lines were rejected; the rest was reported
  kOutputProblem = 4,  // a report could not be written
};

constexpr int ToInt(ExitCode code) { return static_cast<int>(code); }

// Of several causes the one with the higher number is told. (kUsage never meets another: it ends the run at once.)
constexpr ExitCode Worse(ExitCode a, ExitCode b) { return ToInt(a) > ToInt(b) ? a : b; }

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_EXIT_CODE_H_
