#include <gtest/gtest.h>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

// `empty` answers without a body among `full` ones, over nine minutes.
std::vector<Finding> FoundEmpty(int empty, int full) {
  Log log;
  for (int i = 0; i < full; ++i)
    log.Add(3600 + i * 500 / std::max(full, 1), "203.0.113.9", "GET /cart HTTP/1.1", 200, 4000);
  for (int i = 0; i < empty; ++i) log.Add(4100 + i, "203.0.113.8", "GET /cart HTTP/1.1", 200, 0);
  return OfRule(Find(log.text()), "empty-200");
}

TEST(EmptyAnswersTest, TwentyThatLackTheirBody) {
  EXPECT_TRUE(FoundEmpty(19, 100).empty());
  const auto found = FoundEmpty(20, 100);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].entity, "/cart");
  EXPECT_EQ(found[0].count, 20u);
  EXPECT_EQ(found[0].severity, Severity::kLow);
  EXPECT_EQ(FactOf(found[0], "median_bytes"), "4000");
}

TEST(EmptyAnswersTest, LessThanFivePercentAreNone) {
  EXPECT_TRUE(FoundEmpty(20, 381).empty());
  EXPECT_EQ(FoundEmpty(20, 380).size(), 1u);
}

TEST(EmptyAnswersTest, TheShareIsLookedAtAgain) { EXPECT_EQ(FoundEmpty(40, 500).size(), 1u); }

// A page for everybody every 20 s: `full` answers with a body, then 72 without.
std::vector<Finding> FoundOfBlank(int full, int clients) {
  Log log;
  for (int i = 0; i < full + 72; ++i) {
    log.Add(3600 + i * 20, fmt::format("198.51.100.{}", i % clients), "GET /report HTTP/1.1", 200, i < full ? 8000 : 0);
  }
  return OfRule(Find(log.text()), "empty-200");
}

TEST(EmptyAnswersTest, APageThatGoesBlankForEverybody) {
  const auto found = FoundOfBlank(195, 100);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].count, 72u);
  EXPECT_EQ(FactOf(found[0], "median_bytes"), "8000");
  EXPECT_EQ(FoundOfBlank(5, 100).size(), 1u);
}

TEST(EmptyAnswersTest, APageThatNeverHadABodyOrIsAskedForByFewIsNone) {
  EXPECT_TRUE(FoundOfBlank(0, 100).empty());
  EXPECT_TRUE(FoundOfBlank(4, 100).empty());
  EXPECT_TRUE(FoundOfBlank(195, 2).empty());
}

TEST(EmptyAnswersTest, ABeaconIsNone) {
  EXPECT_TRUE(FoundEmpty(200, 20).empty());
  EXPECT_TRUE(FoundEmpty(200, 0).empty());
}

}  // namespace
}  // namespace logstat
