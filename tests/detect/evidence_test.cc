#include "src/detect/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace logstat {
namespace {

using testing::ElementsAre;

MATCHER_P2(Counts, key, count, "") { return arg.key == key && arg.count == static_cast<uint64_t>(count); }

TEST(TextCountsTest, TextsOfOneTagAreToldApart) {
  TextCounts counts;
  // The same byte at the place of the tag, and the same lower half.
  counts.Add("a", 0x1'0000'0007, 1);
  counts.Add("b", 0x2'0000'0007, 2);
  counts.Add("a", 0x1'0000'0007, 4);
  EXPECT_EQ(counts.size(), 2u);
  EXPECT_THAT(counts.Top(5), ElementsAre(Counts("a", 5), Counts("b", 2)));
}

TEST(TextCountsTest, TheFirst32TextsAreCountedExactly) {
  TextCounts counts;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 40; ++i) counts.Add("text " + std::to_string(i));
  }
  EXPECT_EQ(counts.size(), 32u);
  std::map<std::string, uint64_t> found;
  for (const EvidenceCount& entry : counts.Top(100)) found[entry.key] = entry.count;
  EXPECT_EQ(found.size(), 32u);
  for (int i = 0; i < 32; ++i) EXPECT_EQ(found["text " + std::to_string(i)], 3u) << i;
}

TEST(TextCountsTest, MergesByHash) {
  TextCounts a;
  TextCounts b;
  a.Add("x");
  b.Add("x");
  b.Add("y");
  b.Add("");
  a.Merge(b);
  EXPECT_THAT(a.Top(5), ElementsAre(Counts("x", 2), Counts("y", 1)));
}

}  // namespace
}  // namespace logstat
