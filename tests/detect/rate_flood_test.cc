#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "tests/detect/dealt_out.h"
#include "tests/detect/of_rule.h"
#include "tests/detect/traffic.h"

namespace logstat {
namespace {

std::vector<Finding> Floods(const Findings& findings) { return OfRule(findings, "rate-flood"); }

// Plain pages of one client, `per_minute` from noon on.
void AddFlood(Traffic& traffic, int64_t seconds, int64_t per_minute, std::string_view path = "/search/",
              int64_t from = kNoon) {
  for (int64_t i = 0; i < seconds * per_minute / 60; ++i) {
    traffic.Add({.second = from + i * 60 / per_minute,
                 .client = "203.0.113.9",
                 .request = fmt::format("GET {}{} HTTP/1.1", path, i)});
  }
}

TEST(RateFloodTest, ThreeHundredAMinuteForTwoMinutesThatTheHostFeels) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  AddFlood(traffic, 120, 330);
  const std::vector<Finding> floods = Floods(Find(traffic.text()));
  ASSERT_EQ(floods.size(), 1u);
  const Finding& flood = floods[0];
  EXPECT_EQ(flood.severity, Severity::kHigh);  // four fifths of the host's requests
  EXPECT_EQ(flood.entity_kind, EntityKind::kClient);
  EXPECT_EQ(flood.entity, "203.0.113.9");  // no line of it is an event
  EXPECT_EQ(flood.first_time % 86'400'000, kNoon * 1000);
  EXPECT_EQ(flood.count, 660u);
  EXPECT_EQ(FactOf(flood, "requests_by_minute"), "330 330");
  EXPECT_EQ(FactOf(flood, "agents"), "1");
  EXPECT_EQ(FactOf(flood, "static_share"), "0.000000");
  EXPECT_EQ(flood.top_paths.size(), 5u);
  ASSERT_EQ(flood.top_agents.size(), 1u);
  EXPECT_EQ(flood.top_agents[0].count, 660u) << "though none of its lines is an event";
}

TEST(RateFloodTest, AScanThatFindsNothingIsNotFelt) {
  for (const auto& [answered, in_a_second, severity] :
       {std::tuple(0, 6, Severity::kInfo), std::tuple(1, 6, Severity::kHigh), std::tuple(0, 55, Severity::kHigh)}) {
    Traffic traffic;
    traffic.Visit(kNoon - 3600, kNoon + 600, 30);
    for (int64_t i = 0; i < 120 * in_a_second; ++i) {
      traffic.Add({.second = kNoon + i / in_a_second,
                   .client = "203.0.113.9",
                   .request = fmt::format("GET /try/{} HTTP/1.1", i),
                   .status = answered != 0 && i % 15 == 0 ? 200 : 404});
    }
    const std::vector<Finding> floods = Floods(Find(traffic.text()));
    ASSERT_EQ(floods.size(), 1u);
    EXPECT_EQ(floods[0].severity, severity) << answered << " " << in_a_second;
  }
}

// Ten a minute is what the client always asks for.
TEST(RateFloodTest, ItsLinesAreThoseOfItsFullWindows) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 1200, 30);
  AddFlood(traffic, 1200, 10, "/read/", kNoon - 600);
  AddFlood(traffic, 1200, 10, "/read/", kNoon + 620);
  AddFlood(traffic, 150, 330, "/search/", kNoon + 20);
  const std::vector<Finding> floods = Floods(Find(traffic.text()));
  ASSERT_EQ(floods.size(), 1u);
  const Finding& flood = floods[0];
  // Of the reads some before it are in its first window of a hundred, 25 are among its own lines, and some after it are
  // in windows that are still full.
  EXPECT_GE(flood.first_time % 86'400'000, (kNoon + 20 - 60) * 1000);
  EXPECT_LE(flood.first_time % 86'400'000, (kNoon + 20) * 1000);
  EXPECT_GE(flood.last_time % 86'400'000, (kNoon + 169) * 1000);
  EXPECT_LT(flood.last_time % 86'400'000, (kNoon + 170 + 60) * 1000);
  EXPECT_GE(flood.count, 825u + 25);
  EXPECT_LE(flood.count, 825u + 25 + 2 * 10);
  uint64_t sum = 0;
  std::istringstream curve(FactOf(flood, "requests_by_minute"));
  for (uint64_t minute = 0; curve >> minute;) sum += minute;
  EXPECT_EQ(sum, flood.count);
}

