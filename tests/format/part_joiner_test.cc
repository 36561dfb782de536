#include "src/format/part_joiner.h"

#include <gtest/gtest.h>

#include <string>

#include "src/input/block.h"

namespace logstat {
namespace {

Unwrapped Part(std::string_view payload, bool goes_on, size_t stream = 0) {
  Unwrapped part;
  part.payload = payload;
  part.goes_on = goes_on;
  part.stream = stream;
  return part;
}

TEST(PartJoiner, AWholeLineIsItself) {
  PartJoiner joiner;
  EXPECT_EQ(joiner.Add(Part("a", false), 0, 0), nullptr);
  EXPECT_TRUE(joiner.empty());
}

TEST(PartJoiner, StreamsDoNotMix) {
  PartJoiner joiner;
  EXPECT_EQ(joiner.Add(Part("a", true), 10, 0), nullptr);
  EXPECT_EQ(joiner.Add(Part("x", true, 1), 20, 1), nullptr);
  EXPECT_EQ(joiner.Add(Part("b", true), 30, 2), nullptr);
  const JoinedLine* line = joiner.Add(Part("y", false, 1), 40, 3);
  ASSERT_NE(line, nullptr);
  EXPECT_EQ(line->text, "xy");
  EXPECT_EQ(line->offset, 20u);
  EXPECT_EQ(line->first_row, 1);
  EXPECT_FALSE(joiner.empty());
  line = joiner.Add(Part("", false), 50, 4);
  ASSERT_NE(line, nullptr);
  EXPECT_EQ(line->text, "ab");
  EXPECT_EQ(line->offset, 10u);
  EXPECT_TRUE(joiner.empty());
  EXPECT_EQ(joiner.Add(Part("c", false), 60, 5), nullptr) << "nothing is left of the one before";
}

TEST(PartJoiner, RowsOfEarlierCellsAreNegative) {
  PartJoiner joiner;
  joiner.Add(Part("a", true), 10, 3);
  joiner.EndCell(5);
  joiner.EndCell(4);
  const PartJoiner copy = joiner;
  EXPECT_EQ(joiner.Add(Part("b", false), 99, 0)->first_row, -6);
  EXPECT_EQ(PartJoiner(copy).Add(Part("c", false), 99, 0)->text, "ac") << "a copy has its own text";
}

TEST(PartJoiner, MemoryIsBoundedAndTooLongStaysTooLong) {
  PartJoiner joiner;
  const std::string part(kMaxLineBytes / 4, 'x');
  for (int i = 0; i < 100; ++i) joiner.Add(Part(part, true), 0, 0);
  EXPECT_EQ(joiner.Add(Part(part, false), 0, 0)->text.size(), kMaxLineBytes + 1);
  for (int i = 0; i < 3; ++i) joiner.Add(Part(part, true), 0, 0);
  EXPECT_EQ(joiner.Add(Part(part, false), 0, 0)->text.size(), kMaxLineBytes) << "as long as may be";
}

}  // namespace
}  // namespace logstat
