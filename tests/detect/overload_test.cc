#include <gtest/gtest.h>

#include "tests/detect/traffic.h"

namespace logstat {
namespace {

TEST(OverloadTest, ManyAnswers503AreOverload) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 1800, 600);
  traffic.Fail(kNoon, 120, 1, 503, "/");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "503-overload");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kHigh);
  EXPECT_EQ(finding->verdict, "overload");
  EXPECT_EQ(finding->count, 120u);
  EXPECT_EQ(finding->code, 503);
  EXPECT_EQ(FactOf(*finding, "requests_a_minute_before"), "600");
  EXPECT_EQ(FactOf(*finding, "retry_storms"), "");
}

TEST(OverloadTest, NineteenAreSilent) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 1800, 600);
  traffic.Fail(kNoon, 19, 1, 503, "/");
  EXPECT_EQ(FindId(Find(traffic.text()), "503-overload"), nullptr);
}

TEST(OverloadTest, AnHourWithoutSuccessIsStuck) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon, 60);
  traffic.Fail(kNoon, 75, 50, 503, "/");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "503-overload");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kCritical);
  EXPECT_EQ(finding->verdict, "stuck");
}

TEST(OverloadTest, OneSuccessInTheHourIsNotStuck) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon, 60);
  traffic.Fail(kNoon, 150, 25, 503, "/");
  traffic.Add({.second = kNoon + 1800});
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "503-overload");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "overload");
}

// Nothing but a probe a minute: too few for a share, and still out of service.
TEST(OverloadTest, AProbeAMinuteIsEnoughForStuck) {
  Traffic traffic;
  traffic.Fail(kNoon, 62, 60, 503, "/health");
  const Findings findings = Find(traffic.text());
  ASSERT_EQ(Ids(findings, Severity::kMedium), std::vector<std::string>{"503-overload"});
  EXPECT_EQ(findings.rows[0].verdict, "stuck");
}

TEST(OverloadTest, ALimitThatMeetsOneClientIsInfo) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 1800, 600);
  for (int i = 0; i < 120; ++i) {
    traffic.Add({.second = kNoon + i / 2, .client = "203.0.113.9", .request = "GET /feed HTTP/1.1", .status = 503});
  }
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "503-overload");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kInfo);
  EXPECT_EQ(finding->verdict, "one-client");
}

TEST(OverloadTest, ClientsThatRetryAtOnceAreNamed) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 1800, 600);
  traffic.Fail(kNoon, 60, 1, 503, "/");
  for (int i = 0; i < 10; ++i) {
    traffic.Add({.second = kNoon + 6 * i, .client = "203.0.113.9", .request = "GET /feed HTTP/1.1", .status = 503});
  }
  for (int i = 0; i < 10; ++i) {
    traffic.Add({.second = kNoon + 7 * i, .client = "203.0.113.8", .request = "GET /feed HTTP/1.1", .status = 503});
  }
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "503-overload");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "overload");
  EXPECT_EQ(FactOf(*finding, "retry_storms"), "1");
  EXPECT_EQ(FactOf(*finding, "most_retries_by"), "203.0.113.9");
}

TEST(OverloadTest, StraysThroughTheDayAreSilent) {
  Traffic traffic;
  traffic.Visit(0, 86'000, 20);
  traffic.Fail(100, 120, 700, 503, "/");
  EXPECT_EQ(Ids(Find(traffic.text()), Severity::kMedium), std::vector<std::string>());
}

}  // namespace
}  // namespace logstat
