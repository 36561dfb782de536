#include "src/aggregate/recent_seconds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "logstat/options.h"
#include "tests/aggregate/batches.h"

namespace logstat {
namespace {

constexpr int64_t kEnd = 1'700'000'000'000;

void AddSeconds(const std::vector<TestRow>& rows, RecentSeconds& recent) {
  const TestBatch made = MakeBatch(rows);
  recent.Add(made.batch, made.selection);
}

TestRow At(int64_t time_ms, uint16_t status) {
  TestRow row;
  row.time_ms = time_ms;
  row.status = status;
  return row;
}

TEST(RecentSeconds, ASecondIsInOrOutAsAWhole) {
  RecentSeconds recent;
  AddSeconds({At(kEnd - 900'001, 500), At(kEnd - 899'000, 500), At(kEnd, 200), At(kEnd + 999, 503)}, recent);
  EXPECT_EQ(recent.Last(900).count, 3u);
  EXPECT_EQ(recent.Last(900).server_errors, 2u);
  EXPECT_EQ(recent.Last(899).count, 2u);
  EXPECT_EQ(recent.Last(1).server_errors, 1u);
}

TEST(RecentSeconds, NoRowNoTimeAndTheFirstSecondOfYearOne) {
  RecentSeconds recent;
  EXPECT_EQ(recent.Last(900).count, 0u);
  AddSeconds({At(kNoTime, 200), At(kOutlierTime, 200)}, recent);
  EXPECT_EQ(recent.Last(900).count, 0u);
  AddSeconds({At(kEarliestTime, 200)}, recent);
  EXPECT_EQ(recent.Last(900).count, 1u);
  AddSeconds({At(kLatestTime, 500)}, recent);
  EXPECT_EQ(recent.Last(900).count, 1u);
}

TEST(RecentSeconds, AnyOrderAndSplitEqualsASimpleCount) {
  std::mt19937 random(7);
  std::vector<TestRow> rows;
  for (int i = 0; i < 20'000; ++i) {
    rows.push_back(At(kEnd - static_cast<int64_t>(random() % 2'000'000), random() % 3 == 0 ? 502 : 200));
  }
  int64_t newest = 0;
  for (const TestRow& row : rows) newest = std::max(newest, row.time_ms / 1000);
  for (const int64_t seconds : {1, 90, 900}) {
    uint64_t count = 0, errors = 0;
    for (const TestRow& row : rows) {
      if (row.time_ms / 1000 <= newest - seconds) continue;
      ++count;
      errors += row.status == 502 ? 1 : 0;
    }
    std::shuffle(rows.begin(), rows.end(), random);
    const auto middle = rows.begin() + static_cast<ptrdiff_t>(random() % rows.size());
    RecentSeconds one, other;
    AddSeconds({rows.begin(), middle}, one);
    AddSeconds({middle, rows.end()}, other);
    one.Merge(other);
    EXPECT_EQ(one.Last(seconds).count, count);
    EXPECT_EQ(one.Last(seconds).server_errors, errors);
  }
}

}  // namespace
}  // namespace logstat
