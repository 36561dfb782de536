#include "src/record/selection.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

namespace logstat {
namespace {

RecordBatch BatchOf(const std::vector<LineKind>& kinds) {
  RecordBatch batch;
  batch.Reset(nullptr, ColumnSet{Field::kStatus});
  for (LineKind kind : kinds) batch.kind(batch.AppendRow(0)) = kind;
  return batch;
}

std::vector<size_t> Rows(const Selection& selection) {
  std::vector<size_t> rows;
  selection.ForEach([&rows](size_t row) { rows.push_back(row); });
  EXPECT_EQ(rows.size(), selection.size());
  for (size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(selection[i], rows[i]);
  return rows;
}

constexpr LineKind kYes = LineKind::kCounted;

TEST(Selection, ANewOneIsEmpty) { EXPECT_TRUE(Rows(Selection()).empty()); }

TEST(Selection, OfNoRowsIsAnEmptyRange) {
  Selection selection;
  selection.SelectCounted(BatchOf({}));
  EXPECT_TRUE(selection.is_range());
  EXPECT_EQ(selection.size(), 0u);
}

TEST(Selection, OfCountedRowsAloneIsARange) {
  Selection selection;
  selection.SelectCounted(BatchOf({kYes, kYes, kYes}));
  EXPECT_TRUE(selection.is_range());
  EXPECT_EQ(Rows(selection), (std::vector<size_t>{0, 1, 2}));
}

TEST(Selection, LeavesOutEveryOtherKind) {
  Selection selection;
  selection.SelectCounted(BatchOf(
      {kYes, LineKind::kIgnored, LineKind::kNoStatus, kYes, LineKind::kTooFewFields, LineKind::kTooLong, kYes}));
  EXPECT_FALSE(selection.is_range());
  EXPECT_EQ(Rows(selection), (std::vector<size_t>{0, 3, 6}));
}

TEST(Selection, ForgetsTheBatchBefore) {
  Selection selection;
  selection.SelectCounted(BatchOf({LineKind::kIgnored, kYes}));
  selection.SelectCounted(BatchOf({kYes, kYes, kYes}));
  EXPECT_EQ(Rows(selection), (std::vector<size_t>{0, 1, 2}));
  selection.SelectCounted(BatchOf({LineKind::kIgnored}));
  EXPECT_EQ(Rows(selection), (std::vector<size_t>{}));
}

TEST(Selection, RemovingAnEndKeepsTheRange) {
  Selection selection;
  selection.SelectCounted(BatchOf({kYes, kYes, kYes, kYes}));
  selection.Remove(0);
  selection.Remove(3);
  EXPECT_TRUE(selection.is_range());
  EXPECT_EQ(selection.range_begin(), 1u);
  EXPECT_EQ(Rows(selection), (std::vector<size_t>{1, 2}));
}

TEST(Selection, RemovingTheMiddleMakesAList) {
  Selection selection;
  selection.SelectCounted(BatchOf({kYes, kYes, kYes, kYes}));
  selection.Remove(1);
  EXPECT_FALSE(selection.is_range());
  EXPECT_EQ(Rows(selection), (std::vector<size_t>{0, 2, 3}));
}

TEST(Selection, RandomRemovalsAgreeWithASet) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 200; ++round) {
    std::vector<LineKind> kinds;
    std::set<size_t> expected;
    const size_t rows = random() % 40;
    const bool clean = random() % 2 == 0;
    for (size_t row = 0; row < rows; ++row) {
      kinds.push_back(clean || random() % 4 != 0 ? kYes : LineKind::kIgnored);
      if (kinds.back() == kYes) expected.insert(row);
    }
    Selection selection;
    selection.SelectCounted(BatchOf(kinds));
    for (int removal = 0; removal < 60; ++removal) {
      const size_t row = random() % 42;  // also rows that do not exist, or are out already
      selection.Remove(row);
      expected.erase(row);
      ASSERT_EQ(Rows(selection), std::vector<size_t>(expected.begin(), expected.end()));
    }
  }
}

}  // namespace
}  // namespace logstat