TEST(RateFloodTest, TheRestOfAWindowIsInIt) {
  for (const int64_t more : {0, 1, 50, 99}) {
    Traffic traffic;
    traffic.Visit(kNoon - 3600, kNoon + 600, 30);
    for (int64_t i = 0; i < 200 + more; ++i) {
      traffic.Add({.second = kNoon + 30 + i / 5, .client = "203.0.113.9", .request = "GET /search HTTP/1.1"});
    }
    traffic.Add({.second = kNoon + 300, .client = "203.0.113.9", .request = "GET /later HTTP/1.1"});
    const std::vector<Finding> floods = Floods(Find(traffic.text()));
    ASSERT_EQ(floods.size(), 1u);
    EXPECT_EQ(floods[0].count, 200u + static_cast<uint64_t>(more));
    EXPECT_EQ(floods[0].first_time % 86'400'000, (kNoon + 30) * 1000);
    EXPECT_EQ(floods[0].last_time % 86'400'000, (kNoon + 30 + (199 + more) / 5) * 1000);
    EXPECT_EQ(floods[0].top_paths[0].count, floods[0].count);
  }
}

TEST(RateFloodTest, TwoFloodsHaveNothingOfTheHourBetween) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 7200, 30);
  AddFlood(traffic, 120, 330);
  AddFlood(traffic, 3600, 20, "/read/", kNoon + 240);
  AddFlood(traffic, 60, 330, "/search/", kNoon + 3900);
  AddFlood(traffic, 1, 3000, "/search/", kNoon + 5000);  // fifty in a second
  const std::vector<Finding> floods = Floods(Find(traffic.text()));
  ASSERT_EQ(floods.size(), 1u);
  EXPECT_EQ(floods[0].count, 660u + 330 + 50);
  EXPECT_EQ(floods[0].last_time % 86'400'000, (kNoon + 5000) * 1000);
  EXPECT_EQ(FactOf(floods[0], "peak_in_a_second"), "50");
}

TEST(RateFloodTest, ItsPathsAreThoseOfAllItsMinutes) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  for (int64_t i = 0; i < 900; ++i) {
    const bool is_search = i % 3 != 0;
    traffic.Add({.second = kNoon + i / 5,
                 .client = "203.0.113.9",
                 .request = is_search ? std::string("GET /search HTTP/1.1") : fmt::format("GET /p/{} HTTP/1.1", i)});
  }
  const std::vector<Finding> floods = Floods(Find(traffic.text()));
  ASSERT_EQ(floods.size(), 1u);
  EXPECT_EQ(floods[0].count, 900u);
  ASSERT_FALSE(floods[0].top_paths.empty());
  EXPECT_EQ(floods[0].top_paths[0].key, "/search");
  EXPECT_EQ(floods[0].top_paths[0].count, 600u);
}

// A check of all links of a small site is most of its traffic, and nobody feels it.
TEST(RateFloodTest, TwoHundredAMinuteAreNoted) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 6);
  AddFlood(traffic, 180, 200);
  const std::vector<Finding> floods = Floods(Find(traffic.text()));
  ASSERT_EQ(floods.size(), 1u);
  EXPECT_EQ(floods[0].severity, Severity::kInfo);
}

TEST(RateFloodTest, OnAllowedPathsItIsNone) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  AddFlood(traffic, 120, 330, "/health/");
  Options options;
  options.finding_paths = {"/heal"};
  EXPECT_TRUE(Floods(Find(traffic.text(), options)).empty());
  options.finding_paths = {"/health/1"};  // not all of them
  EXPECT_EQ(Floods(Find(traffic.text(), options)).size(), 1u);
}

