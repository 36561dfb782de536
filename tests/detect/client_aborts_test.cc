#include <gtest/gtest.h>

#include "tests/detect/traffic.h"

namespace logstat {
namespace {

TEST(ClientAbortsTest, TwentyInAMinuteAreHigh) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600, "", 0.05);
  traffic.Fail(kNoon, 20, 3, 499, "/search", "", 12.5);
  const Findings findings = FindAs(kTimed, traffic);
  const Finding* finding = FindId(findings, "client-abort");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kHigh);
  EXPECT_EQ(finding->count, 20u);
  EXPECT_EQ(finding->code, 499);
  EXPECT_EQ(FactOf(*finding, "duration_p50_ms"), "12500");
  EXPECT_EQ(FactOf(*finding, "upstream"), "10.0.0.9:8080");
  EXPECT_EQ(finding->sentence, "clients of the site hung up before the answer of 20 of 600 requests (3.3 %)");
}

TEST(ClientAbortsTest, NineteenAreSilent) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600);
  traffic.Fail(kNoon, 19, 3, 499, "/search");
  EXPECT_EQ(FindId(Find(traffic.text()), "client-abort"), nullptr);
}

TEST(ClientAbortsTest, OneClientThatHangsUpIsNoTroubleOfTheSite) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600);
  for (int64_t i = 0; i < 60; ++i) {
    traffic.Add({.second = kNoon + i, .client = "203.0.113.9", .request = "GET /film HTTP/1.1", .status = 499});
  }
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "client-abort");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "one-client");
  EXPECT_EQ(finding->severity, Severity::kInfo);
  EXPECT_EQ(finding->sentence.substr(finding->sentence.find(')')), "), 60 of them of 203.0.113.9 alone");
}

// 444 is a server that hangs up, which is another thing.
TEST(ClientAbortsTest, BalancersAndMissingCodesCountAndServersThatHangUpDoNot) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600);
  traffic.Fail(kNoon, 10, 3, 460, "/search");
  traffic.Fail(kNoon + 1, 10, 3, 499, "/search");
  traffic.Fail(kNoon + 1, 100, 1, 444, "/search");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "client-abort");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->count, 20u);
}

TEST(ClientAbortsTest, StraysThroughTheDayAreSilent) {
  Traffic traffic;
  traffic.Visit(0, 86'000, 20);
  traffic.Fail(100, 400, 200, 499, "/search");
  EXPECT_EQ(Ids(Find(traffic.text()), Severity::kMedium), std::vector<std::string>());
}

}  // namespace
}  // namespace logstat
