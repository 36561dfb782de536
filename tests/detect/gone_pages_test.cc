#include <gtest/gtest.h>

#include "src/report/finding_text.h"
#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

constexpr int64_t kDay = 86'400;

std::vector<Finding> FoundGone(const Log& log) { return OfRule(Find(log.text()), "gone-vs-missing"); }

TEST(GonePagesTest, APageThatComesBackAfterItWasGoneForGood) {
  Log log;
  log.Add(3600, "203.0.113.9", "GET /old HTTP/1.1", 410);
  log.Add(3605, "203.0.113.9", "GET /old HTTP/1.1", 200);
  log.Add(3900, "203.0.113.9", "GET /old HTTP/1.1", 200);
  const auto found = FoundGone(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "revived");
  EXPECT_EQ(found[0].entity, "/old");
  EXPECT_EQ(found[0].severity, Severity::kLow);
  EXPECT_EQ(FactOf(found[0], "served_after"), "2");
}

// Two sites have a page of that name.
TEST(GonePagesTest, PagesOfTwoHostsAreToldApart) {
  std::string text;
  int second = 0;
  for (const int status : {410, 200}) {
    for (const char* const host : {"a.example", "b.example"}) {
      text += fmt::format("{} 203.0.113.9 - - [22/Nov/2026:11:00:{:02} +0000] \"GET /p HTTP/1.1\" {} 900 \"-\" \"-\"\n",
                          host, second++, status);
    }
  }
  Options options;
  options.format = "vhost_combined";
  const auto found = OfRule(Find(text, options), "gone-vs-missing");
  ASSERT_EQ(found.size(), 2u);
  for (const Finding& finding : found) {
    EXPECT_EQ(finding.entity, "/p");
    EXPECT_EQ(FactOf(finding, "host"), finding.host);
    EXPECT_NE(finding.sentence.find("/p of " + finding.host + " was gone"), std::string::npos) << finding.sentence;
  }
  EXPECT_NE(found[0].host, found[1].host);
  EXPECT_NE(FindingKey(found[0]), FindingKey(found[1]));
}

TEST(GonePagesTest, APageThatGoesIsNone) {
  Log log;
  log.Add(3600, "203.0.113.9", "GET /old HTTP/1.1", 200);
  log.Add(3605, "203.0.113.9", "GET /old HTTP/1.1", 410);
  log.Add(3900, "203.0.113.9", "GET /new HTTP/1.1", 200);
  EXPECT_TRUE(FoundGone(log).empty());
}

void AddVisit(Log& log, int visitor, int64_t second, int status) {
  log.Add(second, fmt::format("203.0.113.{}", visitor % 200), "GET /old HTTP/1.1", status, 153,
          "https://blog.example/links?page=2");
}

void AddVisits(Log& log, int visits, int64_t apart, int status) {
  for (int i = 0; i < visits; ++i) AddVisit(log, i, 3600 + i * apart, status);
}

TEST(GonePagesTest, AForeignPageThatSendsFiftyVisitorsADay) {
  for (const int status : {404, 410}) {
    Log few;
    AddVisits(few, 49, 60, status);
    EXPECT_TRUE(FoundGone(few).empty()) << status;
    Log slow;
    AddVisits(slow, 50, 1800, status);
    EXPECT_TRUE(FoundGone(slow).empty()) << status;
    Log log;
    AddVisits(log, 50, 60, status);
    const auto found = FoundGone(log);
    ASSERT_EQ(found.size(), 1u) << status;
    EXPECT_EQ(found[0].verdict, "stale-links");
    EXPECT_EQ(found[0].entity, "https://blog.example/links");
    EXPECT_EQ(found[0].entity_kind, EntityKind::kReferrer);
    EXPECT_EQ(found[0].code, status);
    EXPECT_EQ(found[0].count, 50u);
  }
}

TEST(GonePagesTest, TheCodeOfStaleLinksIsThatOfMostOfThem) {
  const auto code = [](int missing, int gone) {
    Log log;
    for (int i = 0; i < missing + gone; ++i) AddVisit(log, i, 3600 + i * 60, i < gone ? 410 : 404);
    const auto found = FoundGone(log);
    return found.size() == 1 ? found[0].code : -1;
  };
  EXPECT_EQ(code(31, 29), 404);
  EXPECT_EQ(code(29, 31), 410);
  EXPECT_EQ(code(30, 30), 410);
}

TEST(GonePagesTest, LinesWithoutARequestAreNoPage) {
  Log log;
  log.Add(3600, "203.0.113.9", "-", 410, 0);
  log.Add(3605, "203.0.113.10", "-", 200, 0);
  log.Add(3610, "203.0.113.10", "GET /a HTTP/1.1", 200);
  EXPECT_TRUE(FoundGone(log).empty());
}

TEST(GonePagesTest, NoPageSendsAnybodyToAnIcon) {
  Log log;
  for (int i = 0; i < 80; ++i) {
    log.Add(3600 + i * 60, fmt::format("203.0.113.{}", i), "GET /favicon.ico HTTP/1.1", 404, 153,
            "https://blog.example/");
  }
  EXPECT_TRUE(FoundGone(log).empty());
}

TEST(GonePagesTest, APageThatHasBeenMissingForAWeek) {
  const auto missing = [](int days) {
    Log log;
    log.Add(3600, "203.0.113.9", "GET /old HTTP/1.1", 200);
    AddVisits(log, days + 1, kDay, 404);
    return FoundGone(log);
  };
  EXPECT_TRUE(missing(6).empty());
  const auto found = missing(7);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "should-be-gone");
  EXPECT_EQ(found[0].entity, "/old");
  EXPECT_EQ(FactOf(found[0], "days"), "7");
}

TEST(GonePagesTest, APageThatNeverWasIsNone) {
  Log log;
  AddVisits(log, 8, kDay, 404);
  EXPECT_TRUE(FoundGone(log).empty());
}

}  // namespace
}  // namespace logstat
