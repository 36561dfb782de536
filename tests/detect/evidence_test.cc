#include "src/detect/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "src/base/hash.h"

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

TEST(TextCountsTest, UpTo32TextsAreCountedExactly) {
  TextCounts counts;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 32; ++i) counts.Add("text " + std::to_string(i));
  }
  EXPECT_EQ(counts.size(), 32u);
  std::map<std::string, uint64_t> found;
  for (const EvidenceCount& entry : counts.Top(100)) {
    found[entry.key] = entry.count;
    EXPECT_EQ(entry.error, 0u);
  }
  EXPECT_EQ(found.size(), 32u);
  for (int i = 0; i < 32; ++i) EXPECT_EQ(found["text " + std::to_string(i)], 3u) << i;
}

TEST(TextCountsTest, WhatComesOftenIsFoundWhateverCameBefore) {
  TextCounts counts;
  for (int i = 0; i < 500; ++i) counts.Add("once " + std::to_string(i));
  for (int i = 0; i < 400; ++i) counts.Add("often");
  const std::vector<EvidenceCount> top = counts.Top(5);
  ASSERT_EQ(top.size(), 5u);
  EXPECT_EQ(top[0].key, "often");
  EXPECT_LE(top[0].count, 400u);
  EXPECT_GE(top[0].count + top[0].error, 400u);
  EXPECT_LE(top[0].error, 900u / 28);
  // The others are the first that came, counted exactly.
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(top[1 + i].key, "once " + std::to_string(i));
    EXPECT_EQ(top[1 + i].count, 1u);
    EXPECT_EQ(top[1 + i].error, 0u);
  }
}

// Whatever was added, and merged from however many parts: a count is right within its error, and the error is small.
TEST(TextCountsTest, CountsAreWithinTheirErrors) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 200; ++round) {
    const uint64_t kinds = 20 + random() % 200;
    const uint64_t parts = 1 + random() % 4;
    TextCounts counts;
    std::map<std::string, uint64_t> truth;
    uint64_t all = 0;
    for (uint64_t part = 0; part < parts; ++part) {
      TextCounts of_part;
      for (uint64_t i = random() % 3000; i > 0; --i) {
        // The smaller the number the more often it comes.
        const std::string text = std::to_string(random() % (1 + random() % kinds));
        const uint64_t count = 1 + random() % 3;
        of_part.Add(text, SketchHash(text), count);
        truth[text] += count;
        all += count;
      }
      counts.Merge(of_part);
    }
    EXPECT_EQ(counts.size(), std::min<size_t>(truth.size(), 32));
    std::map<std::string, uint64_t> found;
    for (const EvidenceCount& entry : counts.Top(100)) {
      EXPECT_LE(entry.count, truth[entry.key]);
      EXPECT_GE(entry.count + entry.error, truth[entry.key]);
      EXPECT_LE(entry.error, parts * all / 28);
      found[entry.key] = entry.count;
    }
    for (const auto& [text, count] : truth) {
      if (count > (parts + 1) * all / 28) {
        EXPECT_EQ(found.count(text), 1u) << text;
      }
    }
  }
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
