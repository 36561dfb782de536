#include "src/aggregate/path_durations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/aggregate/batches.h"

namespace logstat {
namespace {

constexpr ColumnSet kDurationColumns{Field::kStatus, Field::kPath, Field::kDuration};
constexpr uint64_t kEnough = uint64_t{64} << 20;

// Its first 31 bits.
int64_t Rounded(int64_t duration) {
  const int shift = std::max(0, static_cast<int>(std::bit_width(static_cast<uint64_t>(duration))) - 31);
  return duration >> shift << shift;
}

// By path and bucket: how many, and the longest.
using PathCounts = std::map<std::pair<uint64_t, uint32_t>, std::pair<uint64_t, int64_t>>;

PathCounts DurationCountsOf(const std::vector<TestRow>& rows) {
  PathCounts counts;
  for (const TestRow& row : rows) {
    if (row.duration_us < 0 || !row.path || row.path->size() > 1024) continue;
    auto& [count, max] = counts[{PathDurations::HashOf(*row.path) << 12 >> 12, DurationBucket(row.duration_us)}];
    ++count;
    max = std::max(max, Rounded(row.duration_us));
  }
  return counts;
}

PathCounts DurationCountsOf(const PathDurations& durations) {
  PathCounts counts;
  for (size_t i = 0; i < PathDurations::kPartitions; ++i) {
    const std::vector<DurationPair> pairs = durations.SortedPairs(i);
    for (size_t k = 0; k < pairs.size(); ++k) {
      counts[{pairs[k].path(), pairs[k].bucket()}] = {pairs[k].count(), pairs[k].max_us()};
      if (k == 0) continue;
      EXPECT_LT(std::pair(pairs[k - 1].path(), pairs[k - 1].bucket()), std::pair(pairs[k].path(), pairs[k].bucket()));
    }
  }
  return counts;
}

// Rows in batches of some size over some workers.
void AddDurations(const std::vector<TestRow>& rows, size_t workers, size_t batch_rows, PathDurations* durations) {
  std::vector<PathDurations::Worker> pool;
  for (size_t i = 0; i < workers; ++i) pool.emplace_back(durations);
  for (size_t begin = 0, i = 0; begin < rows.size(); begin += batch_rows, ++i) {
    const auto first = rows.begin() + static_cast<ptrdiff_t>(begin);
    const TestBatch made = MakeBatch({first, first + static_cast<ptrdiff_t>(std::min(batch_rows, rows.size() - begin))},
                                     kDurationColumns, i % 3 == 0 ? 5 : 0);
    pool[i % workers].Add(made.batch, made.selection);
    if (i % 7 == 3) pool[i % workers].Flush();
  }
  for (PathDurations::Worker& worker : pool) worker.Flush();
}

TEST(DurationPairTest, KnowsItsPathBucketAndMaximum) {
  const uint64_t hash = 0xFEDCBA9876543210;
  for (unsigned bits = 0; bits < 63; ++bits) {
    for (const int64_t duration :
         {int64_t{1} << bits, (int64_t{1} << bits) - 1, (int64_t{1} << bits) + (int64_t{1} << bits) / 2}) {
      const DurationPair pair(hash, duration);
      EXPECT_EQ(pair.path(), DurationPair::PathOf(hash));
      EXPECT_EQ(pair.bucket(), DurationBucket(duration));
      EXPECT_EQ(pair.count(), 1u);
      EXPECT_EQ(pair.max_us(), Rounded(duration));
    }
  }
  EXPECT_EQ(DurationPair(hash, (int64_t{1} << 31) - 1).max_us(), (int64_t{1} << 31) - 1) << "35 minutes";
}

TEST(DurationPairTest, MergesToTheSumAndTheLongest) {
  DurationPair pair(1, 1'000'001);
  pair.Merge(DurationPair(1, 1'000'007));
  pair.Merge(DurationPair(1, 1'000'003));
  EXPECT_EQ(pair.count(), 3u);
  EXPECT_EQ(pair.max_us(), 1'000'007);
}

TEST(PathDurationsTest, PairsEqualASimpleMapForAnySplitAndSeed) {
  const std::vector<TestRow> rows = RandomRows(30'000, 3, 10, 2000);
  const PathCounts expected = DurationCountsOf(rows);
  ASSERT_GT(expected.size(), 5000u);
  for (const size_t workers : {1, 2, 5}) {
    for (const size_t batch_rows : {13, 5000, 30'000}) {
      PathDurations durations(kEnough, static_cast<unsigned>(workers), TableSeed{workers * batch_rows});
      AddDurations(rows, workers, batch_rows, &durations);
      EXPECT_FALSE(durations.left_out());
      EXPECT_TRUE(DurationCountsOf(durations) == expected) << workers << ' ' << batch_rows;
    }
  }
}

TEST(PathDurationsTest, ASmallBufferIsFlushedWithinABatch) {
  const std::vector<TestRow> rows = RandomRows(30'000, 4, 10, 20);
  PathDurations durations(uint64_t{1} << 20, 64, TableSeed{1});  // 2,048 rows of buffer
  AddDurations(rows, 1, rows.size(), &durations);
  EXPECT_TRUE(DurationCountsOf(durations) == DurationCountsOf(rows));
}

TEST(PathDurationsTest, EmptyAndLongestPathsCountAbsentAndLongerOnesDoNot) {
  std::vector<TestRow> rows(5);
  for (TestRow& row : rows) row.duration_us = 50;
  rows[0].path = "";
  rows[1].path = std::string(1024, 'a');
  rows[2].path = std::string(1025, 'a');
  rows[4].path = "/";
  rows[4].duration_us = kNoNumber;
  PathDurations durations(kEnough, 1, TableSeed{1});
  AddDurations(rows, 1, rows.size(), &durations);
  const PathCounts counts = DurationCountsOf(durations);
  EXPECT_TRUE(counts == DurationCountsOf(rows));
  EXPECT_EQ(counts.size(), 2u);
}

TEST(PathDurationsTest, ABatchWithoutAPathAddsNothing) {
  std::vector<TestRow> rows(5);
  for (TestRow& row : rows) row.duration_us = 50;
  PathDurations durations(kEnough, 1, TableSeed{1});
  AddDurations(rows, 1, rows.size(), &durations);
  EXPECT_TRUE(DurationCountsOf(durations).empty());
}

// Rows that are `pairs` different pairs, each three times.
std::vector<TestRow> DistinctPairs(size_t pairs) {
  std::vector<TestRow> rows;
  for (size_t i = 0; i < 3 * pairs; ++i) {
    TestRow row;
    row.path = "/" + std::to_string(i % pairs / 10);
    row.duration_us = static_cast<int64_t>(i % pairs % 10);
    rows.push_back(row);
  }
  return rows;
}

TEST(PathDurationsTest, WhetherAllIsDroppedDependsOnTheNumberOfPairsAlone) {
  constexpr uint64_t kBudget = 512 << 10;
  constexpr size_t kFit = kBudget / 8 * 7 / 32;
  std::mt19937_64 random(9);
  for (const size_t pairs : {kFit, kFit + 1}) {
    std::vector<TestRow> rows = DistinctPairs(pairs);
    for (const size_t workers : {1, 3}) {
      std::shuffle(rows.begin(), rows.end(), random);
      PathDurations durations(kBudget, static_cast<unsigned>(workers), TableSeed{random()});
      AddDurations(rows, workers, 997, &durations);
      EXPECT_EQ(durations.left_out(), pairs > kFit) << pairs << ' ' << workers;
      EXPECT_EQ(DurationCountsOf(durations).size(), pairs > kFit ? 0 : pairs);
      EXPECT_LE(durations.memory_bytes(), kBudget);
    }
  }
}

TEST(PathDurationsTest, WhatComesAfterTheDropIsDroppedToo) {
  PathDurations durations(64 << 10, 1, TableSeed{1});
  AddDurations(DistinctPairs(20'000), 1, 1000, &durations);
  EXPECT_TRUE(durations.left_out());
  AddDurations(DistinctPairs(5), 1, 1000, &durations);
  EXPECT_TRUE(DurationCountsOf(durations).empty());
}

}  // namespace
}  // namespace logstat
