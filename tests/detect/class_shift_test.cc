#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "src/detect/share_shift.h"
#include "tests/detect/dealt_out.h"
#include "tests/detect/of_rule.h"
#include "tests/detect/traffic.h"

namespace logstat {
namespace {

std::vector<Finding> Shifts(const Findings& findings) { return OfRule(findings, "class-shift"); }

// An hour of 120 pages a minute and a 404 now and then, before and after noon.
Traffic Usual() {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 1800, 120);
  traffic.Fail(kNoon - 3600, 90, 60, 404, "/old");
  return traffic;
}

TEST(ClassShiftTest, ACodeThatIsSuddenlyThere) {
  Traffic traffic = Usual();
  traffic.Fail(kNoon, 40, 3, 410, "/shop/cart");
  const std::vector<Finding> shifts = Shifts(Find(traffic.text()));
  ASSERT_EQ(shifts.size(), 1u);
  const Finding& shift = shifts[0];
  EXPECT_EQ(shift.severity, Severity::kMedium);
  EXPECT_EQ(shift.verdict, "410");
  EXPECT_EQ(shift.code, 410);
  EXPECT_EQ(shift.entity_kind, EntityKind::kSite);
  EXPECT_EQ(shift.count, 40u);
  EXPECT_EQ(shift.first_time % 60'000, 0);
  EXPECT_EQ(FactOf(shift, "share_before"), "0.000000");
  EXPECT_EQ(FactOf(shift, "contrast_path"), "/shop/cart");
  EXPECT_EQ(FactOf(shift, "contrast_path_share_before"), "0.000000");
  EXPECT_EQ(FactOf(shift, "shifted_too"), "4xx");
  ASSERT_FALSE(shift.samples.empty());
}

TEST(ClassShiftTest, AClassOfManyCodesIsNamedByItself) {
  Traffic traffic = Usual();
  for (const int status : {500, 502, 503, 504}) traffic.Fail(kNoon, 24, 5, status, "/shop");
  const std::vector<Finding> shifts = Shifts(Find(traffic.text()));
  ASSERT_EQ(shifts.size(), 1u);
  EXPECT_EQ(shifts[0].verdict, "server-errors");
  EXPECT_EQ(shifts[0].count, 96u);
  EXPECT_EQ(shifts[0].code, -1);
}

TEST(ClassShiftTest, CodesFrom700OnAreOfNoClass) {
  Traffic many = Usual();
  for (const int status : {720, 799, 901, 930}) many.Fail(kNoon, 24, 5, status, "/shop");
  for (const Finding& shift : Shifts(Find(many.text()))) {
    EXPECT_TRUE(shift.verdict == "720" || shift.verdict == "799" || shift.verdict == "901" || shift.verdict == "930")
        << shift.verdict;
  }
  Traffic one = Usual();
  one.Fail(kNoon, 60, 2, 911, "/shop");
  const std::vector<Finding> shifts = Shifts(Find(one.text()));
  ASSERT_EQ(shifts.size(), 1u);
  EXPECT_EQ(shifts[0].verdict, "911");
  EXPECT_EQ(FactOf(shifts[0], "shifted_too"), "");
}

TEST(ClassShiftTest, WhatTheServerHungUpOnIsNoClientError) {
  Traffic traffic = Usual();
  for (const int status : {444, 460, 499, 0}) traffic.Fail(kNoon, 24, 5, status, "/shop");
  const std::vector<Finding> shifts = Shifts(Find(traffic.text()));
  ASSERT_EQ(shifts.size(), 1u);
  EXPECT_EQ(shifts[0].verdict, "aborted");
  EXPECT_EQ(shifts[0].count, 96u);
  EXPECT_EQ(FactOf(shifts[0], "shifted_too").find("4xx"), std::string::npos);
}

TEST(ClassShiftTest, SixHundredsAreServerErrors) {
  Traffic traffic = Usual();
  for (const int status : {500, 502, 600, 601}) traffic.Fail(kNoon, 24, 5, status, "/shop");
  const std::vector<Finding> shifts = Shifts(Find(traffic.text()));
  ASSERT_EQ(shifts.size(), 1u);
  EXPECT_EQ(shifts[0].verdict, "server-errors");
}

TEST(ClassShiftTest, RedirectsShiftAndNotModifiedDoesNot) {
  Traffic moved = Usual();
  moved.Fail(kNoon, 60, 2, 302, "/login");
  const std::vector<Finding> shifts = Shifts(Find(moved.text()));
  ASSERT_EQ(shifts.size(), 1u);
  EXPECT_EQ(shifts[0].verdict, "redirects");

  Traffic returning = Usual();
  returning.Fail(kNoon, 300, 1, 304, "/style.css");
  EXPECT_TRUE(Shifts(Find(returning.text())).empty());
}

TEST(ClassShiftTest, WhatAnotherFindingSaysIsInfo) {
  Traffic traffic = Usual();
  traffic.Fail(kNoon, 120, 1, 500, "/shop/cart");
  const Findings findings = Find(traffic.text());
  EXPECT_EQ(Ids(findings, Severity::kMedium), std::vector<std::string>{"srv-500"});
  const std::vector<Finding> shifts = Shifts(findings);
  ASSERT_EQ(shifts.size(), 1u);
  EXPECT_EQ(shifts[0].severity, Severity::kInfo);
  EXPECT_EQ(shifts[0].verdict, "500");
  EXPECT_EQ(FactOf(shifts[0], "explained_by"), "srv-500");
}

// Three scanners that find nothing.
TEST(ClassShiftTest, ProbingThatNothingAnsweredIsInfo) {
  Traffic traffic = Usual();
  for (int i = 0; i < 450; ++i) {
    traffic.Add({.second = kNoon + i / 3,
                 .client = fmt::format("203.0.113.{}", i % 3),
                 .request = fmt::format("GET /try-{} HTTP/1.1", i),
                 .status = 404});
  }
  const Findings findings = Find(traffic.text());
  EXPECT_EQ(Ids(findings, Severity::kMedium), std::vector<std::string>{});
  const std::vector<Finding> shifts = Shifts(findings);
  ASSERT_EQ(shifts.size(), 1u);
  EXPECT_EQ(FactOf(shifts[0], "explained_by"), "background-probing");
}

TEST(ClassShiftTest, HalfOfTwentyLinesIsNone) {
  Traffic traffic = Usual();
  traffic.Fail(kNoon, 10, 12, 410, "/shop/cart");
  EXPECT_TRUE(Shifts(Find(traffic.text())).empty());
}

TEST(ClassShiftTest, OneMinuteIsNone) {
  Traffic traffic = Usual();
  traffic.Fail(kNoon, 50, 1, 410, "/shop/cart");
  EXPECT_TRUE(Shifts(Find(traffic.text())).empty());
}

TEST(ClassShiftTest, TheShareCountsNotTheNumber) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon, 60);
  traffic.Fail(kNoon - 3600, 360, 10, 404, "/old");
  traffic.Visit(kNoon, kNoon + 600, 600);  // ten times the visitors, and as many dead links each
  traffic.Fail(kNoon, 600, 1, 404, "/old");
  EXPECT_TRUE(Shifts(Find(traffic.text())).empty());
}

