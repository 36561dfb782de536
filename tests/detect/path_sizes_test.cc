#include "src/detect/path_sizes.h"

#include <gtest/gtest.h>

namespace logstat {
namespace {

TEST(PathSizesTest, CountsAndBothEnds) {
  PathSizes sizes(8);
  for (const uint32_t bytes : {300u, 100u, 200u}) sizes.Add(1, bytes);
  const PathSizes::Sizes* found = sizes.Find(1);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->count, 3u);
  EXPECT_EQ(found->least, 100u);
  EXPECT_EQ(found->most, 300u);
  EXPECT_EQ(sizes.Find(2), nullptr);
  EXPECT_TRUE(sizes.is_whole());
}

TEST(PathSizesTest, TheLongestAgoGoesInWhateverOrderAMinuteHasItsLines) {
  for (const bool is_turned : {false, true}) {
    PathSizes sizes(8);
    for (uint64_t path = 1; path <= 8; ++path) sizes.Add(path, 100);
    sizes.EndEpoch();
    EXPECT_TRUE(sizes.is_whole());
    sizes.Add(1, 100);
    for (uint64_t i = 0; i < 4; ++i) sizes.Add(is_turned ? 14 - i : 11 + i, 100);
    sizes.EndEpoch();
    EXPECT_FALSE(sizes.is_whole());
    for (const uint64_t path : {1, 8, 11, 12, 13, 14}) EXPECT_NE(sizes.Find(path), nullptr) << path;
    for (const uint64_t path : {2, 3, 4, 5, 6, 7}) EXPECT_EQ(sizes.Find(path), nullptr) << path;
  }
}

TEST(PathSizesTest, AMinuteOfManyPathsDoesNotGrowIt) {
  PathSizes sizes(8);
  for (uint64_t path = 1; path <= 1000; ++path) sizes.Add(path, 100);
  EXPECT_NE(sizes.Find(16), nullptr);
  EXPECT_EQ(sizes.Find(17), nullptr);
  EXPECT_FALSE(sizes.is_whole());
}

}  // namespace
}  // namespace logstat
