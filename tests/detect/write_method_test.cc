#include <gtest/gtest.h>

#include <string>

#include "tests/detect/find.h"
#include "tests/detect/site.h"

namespace logstat {
namespace {

using Strings = std::vector<std::string>;

TEST(WriteMethodTest, AProgramThatAStrangerPutsIsCritical) {
  Log log;
  AddVisitors(log, kNoon, 20);
  log.Add(kNoon + 300, kClient, "PUT /upload/x.jsp/ HTTP/1.1", 201, 0);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"write-method"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kCritical);
  EXPECT_EQ(findings.rows[0].verdict, "written");
  EXPECT_EQ(findings.rows[0].entity, kClient);
}

TEST(WriteMethodTest, AThresholdThatIsSetHoldsForWhatWasWritten) {
  Options options;
  for (const uint64_t threshold : {1, 2, 3}) {
    Log log;
    for (int i = 0; i < 2; ++i) log.Add(kNoon + i, kClient, fmt::format("PUT /upload/x{}.jsp HTTP/1.1", i), 201, 0);
    options.finding_rules["write-method"].threshold = threshold;
    const Findings findings = FindAttacks(log.text(), options);
    ASSERT_EQ(Ids(findings), threshold <= 2 ? Strings{"write-method"} : Strings{}) << threshold;
    if (!findings.rows.empty()) {
      EXPECT_EQ(findings.rows[0].threshold, threshold);
    }
  }
}

TEST(WriteMethodTest, AFileThatIsDeliveredAfterwardsIsCritical) {
  Log log;
  AddVisitors(log, kNoon, 20);
  log.Add(kNoon + 300, kClient, "PUT /upload/x.txt HTTP/1.1", 201, 0);
  log.Add(kNoon + 900, "203.0.113.10", "GET /upload/x.txt HTTP/1.1", 200, 31);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"write-method"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kCritical);
  EXPECT_EQ(FactOf(findings.rows[0], "read_back"), "yes");
}

TEST(WriteMethodTest, AFileThatNobodyGetsIsInformation) {
  Log log;
  log.Add(kNoon + 300, kClient, "PUT /upload/x.txt HTTP/1.1", 201, 0);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"write-method"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kInfo);
}

TEST(WriteMethodTest, AnInterfaceIsLearned) {
  Log log;
  for (int i = 0; i < 60; ++i) {
    const std::string client = fmt::format("198.51.100.{}", i % 6 + 1);
    log.Add(kNoon + i * 5, client, fmt::format("PUT /cart/items/{} HTTP/1.1", i), 200, 88 + i);
    log.Add(kNoon + i * 5 + 1, client, fmt::format("GET /cart/items/{} HTTP/1.1", i), 200, 90 + i);
    log.Add(kNoon + i * 5 + 2, client, fmt::format("DELETE /cart/items/{} HTTP/1.1", i), 204, 0);
  }
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"write-method"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kInfo);
  EXPECT_EQ(findings.rows[0].verdict, "interface");
  EXPECT_EQ(findings.rows[0].entity, "/cart/items/");
  EXPECT_EQ(findings.rows[0].advice.find("remove"), std::string::npos) << findings.rows[0].advice;
  EXPECT_EQ(findings.rows[0].count, 120u);
}

TEST(WriteMethodTest, AnInterfaceOfOneClientIsKnownByItsName) {
  Log log;
  log.Add(kNoon, "198.51.100.1", "PUT /api/v1/jobs/7 HTTP/1.1", 200, 88);
  log.Add(kNoon + 1, "198.51.100.1", "GET /api/v1/jobs/7 HTTP/1.1", 200, 91);
  EXPECT_EQ(Ids(FindAttacks(log.text()), Severity::kLow), Strings{});
}

TEST(WriteMethodTest, APageThatTakesNoNoticeOfTheMethodIsBackground) {
  Log log;
  for (int i = 0; i < 20; ++i) log.Add(kNoon + i, fmt::format("198.51.100.{}", i + 1), "GET / HTTP/1.1", 200, 1834);
  log.Add(kNoon + 300, kClient, "PUT /x.jsp HTTP/1.1", 200, 1834);
  EXPECT_EQ(Ids(FindAttacks(log.text()), Severity::kLow), Strings{"background-probing"});
}

TEST(WriteMethodTest, AProgramThatAnswersAPutItselfIsNotWritten) {
  Log log;
  for (int i = 0; i < 20; ++i) {
    log.Add(kNoon + i, fmt::format("198.51.100.{}", i + 1), "GET /shop/index.php HTTP/1.1", 200, 8000 + i * 100);
  }
  log.Add(kNoon + 300, kClient, "PUT /shop/index.php HTTP/1.1", 200, 8240);
  EXPECT_EQ(Ids(FindAttacks(log.text()), Severity::kMedium), Strings{});
}

TEST(WriteMethodTest, FourteenRefusedMethodsAreBackgroundThirteenAreNot) {
  for (const int refusals : {13, 14}) {
    Log log;
    for (int i = 0; i < refusals; ++i) log.Add(kNoon + i, kClient, "TRACK / HTTP/1.1", 501, 153);
    EXPECT_EQ(Ids(FindAttacks(log.text())).size(), refusals == 14 ? 1u : 0u) << refusals;
  }
}

}  // namespace
}  // namespace logstat