TEST(ClassShiftTest, OneClientIsNoShiftOfTheSite) {
  Traffic traffic = Usual();
  for (int i = 0; i < 300; ++i) {
    traffic.Add({.second = kNoon + i,
                 .client = "203.0.113.9",
                 .request = fmt::format("GET /wp/{} HTTP/1.1", i),
                 .status = 404});
  }
  EXPECT_TRUE(Shifts(Find(traffic.text())).empty());
}

TEST(ClassShiftTest, ScannersBesideVisitorsAreNoShift) {
  Traffic traffic = Usual();
  for (int i = 0; i < 400; ++i) {
    traffic.Add({.second = kNoon + i,
                 .client = fmt::format("203.0.113.{}", i / 200),  // one after the other
                 .request = fmt::format("GET /{}.php HTTP/1.1", i),
                 .status = 404});
  }
  EXPECT_TRUE(Shifts(Find(traffic.text())).empty());
}

TEST(ClassShiftTest, StrayErrorsThroughTheDayAreNone) {
  Traffic traffic = Usual();
  traffic.Fail(kNoon - 3600, 36, 150, 500, "/cart");
  traffic.Fail(kNoon - 3580, 54, 100, 499, "/search");
  EXPECT_TRUE(Shifts(Find(traffic.text())).empty());
}

