// Rules that see the same minutes side by side find what they find one after the other.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench/genlog_lib.h"
#include "logstat/findings.h"
#include "tests/detect/essence.h"
#include "tests/detect/find.h"

namespace logstat {
namespace {

std::vector<std::string> Lines(const Findings& findings) {
  std::vector<std::string> lines = Whole(findings);
  for (const Finding& finding : findings.rows) lines.push_back(finding.sentence);
  for (const UnlistedFindings& rest : findings.unlisted) lines.push_back(fmt::format("{} {}", rest.id, rest.count));
  return lines;
}

// Minutes of some 3,000 lines and 500 events, which are worth sharing.
TEST(RulesThreadsTest, SameFindings) {
  genlog::Options log;
  log.lines = 20'000;
  const std::string text = genlog::GenerateLog(log);
  Options options;
  options.threads = 1;
  options.tuning.cell_bytes = 5000;  // so many that workers wait for room
  const Findings one_after_the_other = Find(text, options);
  EXPECT_GT(one_after_the_other.rows.size(), 5U);
  const std::vector<std::string> expected = Lines(one_after_the_other);
  for (const unsigned threads : {2U, 4U, 16U}) {
    options.threads = threads;
    for (int round = 0; round < 3; ++round) EXPECT_EQ(Lines(Find(text, options)), expected) << threads << " threads";
  }
}

}  // namespace
}  // namespace logstat
