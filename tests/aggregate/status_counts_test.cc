#include "src/aggregate/status_counts.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/aggregate/batches.h"

namespace logstat {
namespace {

TEST(StatusCounts, EveryBatchLengthWithAndWithoutOtherColumns) {
  for (size_t size = 0; size < 40; ++size) {
    const std::vector<TestRow> rows = RandomRows(size, size);
    std::map<size_t, uint64_t> expected;
    for (const TestRow& row : rows) ++expected[row.status];
    for (const ColumnSet columns : {ColumnSet{Field::kStatus}, ColumnSet{Field::kStatus, Field::kTime}, kAllColumns}) {
      const TestBatch made = MakeBatch(rows, columns);
      StatusCounts counts;
      counts.Add(made.batch, made.selection);
      for (size_t code = 0; code < StatusCounts::kCodes; ++code) EXPECT_EQ(counts.of(code).count, expected[code]);
      EXPECT_EQ(counts.total().count, size);
    }
  }
}

TEST(StatusCounts, SelectedRowsOnly) {
  TestBatch made = MakeBatch(RandomRows(100, 1), ColumnSet{Field::kStatus});
  for (size_t row = 0; row < 100; row += 2) made.batch.kind(row) = LineKind::kNoStatus;
  made.selection.SelectCounted(made.batch);
  StatusCounts counts;
  counts.Add(made.batch, made.selection);
  EXPECT_EQ(counts.total().count, 50u);
}

TEST(StatusCounts, MergeIsTheSumAndSpansBoth) {
  StatusCounts one, two;
  one.AddRow(404, 5000, 10);
  two.AddRow(404, 1000, kNoBytes);
  two.AddRow(404, kNoTime, 7);
  two.AddRow(404, kOutlierTime, 1);
  two.AddRow(999, -62135596800000, 1);  // year 1
  one.Merge(two);
  EXPECT_EQ(one.of(404).count, 4u);
  EXPECT_EQ(one.of(404).bytes, 18u);
  EXPECT_EQ(one.of(404).span.first(), 1000);
  EXPECT_EQ(one.of(404).span.last(), 5000);
  EXPECT_EQ(one.of(999).span.first(), -62135596800000);
  EXPECT_EQ(one.time_unknown(), 1u);
  EXPECT_EQ(one.clock_outliers(), 1u);
}

TEST(StatusCounts, NoReadableTimeIsNoSpan) {
  StatusCounts counts;
  counts.AddRow(200, kNoTime, 0);
  counts.AddRow(200, kOutlierTime, 0);
  EXPECT_FALSE(counts.of(200).span.first());
  EXPECT_FALSE(counts.of(200).span.last());
}

}  // namespace
}  // namespace logstat
