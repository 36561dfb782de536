// The exact output of the writers for the sample report, byte for byte, in tests/report/golden/.
// After a change that is meant: LOGSTAT_REWRITE_GOLDEN=1 build/tests/report_test --gtest_filter='*Golden*', then read
// the difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "src/report/writer.h"
#include "tests/report/sample_report.h"

namespace logstat {
namespace {

struct Golden {
  const char* name;
  OutputKind kind;
  WriterSettings settings;
  Report (*report)();
};

class GoldenTest : public ::testing::TestWithParam<Golden> {};

TEST_P(GoldenTest, OutputIsExactlyAsKept) {
  const Golden& golden = GetParam();
  const std::string path = std::string(LOGSTAT_SOURCE_DIR) + "/tests/report/golden/" + golden.name + ".txt";
  const std::string actual = Render(golden.report(), golden.kind, golden.settings);
  if (std::getenv("LOGSTAT_REWRITE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path << " is missing: run with LOGSTAT_REWRITE_GOLDEN=1 to make it";
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(actual, expected.str()) << "if the change is meant, run with LOGSTAT_REWRITE_GOLDEN=1 and read the diff";
}

INSTANTIATE_TEST_SUITE_P(
    Writers, GoldenTest,
    ::testing::Values(Golden{"screen_80x24", OutputKind::kText, {false, 80, 24, true}, testing::SampleReport},
                      Golden{"screen_80x24_colour", OutputKind::kText, {true, 80, 24, true}, testing::SampleReport},
                      Golden{"screen_160x40", OutputKind::kText, {false, 160, 40, true}, testing::SampleReport},
                      Golden{"screen_80x24_hostile", OutputKind::kText, {false, 80, 24, true}, testing::HostileReport},
                      Golden{"full_80", OutputKind::kText, {false, 80, 24, false}, testing::SampleReport},
                      Golden{"full_160", OutputKind::kText, {false, 160, 24, false}, testing::SampleReport},
                      Golden{"pipe", OutputKind::kText, {false, 0, 24, false}, testing::SampleReport},
                      Golden{"json", OutputKind::kJson, {}, testing::SampleReport},
                      Golden{"markdown", OutputKind::kMarkdown, {}, testing::SampleReport},
                      Golden{"markdown_over_budget", OutputKind::kMarkdown, {}, testing::OverBudgetReport},
                      Golden{"prometheus", OutputKind::kPrometheus, {}, testing::SampleReport}),
    [](const ::testing::TestParamInfo<Golden>& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace logstat
