#include <gtest/gtest.h>

#include "tests/detect/find.h"

namespace logstat {
namespace {

Log Silent(int connections, int64_t apart) {
  Log log;
  for (int i = 0; i < connections; ++i) log.Add(3600 + i * apart, "203.0.113.9", "-", 408, 0, "-", "-");
  return log;
}

TEST(UnsentRequestsTest, TenInAMinuteAreAFinding) {
  const Findings findings = Find(Silent(10, 6).text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"slow-request"});
  const Finding& finding = findings.rows[0];
  EXPECT_EQ(finding.entity, "203.0.113.9");
  EXPECT_EQ(finding.count, 10u);
  EXPECT_EQ(finding.severity, Severity::kMedium);
  ASSERT_EQ(finding.samples.size(), 3u);
  EXPECT_EQ(finding.samples[0].line, 1u);
  EXPECT_EQ(finding.samples[1].line, 2u);
}

TEST(UnsentRequestsTest, NineAreNot) { EXPECT_TRUE(Ids(Find(Silent(9, 1).text())).empty()); }

TEST(UnsentRequestsTest, TenThatTakeLongerAreNot) { EXPECT_TRUE(Ids(Find(Silent(10, 7).text())).empty()); }

}  // namespace
}  // namespace logstat