TEST(ClassShiftTest, BehindAProxyEverybodyIsOneClient) {
  Traffic traffic;
  for (int i = 0; i < 7200; ++i) {
    const bool fails = i >= 6000 && i < 6240 && i % 4 == 0;
    traffic.Add({.second = kNoon + i / 2, .client = "10.0.0.1", .status = fails ? 410 : 200});
  }
  EXPECT_EQ(Shifts(Find(traffic.text())).size(), 1u);
}

TEST(ClassShiftTest, TheWindowSaysHowManyMinutes) {
  Traffic traffic = Usual();
  traffic.Fail(kNoon, 90, 2, 410, "/shop/cart");  // for three minutes
  Options options;
  const auto found = [&](int64_t seconds) {
    options.finding_rules["class-shift"].window_seconds = seconds;
    return Shifts(Find(traffic.text(), options));
  };
  ASSERT_EQ(found(120).size(), 1u);
  ASSERT_EQ(found(60).size(), 1u);
  ASSERT_EQ(found(180).size(), 1u);
  EXPECT_EQ(found(180)[0].count, found(120)[0].count);
  EXPECT_EQ(found(180)[0].window_seconds, 180);
  EXPECT_TRUE(found(240).empty());
}

TEST(ClassShiftTest, TenMinutesMustBeKnown) {
  Traffic traffic;
  traffic.Visit(kNoon - 540, kNoon + 600, 120);
  traffic.Fail(kNoon, 60, 2, 410, "/shop/cart");
  EXPECT_TRUE(Shifts(Find(traffic.text())).empty());
}

TEST(ClassShiftTest, TheHostIsNamed) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 120, "www.example");
  traffic.Visit(kNoon - 3600, kNoon + 600, 120, "shop.example");
  traffic.Fail(kNoon, 60, 2, 410, "/cart", "shop.example");
  const std::vector<Finding> shifts = Shifts(FindAs("vhost_combined", traffic));
  ASSERT_EQ(shifts.size(), 1u);
  EXPECT_EQ(shifts[0].entity_kind, EntityKind::kHost);
  EXPECT_TRUE(shifts[0].entity.starts_with("shop.example")) << shifts[0].entity;
}

TEST(ClassShiftTest, DealtOutOverFilesItIsTheSame) {
  Traffic traffic = Usual();
  traffic.Fail(kNoon, 90, 2, 410, "/shop/cart");
  ExpectSame(Shifts(Find(DealtOut(traffic.text()))), Shifts(Find(traffic.text())));
}

TEST(ShareShiftTest, TwiceTheShareAndOnePointMore) {
  const auto fires = [](uint64_t before, uint64_t now) {
    ShareShift shift(20, 2);
    for (int64_t minute = 0; minute < 60; ++minute) shift.Add(minute, {10'000, before, 10'000, before});
    EXPECT_FALSE(shift.Add(60, {10'000, now, 10'000, now}));
    return shift.Add(61, {10'000, now, 10'000, now});
  };
  EXPECT_TRUE(fires(500, 1000));
  EXPECT_FALSE(fires(500, 999));
  EXPECT_TRUE(fires(10, 110));
  EXPECT_FALSE(fires(10, 109));  // eleven times as many, and not a point more
}

TEST(ShareShiftTest, ABurstBeginsWithAsManyMinutesAsAreAsked) {
  for (int64_t minutes = 1; minutes <= ShareShift::kMostMinutes; ++minutes) {
    ShareShift shift(20, minutes);
    for (int64_t minute = 0; minute < 60; ++minute) EXPECT_FALSE(shift.Add(minute, {100, 1, 100, 1}));
    for (int64_t minute = 60; minute < 80; ++minute) {
      EXPECT_TRUE(shift.MayShift(minute, 30, 100));
      EXPECT_EQ(shift.Add(minute, {100, 30, 100, 30}), minute >= 59 + minutes) << minutes << ", " << minute;
    }
    EXPECT_EQ(shift.burst().first_minute, 60);
    EXPECT_EQ(shift.burst().count, 20U * 30);
    // One that is not like that parts them.
    EXPECT_FALSE(shift.Add(80, {100, 1, 100, 1}));
    EXPECT_FALSE(shift.Add(82, {100, 1, 100, 1}));
    // After minutes without lines another one begins.
    for (int64_t minute = 83; minute < 83 + minutes; ++minute) shift.Add(minute, {100, 60, 100, 60});
    EXPECT_EQ(shift.Add(120, {100, 90, 100, 90}), minutes == 1);
  }
}

