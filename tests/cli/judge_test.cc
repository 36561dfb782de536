#include "src/cli/judge.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace logstat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Report WithLines(uint64_t counted, uint64_t rejected, uint64_t ignored) {
  Report report;
  report.totals.counted = counted;
  report.totals.rejected = rejected;
  report.totals.ignored = ignored;
  report.totals.lines = counted + rejected + ignored;
  InputReport input;
  input.path = "a.log";
  input.lines = report.totals.lines;
  input.rejected = rejected;
  input.confidence = counted == 0 ? 0 : static_cast<double>(counted) / static_cast<double>(counted + rejected);
  report.inputs.push_back(input);
  return report;
}

TEST(JudgeReport, EmptyLogIsDone) {
  Judgement judgement = JudgeReport(WithLines(0, 0, 0), 0);
  EXPECT_EQ(judgement.code, ExitCode::kDone);
  EXPECT_THAT(judgement.errors, IsEmpty());
  EXPECT_THAT(judgement.warnings, IsEmpty());
}
TEST(JudgeReport, OnlyBlankLinesIsDone) {
  EXPECT_EQ(JudgeReport(WithLines(0, 0, 3), 0).code, ExitCode::kDone);
  EXPECT_THAT(JudgeReport(WithLines(0, 0, 3), 0).warnings, IsEmpty());
}
TEST(JudgeReport, OnlyBlankLinesBesideALogWithABadLineIsQuiet) {
  Report report = WithLines(9, 1, 0);
  InputReport blank;
  blank.path = "blank.log";
  blank.lines = 3;
  report.inputs.push_back(blank);
  EXPECT_THAT(JudgeReport(report, 100).warnings, IsEmpty());
}
TEST(JudgeReport, ADirectoryOfOtherFilesIsAWarning) {
  Report report;
  report.inputs.resize(2);
  for (InputReport& input : report.inputs) input.state = InputState::kNotAccessLog;
  EXPECT_EQ(JudgeReport(report, 100).code, ExitCode::kDone);
  EXPECT_THAT(JudgeReport(report, 100).warnings, ElementsAre(HasSubstr("no file of the directory")));
  report.inputs[1].state = InputState::kRead;
  EXPECT_THAT(JudgeReport(report, 100).warnings, IsEmpty());
}
TEST(JudgeReport, NothingCountedIsAProblemWhateverTheLimit) {
  Judgement judgement = JudgeReport(WithLines(0, 2, 0), 100);
  EXPECT_EQ(judgement.code, ExitCode::kInputProblem);
  EXPECT_THAT(judgement.errors, ElementsAre(HasSubstr("a.log: no line looks like")));
}
TEST(JudgeReport, IgnoredLinesAreNotInTheRejectShare) {
  EXPECT_EQ(JudgeReport(WithLines(9, 1, 90), 10).code, ExitCode::kDone);
  EXPECT_EQ(JudgeReport(WithLines(9, 1, 90), 9.9).code, ExitCode::kInputProblem);
}
TEST(JudgeReport, AnInputWithoutOneGoodLineAmongGoodOnesIsAWarning) {
  Report report = WithLines(10, 4, 0);
  InputReport other;
  other.path = "error.log";
  other.lines = 4;
  other.rejected = 4;
  report.inputs.push_back(other);
  Judgement judgement = JudgeReport(report, 100);
  EXPECT_EQ(judgement.code, ExitCode::kDone);
  EXPECT_THAT(judgement.warnings, ElementsAre(HasSubstr("error.log: no line looks like")));
}
TEST(JudgeReport, FirstRejectByLineIsShown) {
  Report report = WithLines(0, 2, 0);
  report.rejects = {RejectRow{"too_few_fields", 1, {LineSample{"a.log", 7, 90, "x", false}}},
                    RejectRow{"no_status", 1, {LineSample{"a.log", 2, 10, "y", false}}}};
  EXPECT_THAT(JudgeReport(report, 100).errors, ElementsAre(HasSubstr("(line 2: no_status)")));
}
TEST(JudgeReport, UnreadableInputBesideAGoodOne) {
  Report report = WithLines(10, 0, 0);
  report.complete = false;
  report.errors.push_back(ReportError{"missing.log", "cannot open: No such file or directory"});
  Judgement judgement = JudgeReport(report, 100);
  EXPECT_EQ(judgement.code, ExitCode::kInputProblem);
  EXPECT_THAT(judgement.errors, ElementsAre("missing.log: cannot open: No such file or directory"));
}
TEST(JudgeReport, SubcommandInTheWrongPlace) {
  Report report;
  report.errors.push_back(ReportError{"explain", "cannot open: No such file or directory"});
  EXPECT_THAT(JudgeReport(report, 100).errors, ElementsAre(HasSubstr("must be the first argument")));
}
TEST(JudgeReport, InterruptedIsAProblem) {
  Report report = WithLines(10, 0, 0);
  report.complete = false;
  EXPECT_EQ(JudgeReport(report, 100).code, ExitCode::kInputProblem);
}

}  // namespace
}  // namespace logstat
