#include "src/aggregate/minute_counts.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <utility>

#include "tests/aggregate/batches.h"

namespace logstat {
namespace {

using Expected = std::map<uint64_t, std::pair<uint64_t, uint64_t>>;

Expected Steps(const MinuteCounts& minutes) {
  Expected steps;
  for (const MinuteCount& at : minutes.Rows()) steps[at.step] = {at.count, at.server_errors};
  return steps;
}

Expected MinutesOracle(const std::vector<TestRow>& rows, uint64_t step_minutes) {
  Expected steps;
  for (const TestRow& row : rows) {
    if (row.time_ms == kNoTime || row.time_ms == kOutlierTime) continue;
    auto& [count, errors] = steps[static_cast<uint64_t>(row.time_ms - kEarliestTime) / 60'000 / step_minutes];
    ++count;
    errors += row.status / 100 == 5 || row.status / 100 == 6;
  }
  return steps;
}

MinuteCounts CountMinutes(const std::vector<TestRow>& rows) {
  MinuteCounts minutes;
  const TestBatch made = MakeBatch(rows);
  minutes.Add(made.batch, made.selection);
  return minutes;
}

std::vector<TestRow> RowsAtMinutes(const std::vector<uint64_t>& minutes) {
  std::vector<TestRow> rows(minutes.size());
  for (size_t i = 0; i < rows.size(); ++i) rows[i].time_ms = BeginOfMinute(minutes[i]) + 59'999;
  return rows;
}

TEST(MinuteCounts, EqualsASimpleMap) {
  const std::vector<TestRow> rows = RandomRows(30000, 1);
  EXPECT_EQ(Steps(CountMinutes(rows)), MinutesOracle(rows, 1));
}

TEST(MinuteCounts, LongRunsWithinAMinuteEqualASimpleMap) {
  std::vector<TestRow> rows = RandomRows(30000, 2);
  int64_t time = 1700000000000;
  for (size_t i = 0; i < rows.size(); ++i) {
    time += i % 1000 == 0 ? 60'000 : 7;
    rows[i].time_ms = i % 700 == 3 ? kNoTime : i % 900 == 5 ? kOutlierTime : time;
  }
  EXPECT_EQ(Steps(CountMinutes(rows)), MinutesOracle(rows, 1));
}

TEST(MinuteCounts, RowsInAListAndBefore1970) {
  std::vector<TestRow> rows = RandomRows(1000, 3);
  for (TestRow& row : rows) {
    if (row.time_ms != kNoTime && row.time_ms != kOutlierTime) row.time_ms -= 4'000'000'000'000;
  }
  TestBatch made = MakeBatch(rows);
  made.selection.Remove(500);
  MinuteCounts minutes;
  minutes.Add(made.batch, made.selection);
  rows.erase(rows.begin() + 500);
  EXPECT_EQ(Steps(minutes), MinutesOracle(rows, 1));
}

TEST(MinuteCounts, FirstAndLastMinuteThatALineCanHave) {
  std::vector<TestRow> rows(2);
  rows[0].time_ms = kEarliestTime;
  rows[1].time_ms = kLatestTime;
  EXPECT_EQ(Steps(CountMinutes(rows)), (Expected{{0, {1, 0}}, {kMinutesPossible - 1, {1, 0}}}));
}

TEST(MinuteCounts, AFullTableStaysAtMinutesAndOneMoreCoarsens) {
  std::vector<uint64_t> minutes;
  for (uint64_t i = 0; i < MinuteCounts::kMaxMinutes; ++i) minutes.push_back(1'000'000'000 + i * 3);
  std::vector<TestRow> rows = RowsAtMinutes(minutes);
  EXPECT_EQ(CountMinutes(rows).step_minutes(), 1u);
  rows.push_back(rows.back());
  rows.back().time_ms += 3 * kMinuteMs;
  rows.back().status = 503;
  const MinuteCounts coarse = CountMinutes(rows);
  EXPECT_EQ(coarse.step_minutes(), 10u);
  EXPECT_EQ(Steps(coarse), MinutesOracle(rows, 10));
}

TEST(MinuteCounts, MergedInAnyPartsAndOrderItIsTheSame) {
  std::mt19937_64 random(4);
  std::vector<uint64_t> minutes;
  for (size_t i = 0; i < 300'000; ++i) minutes.push_back(random() % kMinutesPossible);
  const std::vector<TestRow> rows = RowsAtMinutes(minutes);
  const MinuteCounts whole = CountMinutes(rows);
  ASSERT_EQ(Steps(whole), MinutesOracle(rows, whole.step_minutes()));
  for (const std::vector<size_t>& cuts : {std::vector<size_t>{0, 150'000, 300'000}, {0, 10, 290'000, 300'000}}) {
    MinuteCounts merged;
    for (size_t i = cuts.size() - 1; i > 0; --i) {
      merged.Merge(CountMinutes(
          {rows.begin() + static_cast<ptrdiff_t>(cuts[i - 1]), rows.begin() + static_cast<ptrdiff_t>(cuts[i])}));
    }
    EXPECT_EQ(merged.step_minutes(), whole.step_minutes());
    EXPECT_EQ(Steps(merged), Steps(whole));
  }
}

}  // namespace
}  // namespace logstat
