#include <gtest/gtest.h>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

Log Refused(int times, int64_t apart, std::string_view request, int status) {
  Log log;
  for (int i = 0; i < times; ++i) log.Add(3600 + i * apart, "203.0.113.9", request, status);
  return log;
}

TEST(RepeatedRefusalsTest, TheThirdIsAFinding) {
  const auto found = OfRule(Find(Refused(3, 300, "GET /api?a=b HTTP/1.1", 400).text()), "retry-4xx");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].entity, "203.0.113.9");
  EXPECT_EQ(found[0].entity_kind, EntityKind::kClient);
  EXPECT_EQ(found[0].count, 3u);
  EXPECT_EQ(found[0].verdict, "bad-request");
  EXPECT_EQ(found[0].severity, Severity::kLow);
  EXPECT_EQ(found[0].code, 400);
}

TEST(RepeatedRefusalsTest, TwoAreNoneAndThreeInLongerAreNone) {
  EXPECT_TRUE(OfRule(Find(Refused(2, 1, "GET /api?a=b HTTP/1.1", 400).text()), "retry-4xx").empty());
  EXPECT_TRUE(OfRule(Find(Refused(3, 301, "GET /api?a=b HTTP/1.1", 400).text()), "retry-4xx").empty());
}

TEST(RepeatedRefusalsTest, FiftyAreMedium) {
  const auto found = OfRule(Find(Refused(50, 10, "GET /pic.png HTTP/1.1", 403).text()), "retry-4xx");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kMedium);
  EXPECT_EQ(found[0].verdict, "forbidden");
  EXPECT_EQ(OfRule(Find(Refused(49, 10, "GET /pic.png HTTP/1.1", 403).text()), "retry-4xx")[0].severity,
            Severity::kLow);
}

TEST(RepeatedRefusalsTest, ARequestThatChangedIsNotRepeated) {
  Log log;
  for (int i = 0; i < 9; ++i) log.Add(3600 + i, "203.0.113.9", fmt::format("GET /api?a={} HTTP/1.1", i), 400);
  log.Add(3600, "203.0.113.9", "PUT /api?a=1 HTTP/1.1", 400);
  for (int i = 0; i < 9; ++i) log.Add(3600, fmt::format("203.0.113.{}", 20 + i), "GET /one HTTP/1.1", 403);
  EXPECT_TRUE(OfRule(Find(log.text()), "retry-4xx").empty());
}

TEST(RepeatedRefusalsTest, WhatIsNoRequestIsNotRepeated) {
  EXPECT_TRUE(OfRule(Find(Refused(9, 1, "\\x16\\x03\\x01", 400).text()), "retry-4xx").empty());
}

TEST(RepeatedRefusalsTest, SixForbiddenPostsOfAClientToAnyPath) {
  const auto posts = [](int count) {
    Log log;
    for (int i = 0; i < count; ++i) log.Add(3600 + i * 12, "203.0.113.9", fmt::format("POST /f{} HTTP/1.1", i), 403);
    return OfRule(Find(log.text()), "retry-4xx");
  };
  EXPECT_TRUE(posts(5).empty());
  ASSERT_EQ(posts(6).size(), 1u);
  EXPECT_EQ(posts(6)[0].verdict, "forbidden-posts");
}

TEST(RepeatedRefusalsTest, OneFindingForAClientWhateverItRepeats) {
  Log log;
  for (int i = 0; i < 4; ++i) log.Add(3600 + i, "203.0.113.9", "GET /a HTTP/1.1", 403);
  for (int i = 0; i < 3; ++i) log.Add(3600 + i, "203.0.113.9", "GET /b HTTP/1.1", 403);
  for (int i = 0; i < 3; ++i) log.Add(3600 + i, "203.0.113.9", "GET /c HTTP/1.1", 400);
  const auto found = OfRule(Find(log.text()), "retry-4xx");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].count, 7u);
  EXPECT_EQ(FactOf(found[0], "peak_in_window"), "4");
  EXPECT_EQ(FactOf(found[0], "also_bad_request"), "3");
}

TEST(RepeatedRefusalsTest, WhatTheUserSetsHolds) {
  Options options;
  options.finding_rules["retry-4xx"].threshold = 5;
  EXPECT_TRUE(OfRule(Find(Refused(4, 1, "GET /a HTTP/1.1", 403).text(), options), "retry-4xx").empty());
  EXPECT_EQ(OfRule(Find(Refused(5, 1, "GET /a HTTP/1.1", 403).text(), options), "retry-4xx").size(), 1u);
}

}  // namespace
}  // namespace logstat
