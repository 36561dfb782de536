#include <gtest/gtest.h>

#include "tests/detect/traffic.h"

namespace logstat {
namespace {

// An hour and a half of `per_minute` visits, in whose last half hour something happens.
Traffic BusySite(int64_t per_minute) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 1800, per_minute);
  return traffic;
}

TEST(ServerErrorsTest, TwentyInAMinuteAreHigh) {
  Traffic traffic = BusySite(600);
  traffic.Fail(kNoon, 20, 3, 500, "/cart");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "srv-500");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kHigh);
  EXPECT_EQ(finding->entity_kind, EntityKind::kSite);
  EXPECT_EQ(finding->count, 20u);
  EXPECT_EQ(finding->code, 500);
  EXPECT_EQ(finding->verdict, "code");
  EXPECT_EQ(finding->last_time - finding->first_time, 57'000);
  EXPECT_EQ(FactOf(*finding, "share_before"), "0.000000");
  EXPECT_EQ(finding->sentence, "the site answered 20 of 600 requests with 500 (3.3 %), 20 of them for /cart");
  ASSERT_EQ(finding->samples.size(), 3u);
  EXPECT_NE(finding->samples[0].text.find("12:00:00 +0000] \"GET /cart"), std::string::npos);
}

TEST(ServerErrorsTest, NineteenInAMinuteAreSilent) {
  Traffic traffic = BusySite(600);
  traffic.Fail(kNoon, 19, 3, 500, "/cart");
  EXPECT_EQ(FindId(Find(traffic.text()), "srv-500"), nullptr);
}

TEST(ServerErrorsTest, TwentyInLongerThanAMinuteAreSilent) {
  Traffic traffic = BusySite(600);
  traffic.Fail(kNoon, 20, 4, 500, "/cart");
  EXPECT_EQ(FindId(Find(traffic.text()), "srv-500"), nullptr);
}

TEST(ServerErrorsTest, FewOfManyRequestsAreMediumIfTheHourBeforeHadNone) {
  Traffic traffic = BusySite(3000);
  traffic.Fail(kNoon, 20, 3, 500, "/cart");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "srv-500");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kMedium);
}

TEST(ServerErrorsTest, AShareAsInTheHourBeforeIsSilent) {
  Traffic traffic = BusySite(3000);
  traffic.Fail(kNoon - 3600, 1800, 3, 500, "/cart");  // 20 a minute all the time, 0.7 %
  EXPECT_EQ(FindId(Find(traffic.text()), "srv-500"), nullptr);
}

TEST(ServerErrorsTest, HalfOfAQuietHostsRequestsAreCritical) {
  Traffic traffic = BusySite(1);
  traffic.Fail(kNoon + 30, 6, 25, 500, "/cart");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "srv-500");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kCritical);
}

TEST(ServerErrorsTest, StraysThroughTheDayAreSilent) {
  Traffic traffic;
  traffic.Visit(0, 86'000, 20);
  traffic.Fail(100, 120, 700, 500, "/cart");
  EXPECT_EQ(Ids(Find(traffic.text()), Severity::kMedium), std::vector<std::string>());
}

TEST(ServerErrorsTest, StraysBeforeDoNotMoveTheBegin) {
  Traffic traffic = BusySite(600);
  traffic.Fail(kNoon - 3500, 87, 40, 500, "/stray");
  traffic.Fail(kNoon, 60, 1, 500, "/cart");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "srv-500");
  ASSERT_NE(finding, nullptr);
  EXPECT_GE(finding->count, 60u);
  EXPECT_LE(finding->count, 63u);
  EXPECT_LE(finding->last_time - finding->first_time, 180'000);
}

TEST(ServerErrorsTest, OneClientThatGetsThemAloneIsNamed) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600);
  for (int64_t i = 0; i < 60; ++i) {
    traffic.Add({.second = kNoon + i, .client = "203.0.113.9", .request = "GET /a[]=1 HTTP/1.1", .status = 500});
  }
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "srv-500");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kMedium);
  EXPECT_NE(finding->sentence.find("60 of them of 203.0.113.9 alone"), std::string::npos) << finding->sentence;
}

// Behind one address stands everybody: its failures are the site's.
TEST(ServerErrorsTest, AProxyIsNotOneClient) {
  Log log;
  for (int64_t i = 0; i < 30'000; ++i) {
    const bool is_own = i % 10 == 0;
    const bool failed = !is_own && i >= 20'000 && i < 22'000 && i % 5 == 1;
    log.Add(
        kNoon - 3600 + i / 5, is_own ? fmt::format("198.51.100.{}", i % 200 + 1) : "203.0.113.9",
        fmt::format("GET /page/{} HTTP/1.1", i % 40), failed ? 500 : 200, 500, "-",
        fmt::format("Mozilla/5.0 (X11; Linux x86_64; rv:{}.0) Gecko/20100101 Firefox/{}.0", 90 + i % 37, 90 + i % 37));
  }
  const Findings findings = Find(log.text());
  const Finding* finding = FindId(findings, "srv-500");
  ASSERT_NE(finding, nullptr);
  EXPECT_TRUE(findings.proxied.has_value());
  EXPECT_EQ(finding->sentence.find("alone"), std::string::npos) << finding->sentence;
}

TEST(ServerErrorsTest, EverywhereIsNotOnePathsCode) {
  Traffic traffic = BusySite(600);
  for (int i = 0; i < 5; ++i) traffic.Fail(kNoon + i, 10, 5, 500, fmt::format("/path/{}", i));
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "srv-500");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "spread");
  EXPECT_EQ(FactOf(*finding, "top_path_share"), "0.200000");
}

TEST(ServerErrorsTest, TheOtherHostIsNotBlamed) {
  Traffic traffic;
  for (const char* host : {"shop.example", "www.example"}) traffic.Visit(kNoon - 1800, kNoon + 600, 300, host);
  traffic.Fail(kNoon, 40, 1, 500, "/cart", "shop.example");
  const Findings findings = FindAs("vhost_combined", traffic);
  ASSERT_EQ(Ids(findings, Severity::kHigh), std::vector<std::string>{"srv-500"});
  EXPECT_EQ(findings.rows[0].entity_kind, EntityKind::kHost);
  EXPECT_TRUE(findings.rows[0].entity.starts_with("shop.example"));
  EXPECT_EQ(FactOf(findings.rows[0], "requests"), "240");
}

TEST(ServerErrorsTest, TwoOutagesAreOneFindingWithTwoEpisodes) {
  Traffic traffic = BusySite(600);
  traffic.Fail(kNoon, 60, 1, 500, "/cart");
  traffic.Fail(kNoon + 900, 60, 1, 500, "/cart");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "srv-500");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->count, 120u);
  EXPECT_EQ(FactOf(*finding, "episodes"), "2");
  EXPECT_EQ(FactOf(*finding, "requests"), "1320");
}

// Too few at first to fire: half of the requests in five minutes do, minutes after the first one.
TEST(ServerErrorsTest, WhatWasBeforeIsBeforeTheFirstFailure) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon, 6);
  traffic.Visit(kNoon, kNoon + 600, 3);
  traffic.Fail(kNoon, 30, 20, 500, "/cart");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "srv-500");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(FactOf(*finding, "share_before"), "0.000000");
  EXPECT_EQ(FactOf(*finding, "requests_a_minute_before"), "6");
}

}  // namespace
}  // namespace logstat