TEST(RateFloodTest, AfterAllowedPathsOthersCount) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  for (int64_t i = 0; i < 1200; ++i) {
    const char* path = i < 600 ? "/health/" : "/login/";
    traffic.Add({.second = kNoon + i / 5, .client = "203.0.113.9", .request = fmt::format("GET {} HTTP/1.1", path)});
  }
  Options options;
  options.finding_paths = {"/health/"};
  EXPECT_EQ(Floods(Find(traffic.text(), options)).size(), 1u);
  options.finding_paths = {"/health/", "/login/"};
  EXPECT_TRUE(Floods(Find(traffic.text(), options)).empty());
}

TEST(RateFloodTest, OneHundredOnceIsNone) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  AddFlood(traffic, 60, 150);
  EXPECT_TRUE(Floods(Find(traffic.text())).empty());
}

TEST(RateFloodTest, HalfOfTheRateIsNone) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 1800, 30);
  AddFlood(traffic, 1200, 50);
  EXPECT_TRUE(Floods(Find(traffic.text())).empty());
}

TEST(RateFloodTest, AHundredOverTheEndOfAMinuteCount) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  AddFlood(traffic, 90, 140, "/search/", kNoon + 30);  // 70, 140
  EXPECT_EQ(Floods(Find(traffic.text())).size(), 1u);
}

TEST(RateFloodTest, FiftyWithinASecond) {
  for (const int count : {49, 50}) {
    Traffic traffic;
    traffic.Visit(kNoon - 3600, kNoon + 600, 30);
    for (int i = 0; i < count; ++i) traffic.Add({.second = kNoon, .client = "203.0.113.9"});
    EXPECT_EQ(Floods(Find(traffic.text())).size(), count == 50 ? 1u : 0u) << count;
  }
}

TEST(RateFloodTest, StaticFilesDoNotCount) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  for (int i = 0; i < 1200; ++i) {
    traffic.Add({.second = kNoon + i / 4, .client = "203.0.113.9", .request = "GET /tiles/7.png HTTP/1.1"});
  }
  EXPECT_TRUE(Floods(Find(traffic.text())).empty());
}

TEST(RateFloodTest, WhatABusyHostDoesNotFeelIsInfo) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 1200);  // the client has a tenth
  AddFlood(traffic, 300, 130);
  const std::vector<Finding> floods = Floods(Find(traffic.text()));
  ASSERT_EQ(floods.size(), 1u);
  EXPECT_EQ(floods[0].severity, Severity::kInfo);
}

TEST(RateFloodTest, AClientThatIsAlwaysBusyIsInfo) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  AddFlood(traffic, 4200, 130, "/api/", kNoon - 3600);
  const std::vector<Finding> floods = Floods(Find(traffic.text()));
  ASSERT_EQ(floods.size(), 1u);
  EXPECT_EQ(floods[0].severity, Severity::kInfo);
}

TEST(RateFloodTest, AFifthOfTheHostIsMedium) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon, 60);
  traffic.Visit(kNoon, kNoon + 300, 900);  // everybody comes, and one more than others
  AddFlood(traffic, 300, 330);
  const std::vector<Finding> floods = Floods(Find(traffic.text()));
  ASSERT_EQ(floods.size(), 1u);
  EXPECT_EQ(floods[0].severity, Severity::kMedium);
}

TEST(RateFloodTest, ACrowdIsNone) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon, 60);
  traffic.Visit(kNoon, kNoon + 300, 3000);  // sixty a minute of each client
  EXPECT_TRUE(Floods(Find(traffic.text())).empty());
}

TEST(RateFloodTest, AllowedClientsAreNotLookedAt) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  AddFlood(traffic, 300, 300);
  Options options;
  options.finding_clients = {"203.0.113.0/24"};
  EXPECT_TRUE(Floods(Find(traffic.text(), options)).empty());
}

TEST(RateFloodTest, DealtOutOverFilesItIsTheSame) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  AddFlood(traffic, 200, 200);
  ExpectSame(Floods(Find(DealtOut(traffic.text()))), Floods(Find(traffic.text())));
}

}  // namespace
}  // namespace logstat
