#include <gtest/gtest.h>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

void AddWrites(Log& log, int times, int status, std::string_view request = "PUT /doc/7 HTTP/1.1", int64_t start = 3600,
               std::string_view user = "anna") {
  for (int i = 0; i < times; ++i) log.Add(start + i * 100, "203.0.113.9", request, status, 10, "-", "sync/1", user);
}
std::vector<Finding> FoundLost(const Log& log) { return OfRule(Find(log.text()), "lost-update"); }

TEST(LostUpdatesTest, FiveRefusedWritesInTenMinutes) {
  for (const int code : {409, 412, 423, 424}) {
    Log log;
    AddWrites(log, 4, code);
    EXPECT_TRUE(FoundLost(log).empty()) << code;
    AddWrites(log, 1, code, "PUT /doc/7 HTTP/1.1", 4100);
    const auto found = FoundLost(log);
    ASSERT_EQ(found.size(), 1u) << code;
    EXPECT_EQ(found[0].entity, "/doc/7");
    EXPECT_EQ(found[0].count, 5u);
    EXPECT_EQ(found[0].verdict, code < 423 ? "conflict" : "lock");
    EXPECT_EQ(found[0].severity, code < 423 ? Severity::kLow : Severity::kInfo);
  }
}

TEST(LostUpdatesTest, AWriteThatSucceedsSettlesThem) {
  for (const int status : {200, 201, 204}) {
    Log log;
    AddWrites(log, 6, 409);
    AddWrites(log, 1, status, "PUT /doc/7 HTTP/1.1", 4300);
    EXPECT_TRUE(FoundLost(log).empty()) << status;
  }
}

TEST(LostUpdatesTest, APostThatSucceededInBetweenSettlesThem) {
  Log log;
  AddWrites(log, 3, 409, "POST /signup HTTP/1.1");
  AddWrites(log, 1, 200, "POST /signup HTTP/1.1", 3850);
  AddWrites(log, 2, 409, "POST /signup HTTP/1.1", 3900);
  EXPECT_TRUE(FoundLost(log).empty());
}

TEST(LostUpdatesTest, SomebodyElsesWriteDoesNotAndIsNamed) {
  Log log;
  AddWrites(log, 1, 204, "PUT /doc/7 HTTP/1.1", 3590, "bert");
  AddWrites(log, 5, 412);
  const auto found = FoundLost(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(FactOf(found[0], "other_writer"), "bert");
  ASSERT_EQ(found[0].top_users.size(), 1u);
  EXPECT_EQ(found[0].top_users[0].key, "anna");
}

TEST(LostUpdatesTest, ReadsAndOtherPathsAreNone) {
  Log log;
  AddWrites(log, 9, 412, "GET /doc/7 HTTP/1.1");
  for (int i = 0; i < 9; ++i) AddWrites(log, 1, 409, fmt::format("PUT /doc/{} HTTP/1.1", i), 5000 + i);
  EXPECT_TRUE(FoundLost(log).empty());
}

}  // namespace
}  // namespace logstat