TEST(ShareShiftTest, ABurstKeepsItsHour) {
  ShareShift shift(20, 2);
  for (int64_t minute = 0; minute < 60; ++minute) shift.Add(minute, {100, 1, 100, 1});
  for (int64_t minute = 60; minute < 300; ++minute) {
    EXPECT_EQ(shift.Add(minute, {100, 30, 100, 30}), minute > 60) << minute;
  }
  EXPECT_EQ(shift.burst().first_minute, 60);
  EXPECT_EQ(shift.burst().count, 240u * 30);
  EXPECT_EQ(shift.before().count, 60u);
  EXPECT_FALSE(shift.Add(300, {100, 1, 100, 1}));
}

TEST(ClassShiftTest, RefusedPasswordsAreSaidOnce) {
  Traffic traffic = Usual();
  for (int i = 0; i < 300; ++i) {
    traffic.Add({.second = kNoon + i,
                 .client = fmt::format("203.0.113.{}", i % 100),
                 .request = "POST /api/login HTTP/1.1",
                 .status = 401});
  }
  for (int i = 0; i < 500; ++i) {
    traffic.Add({.second = kNoon + i,
                 .client = fmt::format("198.18.0.{}", i % 10),
                 .request = "POST /api/login HTTP/1.1",
                 .status = 401});
  }
  const Findings findings = Find(traffic.text());
  EXPECT_EQ(Ids(findings, Severity::kMedium), std::vector<std::string>{"auth-rejected"});
  ASSERT_EQ(Shifts(findings).size(), 1u);
  EXPECT_EQ(FactOf(Shifts(findings)[0], "explained_by"), "auth-rejected");
}

// Some tries of passwords do not explain that everybody else is refused.
TEST(ClassShiftTest, RefusalsOfOthersAreAShiftBesideTriedPasswords) {
  Traffic traffic = Usual();
  traffic.Fail(kNoon, 300, 1, 401, "/shop/cart");
  for (int i = 0; i < 20; ++i) {
    traffic.Add({.second = kNoon + i, .client = "203.0.113.9", .request = "POST /login HTTP/1.1", .status = 401});
  }
  const std::vector<Finding> shifts = Shifts(Find(traffic.text()));
  ASSERT_EQ(shifts.size(), 1u);
  EXPECT_EQ(shifts[0].severity, Severity::kMedium);
  EXPECT_EQ(FactOf(shifts[0], "explained_by"), "");
}

TEST(ClassShiftTest, RedirectsInCirclesAreSaidOnce) {
  Traffic traffic = Usual();
  for (int i = 0; i < 600; ++i) {
    traffic.Add({.second = kNoon + i / 4,
                 .client = fmt::format("203.0.113.{}", i / 8),
                 .request = "GET /account HTTP/1.1",
                 .status = 302});
  }
  const Findings findings = Find(traffic.text());
  EXPECT_EQ(Ids(findings, Severity::kMedium), std::vector<std::string>{"redirect-run"});
  ASSERT_EQ(Shifts(findings).size(), 1u);
  EXPECT_EQ(FactOf(Shifts(findings)[0], "explained_by"), "redirect-run");
}

// One client comes to a quiet site and has most of its lines at once: that does not make it a proxy.
TEST(ClassShiftTest, AFloodOnAQuietSiteIsOneClient) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 1800, 5);
  traffic.Fail(kNoon - 3600, 9, 600, 404, "/old");
  for (int i = 0; i < 1200; ++i) {
    traffic.Add({.second = kNoon + i / 4,
                 .client = "203.0.113.9",
                 .request = fmt::format("GET /api/x{} HTTP/1.1", i % 5),
                 .status = i % 4 == 0 ? 404 : 200});
  }
  EXPECT_TRUE(Shifts(Find(traffic.text())).empty());
}

}  // namespace
}  // namespace logstat
