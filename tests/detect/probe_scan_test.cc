#include <gtest/gtest.h>

#include <string>

#include "tests/detect/find.h"
#include "tests/detect/site.h"

namespace logstat {
namespace {

using Strings = std::vector<std::string>;

void Scan(Log& log, int paths, int64_t step = 1, std::string_view client = "203.0.113.9") {
  for (int i = 0; i < paths; ++i)
    log.Add(kNoon + i * step, client, fmt::format("GET /old/page{} HTTP/1.1", i), 404, 153);
}

TEST(ProbeScanTest, ElevenDifferentPathsAtOnceAreBackground) {
  Log log;
  AddVisitors(log, kNoon, 20);
  Scan(log, 11, 0);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"background-probing"});
  EXPECT_EQ(findings.rows[0].count, 11u);
  EXPECT_EQ(FactOf(findings.rows[0], "families"), "missing paths (11)");
  EXPECT_EQ(findings.rows[0].sentence, "1 client sent 11 probing requests, and nothing answered: missing paths (11)");
}

TEST(ProbeScanTest, TenAreNot) {
  Log log;
  Scan(log, 10, 0);
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(ProbeScanTest, OneIn11SecondsNeverFillsTheBucket) {
  Log log;
  Scan(log, 200, 11);
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(ProbeScanTest, OneDeadLinkManyTimesIsNoScan) {
  Log log;
  for (int i = 0; i < 100; ++i) log.Add(kNoon + i, "203.0.113.9", "GET /old/page HTTP/1.1", 404, 153);
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(ProbeScanTest, MissingPicturesAreNoScan) {
  Log log;
  for (int i = 0; i < 40; ++i) log.Add(kNoon, "203.0.113.9", fmt::format("GET /img/{}.png HTTP/1.1", i), 404, 153);
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(ProbeScanTest, AConsoleThatAnsweredIsAFinding) {
  Log log;
  AddVisitors(log, kNoon, 20);
  Scan(log, 40);
  log.Add(kNoon + 41, "203.0.113.9", "GET /adminer.php HTTP/1.1", 200, 4771);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings, Severity::kMedium), Strings{"probe-scan"});
  const Finding& finding = findings.rows[0];
  EXPECT_EQ(finding.severity, Severity::kMedium);
  EXPECT_EQ(finding.entity, "203.0.113.9");
  EXPECT_EQ(FactOf(finding, "answered"), "/adminer.php");
}

TEST(ProbeScanTest, AHeavyOneIsHigh) {
  Log log;
  for (int i = 0; i < 520; ++i) {
    log.Add(kNoon + i / 4, "203.0.113.9", fmt::format("GET /p{}/q{} HTTP/1.1", i % 300, i % 300), 404, 153);
  }
  log.Add(kNoon + 200, "203.0.113.9", "GET /adminer.php HTTP/1.1", 200, 4771);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings, Severity::kMedium), Strings{"probe-scan"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kHigh);
}

// What a crawler finds besides dead links is no secret.
TEST(ProbeScanTest, ACrawlerWithManyDeadLinksIsBackground) {
  Log log;
  Scan(log, 40);
  for (int i = 0; i < 40; ++i) {
    log.Add(kNoon + 50 + i, "203.0.113.9", fmt::format("GET /news/{}.html HTTP/1.1", i), 200, 5000 + i);
  }
  log.Add(kNoon + 99, "203.0.113.9", "GET /sitemap.xml.gz HTTP/1.1", 200, 912);
  EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"background-probing"});
}

TEST(ProbeScanTest, AnEventCountsOnceWhateverRulesItMeets) {
  Log log;
  for (int i = 0; i < 20; ++i) {
    log.Add(kNoon + i, "203.0.113.9", fmt::format("GET /a{}/../../../etc/passwd HTTP/1.1", i), 404, 153, "-",
            "Mozilla/5.0 (compatible; Nikto/2.5)");
  }
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"background-probing"});
  EXPECT_EQ(findings.rows[0].count, 20u);
}

}  // namespace
}  // namespace logstat
