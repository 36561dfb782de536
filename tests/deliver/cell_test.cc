#include "src/deliver/cell.h"

#include <gtest/gtest.h>

#include <vector>

namespace logstat {
namespace {

// Rows of 10, 20 and 30 bytes from the cell's byte 5 on; the cell is 50 bytes at offset 1,000 and its last line goes on
// to byte 65.
Cell MakeCell() {
  Cell cell;
  cell.block.offset = 1000;
  cell.block.cell_bytes = 50;
  cell.block.readable_bytes = 65;
  cell.batch.Reset(nullptr, {Field::kStatus});
  for (const uint32_t begin : {5u, 15u, 35u}) cell.batch.AppendRow(begin);
  cell.batch.Close(65);
  return cell;
}

struct Lost {
  uint64_t intact;
  size_t rows;
  uint64_t bytes;
  bool lost;
};

TEST(DropLostRowsTest, ARowThatEndsBeyondTheIntactBytesIsDropped) {
  const std::vector<Lost> cases = {
      {UINT64_MAX, 3, 50, false},  // a stream
      {1065, 3, 50, false},        // to the end of the last line
      {1064, 2, 50, true},         // the last line's newline is lost, the cell's own bytes are there
      {1050, 2, 50, true},        {1035, 2, 35, true}, {1034, 1, 34, true}, {1015, 1, 15, true},
      {1014, 0, 14, true},        {1000, 0, 0, true},  {999, 0, 0, true},   {0, 0, 0, true},
  };
  for (const Lost& expected : cases) {
    Cell cell = MakeCell();
    DropLostRows(expected.intact, cell);
    EXPECT_EQ(cell.batch.rows(), expected.rows) << expected.intact;
    EXPECT_EQ(cell.bytes, expected.bytes) << expected.intact;
    EXPECT_EQ(cell.lost_bytes, expected.lost) << expected.intact;
  }
}

TEST(DropLostRowsTest, TheEndOfTheRowsThatStayIsKept) {
  Cell cell = MakeCell();
  DropLostRows(1040, cell);
  ASSERT_EQ(cell.batch.rows(), 2u);
  EXPECT_EQ(cell.batch.begin(2), 35u);
}

TEST(DropLostRowsTest, ACellWithoutALineOfItsOwnLosesBytesOnly) {
  Cell cell;
  cell.block.offset = 100;
  cell.block.cell_bytes = 50;
  cell.batch.Reset(nullptr, {Field::kStatus});
  cell.batch.Close(0);
  DropLostRows(150, cell);
  EXPECT_FALSE(cell.lost_bytes);
  DropLostRows(149, cell);
  EXPECT_TRUE(cell.lost_bytes);
  EXPECT_EQ(cell.bytes, 49u);
}

TEST(NoteLostBytesTest, BytesThatAreLostAfterTheRowsWereCountedAreNoticed) {
  for (const uint64_t intact : {uint64_t{1064}, uint64_t{1040}, uint64_t{0}}) {
    Cell cell = MakeCell();
    DropLostRows(1065, cell);
    NoteLostBytes(1065, cell);
    EXPECT_FALSE(cell.lost_bytes);
    NoteLostBytes(intact, cell);
    EXPECT_TRUE(cell.lost_bytes) << intact;
    EXPECT_EQ(cell.batch.rows(), 3u) << "they are counted already";
  }
}

TEST(CountKindsTest, EveryRowIsOfOneKind) {
  Cell cell = MakeCell();
  cell.batch.kind(1) = LineKind::kIgnored;
  cell.batch.kind(2) = LineKind::kTooLong;
  EXPECT_EQ(CountKinds(cell.batch), (KindCounts{1, 1, 0, 0, 1}));
}

}  // namespace
}  // namespace logstat
