#include <gtest/gtest.h>

#include "tests/detect/traffic.h"

namespace logstat {
namespace {

TEST(UpstreamFailuresTest, FastBadAnswersAre502) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600, "", 0.05);
  traffic.Fail(kNoon, 20, 3, 502, "/api", "", 0.001);
  const Findings findings = FindAs(kTimed, traffic);
  const Finding* finding = FindId(findings, "upstream");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kHigh);
  EXPECT_EQ(finding->verdict, "bad-answer");
  EXPECT_EQ(finding->code, 502);
  EXPECT_EQ(FactOf(*finding, "upstream"), "10.0.0.9:8080");
  EXPECT_EQ(FactOf(*finding, "upstream_share"), "1.000000");
  EXPECT_EQ(FactOf(*finding, "duration_p50_ms"), "1");
  EXPECT_EQ(FactOf(*finding, "plateau_ms"), "");
  EXPECT_EQ(finding->sentence, "the site answered 20 of 600 requests with 502 (3.3 %)");
}

TEST(UpstreamFailuresTest, NineteenAreSilent) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600);
  traffic.Fail(kNoon, 19, 3, 502, "/api");
  EXPECT_EQ(FindId(Find(traffic.text()), "upstream"), nullptr);
}

TEST(UpstreamFailuresTest, TimeoutsAtAPlateauNameTheLimit) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600, "", 0.05);
  for (int i = 0; i < 60; ++i) traffic.Fail(kNoon + i, 1, 1, 504, "/api", "", 60.0 + 0.001 * (i % 9));
  const Findings findings = FindAs(kTimed, traffic);
  const Finding* finding = FindId(findings, "upstream");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "no-answer");
  EXPECT_EQ(FactOf(*finding, "plateau_ms"), "60004");
  EXPECT_NE(finding->sentence.find("with 504 (9.1 %), each after 60.0 s"), std::string::npos) << finding->sentence;
}

TEST(UpstreamFailuresTest, TimeoutsAllOverThePlaceHaveNoPlateau) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600, "", 0.05);
  for (int i = 0; i < 60; ++i) traffic.Fail(kNoon + i, 1, 1, 504, "/api", "", 5.0 + i);
  const Findings findings = FindAs(kTimed, traffic);
  const Finding* finding = FindId(findings, "upstream");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(FactOf(*finding, "plateau_ms"), "");
}

TEST(UpstreamFailuresTest, BothCodesCountTogether) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600);
  traffic.Fail(kNoon, 10, 3, 502, "/api");
  traffic.Fail(kNoon + 1, 10, 3, 504, "/api");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "upstream");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->count, 20u);
  EXPECT_NE(finding->sentence.find("502 or 504"), std::string::npos);
}

TEST(UpstreamFailuresTest, HalfOfAllIsCritical) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 50);
  traffic.Fail(kNoon, 300, 1, 502, "/api");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "upstream");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kCritical);
}

// Twenty in a minute, then one every `apart` seconds.
Traffic Ebbing(int64_t apart) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 1800, 600);
  traffic.Fail(kNoon, 20, 3, 502, "/api");
  traffic.Fail(kNoon + 57 + apart, 5, apart, 502, "/api");
  return traffic;
}

TEST(UpstreamFailuresTest, ItEndsWithTheLastFailureWhileGapsStayUnderTheWindow) {
  for (const int64_t apart : {60, 61}) {
    const Findings findings = Find(Ebbing(apart).text());
    const Finding* finding = FindId(findings, "upstream");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->count, apart == 60 ? 25u : 20u);
    EXPECT_EQ(finding->last_time % 86'400'000, (kNoon + 57 + (apart == 60 ? 300 : 0)) * 1000);
    EXPECT_EQ(finding->severity, Severity::kHigh);
    EXPECT_EQ(FactOf(*finding, "episodes"), "1");
    EXPECT_EQ(FactOf(*finding, "peak_share"), "0.031746");  // 20 of the 630 in 61 seconds
  }
}

TEST(UpstreamFailuresTest, StraysThatAreUsualDoNotProlongIt) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 3600, 600);
  traffic.Fail(kNoon - 3600, 720, 10, 502, "/api");  // six a minute, 1 %, all the time
  traffic.Fail(kNoon, 60, 1, 502, "/cart");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "upstream");
  ASSERT_NE(finding, nullptr);
  EXPECT_LT(finding->last_time % 86'400'000, (kNoon + 180) * 1000);
}

TEST(UpstreamFailuresTest, WhereNothingBeforeIsKnownGapsAloneTell) {
  Traffic traffic;
  traffic.Visit(kNoon, kNoon + 3600, 600);
  traffic.Fail(kNoon, 60, 1, 502, "/cart");
  traffic.Fail(kNoon + 90, 10, 50, 502, "/api");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "upstream");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->count, 70u);
  EXPECT_EQ(finding->last_time % 86'400'000, (kNoon + 540) * 1000);
}

}  // namespace
}  // namespace logstat
