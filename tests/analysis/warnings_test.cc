// What a run says on standard error beside its report: nothing odd about a log goes without a word.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "tests/analysis/run_log.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kLine[] = " \"GET / HTTP/1.1\" 200 5\n";
constexpr char kRest[] = " - - [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n";

TEST(WarningsTest, ARunOfNulsIsAHoleThatIsSkippedAndTold) {
  TempDir dir;
  Options options;
  const std::string line = std::string("192.0.2.1") + kRest;
  options.inputs = {dir.Write("a.log", line + std::string(5000, '\0') + line + std::string(3, '\0') + line)};
  const Report report = RunAnalysis(options);
  EXPECT_EQ(report.totals.counted, 3u);
  EXPECT_THAT(report.warnings,
              ElementsAre(AllOf(HasSubstr("a.log: 2 lines begin with NUL bytes"), HasSubstr("skipped"))));
  options.inputs = {dir.Write("b.log", line + line)};
  EXPECT_THAT(RunAnalysis(options).warnings, IsEmpty());
}

TEST(WarningsTest, ATimelineWithMoreStepsThanItCanHaveIsCoarser) {
  TempDir dir;
  std::string log;
  for (int i = 0; i < 4097; ++i) {
    char time[64];
    std::snprintf(time, sizeof time, "192.0.2.1 - - [22/Nov/2026:%02d:%02d:%02d +0000]", i / 3600, i / 60 % 60, i % 60);
    log += time + std::string(" \"GET / HTTP/1.1\" 200 5\n");
  }
  Options options;
  options.inputs = {dir.Write("a.log", log)};
  options.interval_seconds = 1;
  const std::vector<std::string> warnings = RunAnalysis(options).warnings;
  EXPECT_THAT(warnings,
              ElementsAre(AllOf(HasSubstr("--interval"), HasSubstr("steps of 1 s"), HasSubstr("steps of 10 s"))));
  options.sections = SectionSet{Section::kCodes};
  EXPECT_THAT(RunAnalysis(options).warnings, IsEmpty());
}

// As `zcat access.log.*.gz` writes rotated logs.
TEST(WarningsTest, LogsThatStandInTheWrongOrderAreTold) {
  const auto day = [](int number) {
    std::string log;
    for (int i = 0; i < 60; ++i) log += fmt::format("192.0.2.1 - - [{}/Nov/2026:13:{:02}:00 +0000]", number, i) + kLine;
    return log;
  };
  TempDir dir;
  Options options;
  options.inputs = {dir.Write("wrong.log", day(23) + day(22))};
  EXPECT_THAT(RunAnalysis(options).warnings,
              ElementsAre(AllOf(HasSubstr("findings did not see 50 % of the lines"), HasSubstr("oldest first"))));
  options.inputs = {dir.Write("right.log", day(22) + day(23))};
  EXPECT_THAT(RunAnalysis(options).warnings, IsEmpty());
  options.inputs = {dir.Write("b.log", day(23)), dir.Write("a.log", day(22))};
  EXPECT_THAT(RunAnalysis(options).warnings, IsEmpty());
  options.inputs = {dir.Path("wrong.log")};
  options.sections = SectionSet{Section::kCodes};
  EXPECT_THAT(RunAnalysis(options).warnings, IsEmpty());
}

}  // namespace
}  // namespace logstat
