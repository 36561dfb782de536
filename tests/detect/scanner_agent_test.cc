#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/detect/find.h"
#include "tests/detect/site.h"

namespace logstat {
namespace {

using Strings = std::vector<std::string>;
constexpr std::string_view kNikto = "Mozilla/5.00 (Nikto/2.5.0) (Evasions:None)";

void Add(Log& log, int requests, int status, int different_sizes, std::string_view agent = kNikto) {
  for (int i = 0; i < requests; ++i) {
    log.Add(kNoon + i, "203.0.113.9", fmt::format("GET /p/{} HTTP/1.1", i % 12), status, 500 + i % different_sizes, "-",
            agent);
  }
}

TEST(ScannerAgentTest, OneThatTheSiteServesIsMedium) {
  Log log;
  Add(log, 50, 200, 10);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"scanner-ua"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kMedium);
  EXPECT_EQ(FactOf(findings.rows[0], "scanner"), "Nikto");
}

TEST(ScannerAgentTest, AThresholdThatIsSetHoldsForWhatWasServed) {
  Log log;
  Add(log, 60, 200, 10);
  Options options;
  options.finding_rules["scanner-ua"].threshold = 60;
  const Findings findings = FindAttacks(log.text(), options);
  ASSERT_EQ(Ids(findings), Strings{"scanner-ua"});
  EXPECT_EQ(findings.rows[0].threshold, 60u);
  EXPECT_EQ(findings.rows[0].window_seconds, 600);
  options.finding_rules["scanner-ua"].threshold = 61;
  EXPECT_TRUE(Ids(FindAttacks(log.text(), options)).empty());
  options.finding_rules["scanner-ua"] = {.threshold = 12, .window_seconds = 10};
  EXPECT_TRUE(Ids(FindAttacks(log.text(), options)).empty());
}

TEST(ScannerAgentTest, ServedRequestsWithoutAnAgentAreNot) {
  Log log;
  Add(log, 400, 200, 30, "-");
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(ScannerAgentTest, FewerRequestsOrBodiesAreNot) {
  Log few;
  Add(few, 49, 200, 10);
  EXPECT_TRUE(Ids(FindAttacks(few.text())).empty());
  Log alike;  // a site of one page
  Add(alike, 400, 200, 1);
  EXPECT_TRUE(Ids(FindAttacks(alike.text())).empty());
}

TEST(ScannerAgentTest, TwoRefusedRequestsInAMinuteAreBackgroundOneIsNot) {
  Log two;
  Add(two, 2, 404, 1);
  const Findings findings = FindAttacks(two.text());
  ASSERT_EQ(Ids(findings), Strings{"background-probing"});
  EXPECT_EQ(findings.rows[0].count, 2u);
  Log one;
  Add(one, 1, 404, 1);
  EXPECT_TRUE(Ids(FindAttacks(one.text())).empty());
}

TEST(ScannerAgentTest, FiftyRefusedRequestsWithoutAnAgent) {
  Log log;
  for (int i = 0; i < 50; ++i) {
    log.Add(kNoon + i * 11, "203.0.113.9", fmt::format("GET /p/{} HTTP/1.1", i % 10), 404, 153, "-", "-");
  }
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"background-probing"});
  EXPECT_EQ(FactOf(findings.rows[0], "families"), "requests without an agent (50)");
}

TEST(ScannerAgentTest, ALogThatHasNoAgentsSaysNothingOfThem) {
  std::string text;
  for (int i = 0; i < 60; ++i) {
    text +=
        fmt::format("203.0.113.9 - - [22/Nov/2026:12:{:02}:00 +0000] \"GET /p/{} HTTP/1.1\" 403 153\n", i / 5, i % 12);
  }
  Options options;
  options.format = "common";
  for (const Finding& finding : Find(text, options).rows) {
    EXPECT_EQ(FactOf(finding, "families").find("without an agent"), std::string::npos) << finding.sentence;
  }
}

// A log of the W3C format says itself which columns it has.
TEST(ScannerAgentTest, AnExtendedLogHasTheAgentsThatItNames) {
  const auto log = [](std::string_view columns, std::string_view values, int hour = 12) {
    std::string text = fmt::format("#Fields: date time c-ip cs-method cs-uri-stem sc-status{}\n", columns);
    for (int i = 0; i < 60; ++i) {
      text += fmt::format("2026-11-22 {}:{:02}:00 203.0.113.9 GET /p/{} 403{}\n", hour, i / 5, i % 12, values);
    }
    return text;
  };
  const auto row = [](const Findings& findings) {
    return *std::find_if(findings.detectors.begin(), findings.detectors.end(),
                         [](const DetectorRow& detector) { return detector.id == "scanner-ua"; });
  };
  const auto families = [](const Findings& findings) {
    std::string all;
    for (const Finding& finding : findings.rows) all += FactOf(finding, "families");
    return all;
  };
  Options options;
  options.format = "w3c";
  for (const size_t cell_bytes : {size_t{100}, size_t{1} << 20}) {
    options.tuning.cell_bytes = cell_bytes;
    const Findings without = Find(log("", ""), options);
    EXPECT_EQ(families(without).find("without an agent"), std::string::npos) << families(without);
    EXPECT_EQ(row(without).state, DetectorState::kSkipped);
    EXPECT_EQ(row(without).reason, "no agent");
    const Findings with = Find(log(" cs(User-Agent)", " -"), options);
    EXPECT_NE(families(with).find("requests without an agent (60)"), std::string::npos) << families(with);
    EXPECT_EQ(row(with).state, DetectorState::kRan);
    // Lines of both kinds, in one file: those that could have had an agent count.
    const Findings both = Find(log("", "") + log(" cs(User-Agent)", " -", 13) + log("", "", 14), options);
    EXPECT_NE(families(both).find("requests without an agent (60)"), std::string::npos) << families(both);
  }
}

// A crawler is no scanner.
TEST(ScannerAgentTest, CrawlersAreNot) {
  Log log;
  Add(log, 400, 200, 50, "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)");
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

}  // namespace
}  // namespace logstat
