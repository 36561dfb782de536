#include "src/base/milliseconds.h"

#include <gtest/gtest.h>

namespace logstat {
namespace {

TEST(MillisecondsTest, StepsBefore1970HaveTheirWholeLength) {
  EXPECT_EQ(FloorDivide(-3, 3), -1);
  EXPECT_EQ(FloorDivide(-2, 3), -1);
  EXPECT_EQ(FloorDivide(-1, 3), -1);
  EXPECT_EQ(FloorDivide(0, 3), 0);
  EXPECT_EQ(FloorDivide(2, 3), 0);
  EXPECT_EQ(FloorDivide(3, 3), 1);
  EXPECT_EQ(FloorDivide(-4, 3), -2);
}

TEST(MillisecondsTest, Seconds) {
  EXPECT_EQ(SecondOf(0), 0);
  EXPECT_EQ(SecondOf(999), 0);
  EXPECT_EQ(SecondOf(1000), 1);
  EXPECT_EQ(SecondOf(-1), -1);
  EXPECT_EQ(SecondOf(-1000), -1);
  EXPECT_EQ(SecondOf(-1001), -2);
}

TEST(MillisecondsTest, TheEndsOfTheRange) {
  EXPECT_EQ(FloorDivide(INT64_MAX, 1), INT64_MAX);
  EXPECT_EQ(FloorDivide(INT64_MIN, 1), INT64_MIN);
  EXPECT_EQ(FloorDivide(INT64_MIN, 2), INT64_MIN / 2);
  EXPECT_EQ(FloorDivide(INT64_MIN + 1, 2), INT64_MIN / 2);
}

}  // namespace
}  // namespace logstat
