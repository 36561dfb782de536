#include <gtest/gtest.h>

#include "tests/detect/traffic.h"

namespace logstat {
namespace {

TEST(TrafficGapTest, AServerThatIsSilentForTenMinutes) {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon, 60);
  traffic.Visit(kNoon + 600, kNoon + 3600, 60);
  const Findings findings = Find(traffic.text());
  ASSERT_EQ(Ids(findings, Severity::kMedium), std::vector<std::string>{"traffic-gap"});
  const Finding& finding = findings.rows[0];
  EXPECT_EQ(finding.severity, Severity::kHigh);
  EXPECT_EQ(finding.verdict, "stopped");
  EXPECT_EQ(finding.entity_kind, EntityKind::kSite);
  EXPECT_EQ(finding.count, 1u);
  EXPECT_EQ(finding.last_time - finding.first_time, 601'000);
  EXPECT_EQ(FactOf(finding, "requests_a_minute_before"), "60");
}

TEST(TrafficGapTest, UnderFiveMinutesIsNone) {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon, 120);
  traffic.Visit(kNoon + 280, kNoon + 3600, 120);
  EXPECT_EQ(FindId(Find(traffic.text()), "traffic-gap"), nullptr);
}

TEST(TrafficGapTest, AQuietSiteThatWouldHaveHadFewRequests) {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon, 30);
  traffic.Visit(kNoon + 390, kNoon + 3600, 30);  // 195 lines less
  EXPECT_EQ(FindId(Find(traffic.text()), "traffic-gap"), nullptr);
}

TEST(TrafficGapTest, AQuietSiteIsSaidToHaveBeenOne) {
  Traffic traffic;
  for (int i = -60; i < 0; ++i) traffic.Add({.second = kNoon + i * 120});  // 30 an hour
  for (int i = 0; i < 10; ++i) traffic.Add({.second = kNoon + 8 * 3600 + i * 120});
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "traffic-gap");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->sentence, "the site got no request in 28920 s, after 30 in the hour before");
}

// A burst makes no busy site of a quiet one, which is often silent for half an hour.
TEST(TrafficGapTest, AQuietSiteAfterABurst) {
  Traffic traffic;
  for (int i = -12; i < 0; ++i) traffic.Add({.second = kNoon + i * 600});
  traffic.Visit(kNoon, kNoon + 600, 120);
  for (int i = 1; i < 4; ++i) traffic.Add({.second = kNoon + i * 2400});
  EXPECT_EQ(FindId(Find(traffic.text()), "traffic-gap"), nullptr);
}

TEST(TrafficGapTest, AnHourOfLogMustBeKnown) {
  Traffic traffic;
  traffic.Visit(kNoon - 3000, kNoon, 60);
  traffic.Visit(kNoon + 600, kNoon + 3600, 60);
  EXPECT_EQ(FindId(Find(traffic.text()), "traffic-gap"), nullptr);
}

TEST(TrafficGapTest, TheEndOfALogIsNone) {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon, 600);
  for (int i = 0; i < 20; ++i) traffic.Add({.second = kNoon + 60 * i});  // stragglers
  EXPECT_EQ(FindId(Find(traffic.text()), "traffic-gap"), nullptr);
}

TEST(TrafficGapTest, SilencesLikeTheOneBeforeAreUsual) {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon, 60);
  traffic.Visit(kNoon + 600, kNoon + 7200, 60);
  traffic.Visit(kNoon + 8400, kNoon + 12000, 60);  // 1,200 s, less than three times as long
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "traffic-gap");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->count, 1u);
}

TEST(TrafficGapTest, NearlyNothingIsADrop) {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon, 120);
  traffic.Visit(kNoon, kNoon + 600, 6);
  traffic.Visit(kNoon + 600, kNoon + 3600, 120);
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "traffic-gap");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "dropped");
  EXPECT_EQ(finding->last_time - finding->first_time, 600'000);
  EXPECT_EQ(FactOf(*finding, "requests"), "60");
}

TEST(TrafficGapTest, ATenthOfTheTrafficIsNoDrop) {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon, 120);
  traffic.Visit(kNoon, kNoon + 600, 15);
  traffic.Visit(kNoon + 600, kNoon + 3600, 120);
  EXPECT_EQ(FindId(Find(traffic.text()), "traffic-gap"), nullptr);
}

TEST(TrafficGapTest, OneHostOfTwoIsNamedThoughNoLineOfItIsAnEvent) {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon + 3600, 60, "www.example");
  traffic.Visit(kNoon - 7200, kNoon, 60, "shop.example");
  traffic.Visit(kNoon + 600, kNoon + 3600, 60, "shop.example");
  const Findings findings = FindAs("vhost_combined", traffic);
  ASSERT_EQ(Ids(findings, Severity::kMedium), std::vector<std::string>{"traffic-gap"});
  EXPECT_EQ(findings.rows[0].entity_kind, EntityKind::kHost);
  EXPECT_TRUE(findings.rows[0].entity.starts_with("shop.example")) << findings.rows[0].entity;
}

TEST(TrafficGapTest, AllHostsAtOnceAreTheSite) {
  Traffic traffic;
  for (const char* host : {"www.example", "shop.example"}) {
    traffic.Visit(kNoon - 7200, kNoon, 60, host);
    traffic.Visit(kNoon + 600, kNoon + 3600, 60, host);
  }
  const Findings findings = FindAs("vhost_combined", traffic);
  ASSERT_EQ(Ids(findings, Severity::kMedium), std::vector<std::string>{"traffic-gap"});
  EXPECT_EQ(findings.rows[0].entity_kind, EntityKind::kSite);
}

}  // namespace
}  // namespace logstat
