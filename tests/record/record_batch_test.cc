#include "src/record/record_batch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace logstat {
namespace {

constexpr ColumnSet kColumns{Field::kStatus, Field::kTime, Field::kBytes, Field::kClient, Field::kPath};

class RecordBatchTest : public testing::Test {
 protected:
  RecordBatchTest() { batch_.Reset(Block(), kColumns); }
  const uint8_t* Block() const { return reinterpret_cast<const uint8_t*>(block_.data()); }

  std::string block_ = "192.0.2.7 /cart" + std::string(64, '\0');
  RecordBatch batch_;
};

TEST_F(RecordBatchTest, ANewRowIsCountedAndEverythingElseAbsent) {
  const size_t row = batch_.AppendRow(7);
  EXPECT_EQ(batch_.begin(row), 7u);
  EXPECT_EQ(batch_.kind(row), LineKind::kCounted);
  EXPECT_EQ(batch_.status(row), 0);
  EXPECT_EQ(batch_.time_ms(row), kNoTime);
  EXPECT_EQ(batch_.bytes(row), kNoBytes);
  EXPECT_TRUE(batch_.IsMissing(Field::kClient, row));
  EXPECT_EQ(batch_.View(Field::kClient, row), "");
}

TEST_F(RecordBatchTest, AnEmptyTextIsNotAbsent) {
  const size_t row = batch_.AppendRow(0);
  batch_.SetText(Field::kPath, row, Text{0, 0});
  EXPECT_FALSE(batch_.IsMissing(Field::kPath, row));
  EXPECT_TRUE(batch_.IsMissing(Field::kClient, row));
}

TEST_F(RecordBatchTest, TextsOfTheBlockAndOfTheArena) {
  const size_t row = batch_.AppendRow(0);
  batch_.SetText(Field::kClient, row, Text{0, 9});
  batch_.SetText(Field::kPath, row, batch_.Spill("/made here"));
  EXPECT_EQ(batch_.View(Field::kClient, row), "192.0.2.7");
  EXPECT_EQ(batch_.View(Field::kPath, row), "/made here");
}

TEST_F(RecordBatchTest, ArenaTextsStayRightWhileItGrows) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < 3000; ++i) {
    texts.push_back(std::string(i % 97, static_cast<char>('a' + i % 26)));
    batch_.SetText(Field::kPath, batch_.AppendRow(static_cast<uint32_t>(i)), batch_.Spill(texts.back()));
  }
  for (size_t i = 0; i < texts.size(); ++i) ASSERT_EQ(batch_.View(Field::kPath, i), texts[i]) << i;
}

TEST_F(RecordBatchTest, SpillingAViewOfTheArenaItself) {
  Text text = batch_.Spill("0123456789");
  for (int i = 0; i < 12; ++i) text = batch_.Spill(batch_.View(text));  // each one may move the arena
  EXPECT_EQ(batch_.View(text), "0123456789");
}

TEST_F(RecordBatchTest, SixtyFourBytesBehindASpilledTextAreReadable) {
  const std::string_view view = batch_.View(batch_.Spill("x"));
  size_t sum = 0;
  for (size_t i = 0; i <= 64; ++i) sum += static_cast<uint8_t>(view.data()[i]);  // a sanitizer looks on
  EXPECT_GE(sum, size_t{'x'});
}

TEST_F(RecordBatchTest, RowsAndMissingBitsSurviveGrowing) {
  for (uint32_t i = 0; i < 10000; ++i) {
    const size_t row = batch_.AppendRow(i);
    batch_.status(row) = static_cast<uint16_t>(i % 1000);
    batch_.time_ms(row) = i * 10;
    if (i % 3 == 0) batch_.SetText(Field::kClient, row, Text{0, i % 10});
  }
  for (uint32_t i = 0; i < 10000; ++i) {
    ASSERT_EQ(batch_.begin(i), i);
    ASSERT_EQ(batch_.status(i), i % 1000);
    ASSERT_EQ(batch_.time_ms(i), i * 10);
    ASSERT_EQ(batch_.IsMissing(Field::kClient, i), i % 3 != 0) << i;
    ASSERT_EQ(batch_.View(Field::kClient, i).size(), i % 3 == 0 ? i % 10 : 0);
  }
}

TEST_F(RecordBatchTest, WholeColumnsStartWithNothingMissing) {
  for (int i = 0; i < 100; ++i) batch_.AppendRow(0);  // leaves bits behind
  batch_.Reset(Block(), kColumns);
  batch_.Reserve(200);
  EXPECT_EQ(batch_.AppendRows(200), 0u);
  for (size_t row = 0; row < 200; ++row) {
    ASSERT_EQ(batch_.kind(row), LineKind::kCounted);
    ASSERT_FALSE(batch_.IsMissing(Field::kPath, row));
  }
}

TEST_F(RecordBatchTest, ClearRowMakesARowNew) {
  const size_t row = batch_.AppendRow(3);
  batch_.kind(row) = LineKind::kNoStatus;
  batch_.status(row) = 404;
  batch_.bytes(row) = 1;
  batch_.SetText(Field::kPath, row, Text{10, 5});
  batch_.ClearRow(row);
  EXPECT_EQ(batch_.begin(row), 3u);
  EXPECT_EQ(batch_.kind(row), LineKind::kCounted);
  EXPECT_EQ(batch_.status(row), 0);
  EXPECT_EQ(batch_.bytes(row), kNoBytes);
  EXPECT_TRUE(batch_.IsMissing(Field::kPath, row));
}

