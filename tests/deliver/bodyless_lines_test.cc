#include "src/deliver/bodyless_lines.h"

#include <gtest/gtest.h>

#include <string>

namespace logstat {
namespace {

constexpr ColumnSet kColumns{Field::kStatus, Field::kBytes, Field::kMethod};

class BodylessLinesTest : public testing::Test {
 protected:
  BodylessLinesTest() { batch_.Reset(nullptr, kColumns); }

  void Add(uint16_t status, int64_t bytes, const std::string& method) {
    const size_t row = batch_.AppendRow(0);
    batch_.status(row) = status;
    batch_.bytes(row) = bytes;
    if (!method.empty()) batch_.PutText(Field::kMethod, row, method);
  }

  BodylessLines Count() {
    Selection selection;
    selection.SelectCounted(batch_);
    return CountBodylessLines(batch_, selection);
  }

  RecordBatch batch_;
};

TEST_F(BodylessLinesTest, AnswersWithoutABodyAndOnlyThose) {
  Add(204, 0, "GET");
  Add(304, 180, "GET");
  Add(200, 250, "HEAD");
  Add(200, 250, "GET");
  Add(200, 250, "POST");
  Add(200, 250, "");
  Add(304, kNoBytes, "GET");
  const BodylessLines lines = Count();
  EXPECT_EQ(lines.lines, 3u);
  EXPECT_EQ(lines.with_bytes, 2u);
}

TEST_F(BodylessLinesTest, RejectedRowsAreLeftOut) {
  Add(304, 180, "GET");
  batch_.kind(0) = LineKind::kNoStatus;
  EXPECT_EQ(Count().lines, 0u);
}

TEST(MeaningOfBytes, MostOfAtLeastFive) {
  EXPECT_EQ(MeaningOfBytes({0, 0}), ByteMeaning::kUnknown);
  EXPECT_EQ(MeaningOfBytes({4, 4}), ByteMeaning::kUnknown);
  EXPECT_EQ(MeaningOfBytes({5, 0}), ByteMeaning::kBody);
  EXPECT_EQ(MeaningOfBytes({5, 2}), ByteMeaning::kBody);
  EXPECT_EQ(MeaningOfBytes({5, 3}), ByteMeaning::kAll);
  EXPECT_EQ(MeaningOfBytes({6, 3}), ByteMeaning::kBody) << "half is not most";
}

TEST(CanCountBodylessLines, NeedsBytesAndMethods) {
  EXPECT_TRUE(CanCountBodylessLines(kColumns));
  EXPECT_FALSE(CanCountBodylessLines({Field::kStatus, Field::kBytes}));
  EXPECT_FALSE(CanCountBodylessLines({Field::kStatus, Field::kMethod}));
}

}  // namespace
}  // namespace logstat
