#include "src/aggregate/durations.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/aggregate/batches.h"
#include "tests/aggregate/durations_oracle.h"

namespace logstat {
namespace {

Durations DurationRowsOf(const DurationCounts& counts) {
  Durations durations;
  counts.Fill(&durations);
  return durations;
}

std::vector<std::string> DescribeCounts(const DurationCounts& counts) {
  Report report;
  report.durations = DurationRowsOf(counts);
  return DescribeDurations(report);
}

TEST(DurationCountsTest, OverallAndEveryClassEqualTheSortedDurations) {
  const std::vector<TestRow> rows = RandomRows(20'000, 1);
  const TestBatch made = MakeBatch(rows);
  DurationCounts counts;
  counts.Add(made.batch, made.selection);
  std::vector<int64_t> all;
  std::map<int, std::vector<int64_t>> by_class;
  for (const TestRow& row : rows) {
    if (row.duration_us < 0) continue;
    all.push_back(row.duration_us);
    by_class[row.status / 100].push_back(row.duration_us);
  }
  const Durations durations = DurationRowsOf(counts);
  ExpectRowOf(durations.overall, all);
  EXPECT_EQ(durations.overall.max_us, *std::max_element(all.begin(), all.end()));
  ASSERT_EQ(durations.classes.size(), by_class.size());
  for (const ClassDurations& of : durations.classes) {
    SCOPED_TRACE(of.digit);
    ASSERT_TRUE(by_class.contains(of.digit));
    ExpectRowOf(of.row, by_class[of.digit]);
    EXPECT_EQ(of.row.max_us, *std::max_element(by_class[of.digit].begin(), by_class[of.digit].end()));
  }
}

TEST(DurationCountsTest, MergedPartsEqualTheWhole) {
  DurationCounts whole, merged;
  for (uint64_t seed = 0; seed < 5; ++seed) {
    const TestBatch made = MakeBatch(RandomRows(300, seed));
    whole.Add(made.batch, made.selection);
    DurationCounts part;
    part.Add(made.batch, made.selection);
    merged.Merge(part);
  }
  EXPECT_EQ(DescribeCounts(merged), DescribeCounts(whole));
}

TEST(DurationCountsTest, NothingCountedGivesNoRows) {
  const Durations durations = DurationRowsOf(DurationCounts());
  EXPECT_EQ(durations.overall.count, 0u);
  EXPECT_TRUE(durations.classes.empty());
}

TEST(HasDurationsTest, OneSelectedRowWithADurationIsEnough) {
  std::vector<TestRow> rows(100);
  EXPECT_FALSE(HasDurations(MakeBatch(rows).batch, MakeBatch(rows).selection));
  EXPECT_FALSE(HasDurations(MakeBatch({}).batch, Selection()));
  for (const int64_t duration : {int64_t{0}, int64_t{1}, INT64_MAX}) {
    rows[57].duration_us = duration;
    TestBatch made = MakeBatch(rows);
    EXPECT_TRUE(HasDurations(made.batch, made.selection)) << duration;
    made.selection.Remove(3);
    EXPECT_TRUE(HasDurations(made.batch, made.selection)) << "a list of rows";
    made.selection.Remove(57);
    EXPECT_FALSE(HasDurations(made.batch, made.selection));
  }
}

}  // namespace
}  // namespace logstat