TEST_F(RecordBatchTest, ResetToOtherColumnsAndBackWhileGrowing) {
  const ColumnSet sets[] = {{Field::kClient}, {Field::kPath, Field::kHost}, kColumns, {Field::kStatus}};
  for (size_t round = 0; round < 24; ++round) {
    const ColumnSet columns = sets[round / 2 % 4];  // twice each: the second time nothing is allocated
    batch_.Reset(Block(), columns);
    const size_t rows = 10 + round * 500;
    for (size_t i = 0; i < rows; ++i) {
      const size_t row = batch_.AppendRow(0);
      if (columns.Contains(Field::kPath)) batch_.SetText(Field::kPath, row, Text{10, 5});
    }
    EXPECT_EQ(batch_.rows(), rows);
    if (columns.Contains(Field::kClient)) {
      EXPECT_TRUE(batch_.IsMissing(Field::kClient, rows - 1));
    }
  }
}

TEST_F(RecordBatchTest, CloseAndTruncateKeepTheEndOfTheLastRow) {
  batch_.AppendRow(0);
  batch_.AppendRow(10);
  batch_.AppendRow(25);
  batch_.Close(40);
  EXPECT_EQ(batch_.begin(3), 40u);
  batch_.Truncate(5);
  EXPECT_EQ(batch_.rows(), 3u);
  batch_.Truncate(2);
  EXPECT_EQ(batch_.rows(), 2u);
  EXPECT_EQ(batch_.begin(2), 25u);
}

TEST_F(RecordBatchTest, CloseOfAnEmptyBatch) {
  batch_.Close(0);
  EXPECT_EQ(batch_.rows(), 0u);
  EXPECT_EQ(batch_.begin(0), 0u);
}

TEST_F(RecordBatchTest, ACopiedRowOutlivesItsBlock) {
  RecordBatch copies;
  copies.Reset(nullptr, kColumns);
  {
    std::string block = "192.0.2.9";
    RecordBatch from;
    from.Reset(reinterpret_cast<const uint8_t*>(block.data()), kColumns);
    const size_t row = from.AppendRow(5);
    from.status(row) = 503;
    from.kind(row) = LineKind::kCounted;
    from.time_ms(row) = 77;
    from.bytes(row) = 12;
    from.SetText(Field::kClient, row, Text{0, 9});
    copies.AppendCopy(from, row);
    std::fill(block.begin(), block.end(), '?');
  }
  EXPECT_EQ(copies.begin(0), 5u);
  EXPECT_EQ(copies.status(0), 503);
  EXPECT_EQ(copies.time_ms(0), 77);
  EXPECT_EQ(copies.bytes(0), 12);
  EXPECT_EQ(copies.View(Field::kClient, 0), "192.0.2.9");
  EXPECT_TRUE(copies.IsMissing(Field::kPath, 0));
}

TEST_F(RecordBatchTest, ACopyOfARowOfTheSameBatch) {
  const size_t row = batch_.AppendRow(0);
  batch_.SetText(Field::kPath, row, batch_.Spill(std::string(1000, 'p')));
  for (int i = 0; i < 40; ++i) batch_.AppendCopy(batch_, row);
  EXPECT_EQ(batch_.View(Field::kPath, 40), std::string(1000, 'p'));
}

TEST_F(RecordBatchTest, PutTextTakesWhatLiesInTheBlockAndCopiesTheRest) {
  batch_.Reset(Block(), kColumns, 15);
  const size_t row = batch_.AppendRow(0);
  batch_.PutText(Field::kClient, row, std::string_view(block_).substr(0, 9));
  EXPECT_EQ(batch_.texts(Field::kClient)[row].offset, 0u);
  batch_.PutText(Field::kPath, row, std::string_view(block_).substr(10, 5));
  EXPECT_EQ(batch_.texts(Field::kPath)[row].offset, 10u);
  batch_.PutText(Field::kPath, row, std::string_view(block_).substr(10, 6));  // ends behind the block
  EXPECT_NE(batch_.texts(Field::kPath)[row].offset & kSpillBit, 0u);
  EXPECT_EQ(batch_.View(Field::kPath, row), std::string_view("/cart\0", 6));
  {
    const std::string elsewhere = "made by the parser";
    batch_.PutText(Field::kClient, row, elsewhere);
  }
  EXPECT_EQ(batch_.View(Field::kClient, row), "made by the parser");
}

TEST_F(RecordBatchTest, EveryNumberColumnIsAbsentInANewRowAndCopied) {
  constexpr ColumnSet kNumbers{Field::kTime,         Field::kBytes,          Field::kDuration,
                               Field::kUpstreamTime, Field::kUpstreamStatus, Field::kRequestBytes};
  batch_.Reset(Block(), kNumbers);
  const size_t row = batch_.AppendRow(0);
  for (size_t i = kFirstNumberField; i < kFirstTextField; ++i) {
    const Field field = static_cast<Field>(i);
    EXPECT_TRUE(IsNumber(field));
    EXPECT_EQ(batch_.number(field, row), field == Field::kTime ? kNoTime : kNoNumber);
    batch_.number(field, row) = static_cast<int64_t>(i);
  }
  const size_t copy = batch_.AppendCopy(batch_, row);
  for (size_t i = kFirstNumberField; i < kFirstTextField; ++i) {
    EXPECT_EQ(batch_.number(static_cast<Field>(i), copy), static_cast<int64_t>(i));
  }
}

TEST(RejectReason, NamesEveryRejectedKind) {
  for (size_t i = 0; i < kLineKindCount; ++i) {
    const LineKind kind = static_cast<LineKind>(i);
    EXPECT_EQ(RejectReason(kind).empty(), !IsRejected(kind)) << i;
  }
  EXPECT_EQ(RejectReason(LineKind::kNoStatus), "no_status");
  EXPECT_EQ(RejectReason(LineKind::kTooFewFields), "too_few_fields");
  EXPECT_EQ(RejectReason(LineKind::kTooLong), "too_long");
}

}  // namespace
}  // namespace logstat
