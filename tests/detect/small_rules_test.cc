// hide-leak, cache-stale, async-orphan.
#include <gtest/gtest.h>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

TEST(HideLeaksTest, ThreeOfEachToDifferentClients) {
  const auto found = [](int forbidden, int missing, std::string_view other) {
    Log log;
    for (int i = 0; i < forbidden; ++i) log.Add(3600 + i * 100, "203.0.113.9", "GET /secret HTTP/1.1", 403);
    for (int i = 0; i < missing; ++i) log.Add(3650 + i * 100, other, "GET /secret HTTP/1.1", 404);
    return OfRule(Find(log.text()), "hide-leak");
  };
  EXPECT_TRUE(found(2, 9, "203.0.113.8").empty());
  EXPECT_TRUE(found(9, 2, "203.0.113.8").empty());
  EXPECT_TRUE(found(9, 9, "203.0.113.9").empty());
  ASSERT_EQ(found(3, 3, "203.0.113.8").size(), 1u);
  EXPECT_EQ(found(3, 3, "203.0.113.8")[0].entity, "/secret");
  EXPECT_EQ(found(3, 3, "203.0.113.8")[0].count, 6u);
  EXPECT_EQ(found(3, 3, "203.0.113.8")[0].severity, Severity::kLow);
  EXPECT_EQ(FactOf(found(3, 3, "203.0.113.8")[0], "client_missing"), "203.0.113.8");
}

TEST(HideLeaksTest, APageThatWasClosedAndLaterRemovedIsNone) {
  Log log;
  for (int i = 0; i < 3; ++i) log.Add(3600 + i, "203.0.113.9", "GET /old HTTP/1.1", 403);
  for (int i = 0; i < 3; ++i) log.Add(7200 + i, "203.0.113.8", "GET /old HTTP/1.1", 404);
  EXPECT_TRUE(OfRule(Find(log.text()), "hide-leak").empty());
}

TEST(StaleCachesTest, AFifthOfTwentyThatAskAgain) {
  const auto found = [](int unchanged, int repeated, int64_t gap) {
    Log log;
    for (int i = 0; i < unchanged; ++i) {
      const std::string client = fmt::format("203.0.113.{}", i);
      log.Add(3600 + i * 60, client, "GET /feed HTTP/1.1", 304, 0);
      if (i < repeated) log.Add(3600 + i * 60 + gap, client, "GET /feed HTTP/1.1", 200, 9000);
    }
    return OfRule(Find(log.text()), "cache-stale");
  };
  EXPECT_TRUE(found(20, 3, 1).empty());
  EXPECT_TRUE(found(19, 19, 1).empty());
  EXPECT_TRUE(found(20, 20, 3).empty());
  const auto stale = found(20, 4, 2);
  ASSERT_EQ(stale.size(), 1u);
  EXPECT_EQ(stale[0].entity, "/feed");
  EXPECT_EQ(stale[0].count, 4u);
  EXPECT_EQ(stale[0].severity, Severity::kInfo);
  EXPECT_EQ(FactOf(stale[0], "not_modified"), "20");
}

// Servers log a request when it ends, so that the second may stand before the first; and several may be under way.
TEST(StaleCachesTest, PairsAreSeenWhereverTheyStand) {
  for (const int64_t gap : {0, 1, 2}) {
    Log log;
    for (int i = 0; i < 20; ++i) {
      for (int client = 0; client < 2; ++client) {
        const std::string address = fmt::format("203.0.113.{}", 2 * i + client);
        log.Add(3658 + i * 60 + gap, address, "GET /feed HTTP/1.1", 200, 9000);
        log.Add(3658 + i * 60, address, "GET /feed HTTP/1.1", 304, 0);
      }
    }
    const auto stale = OfRule(Find(log.text()), "cache-stale");
    ASSERT_EQ(stale.size(), 1u) << gap;
    EXPECT_EQ(stale[0].count, 40u) << gap;
  }
}

TEST(AsyncOrphansTest, TwentyOfWhichHalfAreNotFollowed) {
  const auto found = [](int accepted, int followed, int64_t end) {
    Log log;
    const auto client = [](int i) { return fmt::format("203.0.113.{}", i); };
    for (int i = 0; i < accepted; ++i) log.Add(3600 + i, client(i), "POST /jobs HTTP/1.1", 202);
    for (int i = 0; i < followed; ++i) log.Add(3700 + i * 100, client(i), "GET /jobs/1 HTTP/1.1", 200);
    log.Add(end, "198.51.100.1", "GET / HTTP/1.1", 200);
    return OfRule(Find(log.text()), "async-orphan");
  };
  EXPECT_TRUE(found(19, 0, 20'000).empty());
  EXPECT_TRUE(found(20, 11, 20'000).empty());
  EXPECT_TRUE(found(20, 0, 4000).empty());
  const auto orphans = found(20, 10, 20'000);
  ASSERT_EQ(orphans.size(), 1u);
  EXPECT_EQ(orphans[0].entity, "/jobs");
  EXPECT_EQ(orphans[0].severity, Severity::kInfo);
  EXPECT_EQ(FactOf(orphans[0], "unfollowed"), "10");
}

}  // namespace
}  // namespace logstat
