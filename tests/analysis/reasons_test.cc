// From a log's own words for why, to the lists that stand at each code.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/analysis/run_log.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using Strings = std::vector<std::string>;

Strings ReasonsOf(const Report& report, int code) {
  Strings reasons;
  for (const CodeRow& row : report.codes) {
    if (row.code != code) continue;
    for (const KeyCount& reason : row.top_reasons) reasons.push_back(reason.key + ":" + std::to_string(reason.count));
  }
  return reasons;
}

std::string EnvoyLine(const std::string& answer) {
  return "[2026-11-22T13:00:00.250Z] \"GET /cart HTTP/1.1\" " + answer +
         " 0 19 3 - \"192.0.2.7\" \"curl/8.5.0\" \"b6e1\" \"shop.example\" \"10.0.0.5:8080\"\n";
}

constexpr char kCombinedLine[] = "192.0.2.1 - - [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" 503 10 \"-\" \"-\"\n";

class ReasonsTest : public testing::Test {
 protected:
  ReasonsTest() {
    options_.inputs = {dir_.Write("envoy.log", EnvoyLine("503 UF,URX") + EnvoyLine("503 UF,URX") + EnvoyLine("503 UO") +
                                                   EnvoyLine("200 -")),
                       dir_.Write("access.log", std::string(kCombinedLine) + kCombinedLine)};
  }

  TempDir dir_;
  Options options_;
};

TEST_F(ReasonsTest, StandAtTheirCodeAndNotThoseOfAnInputWithout) {
  const Report report = RunAnalysis(options_);
  EXPECT_TRUE(report.columns.reason);
  EXPECT_EQ(ReasonsOf(report, 503), (Strings{"UF,URX:2", "UO:1"})) << "the two lines without a reason are none of it";
  EXPECT_EQ(ReasonsOf(report, 200), Strings{"-:1"}) << "logged, as nothing";
}

TEST_F(ReasonsTest, TopCutsThemOff) {
  options_.top = 1;
  EXPECT_EQ(ReasonsOf(RunAnalysis(options_), 503), Strings{"UF,URX:2"});
}

TEST_F(ReasonsTest, AreNotReadForTheCodesAlone) {
  options_.sections = SectionSet{Section::kCodes, Section::kClasses};
  const Report report = RunAnalysis(options_);
  EXPECT_FALSE(report.columns.reason);
  EXPECT_EQ(ReasonsOf(report, 503), Strings{});
}

TEST_F(ReasonsTest, DoNotExistWhereNoInputHasThem) {
  options_.inputs = {dir_.Path("access.log")};
  EXPECT_FALSE(RunAnalysis(options_).columns.reason);
}

}  // namespace
}  // namespace logstat
