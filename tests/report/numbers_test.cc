#include "src/report/numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace logstat {
namespace {

TEST(FormatCount, GroupsOfThree) {
  EXPECT_EQ(FormatCount(0), "0");
  EXPECT_EQ(FormatCount(999), "999");
  EXPECT_EQ(FormatCount(1'000), "1,000");
  EXPECT_EQ(FormatCount(2'104'551), "2,104,551");
  EXPECT_EQ(FormatCount(std::numeric_limits<uint64_t>::max()), "18,446,744,073,709,551,615");
}

TEST(CountOf, OnlyOneIsSingular) {
  EXPECT_EQ(CountOf(0, "line"), "0 lines");
  EXPECT_EQ(CountOf(1, "line"), "1 line");
  EXPECT_EQ(CountOf(2, "line"), "2 lines");
  EXPECT_EQ(CountOf(1'001, "line"), "1,001 lines");
}

TEST(FormatSize, UnitChangesBeforeFourDigits) {
  EXPECT_EQ(FormatSize(0), "0 B");
  EXPECT_EQ(FormatSize(1'023), "1023 B");
  EXPECT_EQ(FormatSize(1'024), "1.0 KiB");
  EXPECT_EQ(FormatSize(1'258'291), "1.2 MiB");
  EXPECT_EQ(FormatSize(102'348), "99.9 KiB");
  EXPECT_EQ(FormatSize(102'400), "100 KiB");
  EXPECT_EQ(FormatSize(1'048'575), "1.0 MiB");
  EXPECT_EQ(FormatSize(std::numeric_limits<uint64_t>::max()), "16.0 EiB");
}

TEST(FormatShare, NearlyAllIsNotAllAndNearlyNothingIsNotNothing) {
  EXPECT_EQ(FormatShare(0), "0 %");
  EXPECT_EQ(FormatShare(1), "100 %");
  EXPECT_EQ(FormatShare(0.912), "91.2 %");
  EXPECT_EQ(FormatShare(0.004), "0.40 %");
  EXPECT_EQ(FormatShare(0.00024), "0.02 %");
  EXPECT_EQ(FormatShare(0.00001), "<0.01 %");
  EXPECT_EQ(FormatShare(0.99978), "99.98 %");
  EXPECT_EQ(FormatShare(0.9999999), "99.99 %");
  EXPECT_EQ(FormatShare(0.09996), "10.0 %");
  EXPECT_EQ(FormatShare(0.9989), "99.9 %");
  EXPECT_EQ(FormatShare(std::nan("")), "0 %");
}

TEST(FormatRate, PrecisionFollowsSize) {
  EXPECT_EQ(FormatRate(0), "0");
  EXPECT_EQ(FormatRate(0.0001), "<0.01");
  EXPECT_EQ(FormatRate(0.05), "0.05");
  EXPECT_EQ(FormatRate(23.44), "23.4");
  EXPECT_EQ(FormatRate(1'203.6), "1,204");
  EXPECT_EQ(FormatRate(std::numeric_limits<double>::infinity()), "0");
}

TEST(FormatMicroseconds, ThreeDigitsAndTheUnitChangesBeforeFour) {
  EXPECT_EQ(FormatMicroseconds(0), "0 µs");
  EXPECT_EQ(FormatMicroseconds(999), "999 µs");
  EXPECT_EQ(FormatMicroseconds(1'000), "1.00 ms");
  EXPECT_EQ(FormatMicroseconds(9'996), "10.0 ms");
  EXPECT_EQ(FormatMicroseconds(48'210), "48.2 ms");
  EXPECT_EQ(FormatMicroseconds(999'499), "999 ms");
  EXPECT_EQ(FormatMicroseconds(999'500), "1.00 s");
  EXPECT_EQ(FormatMicroseconds(59'949'999), "59.9 s");
  EXPECT_EQ(FormatMicroseconds(59'950'000), "1 min");
  EXPECT_EQ(FormatMicroseconds(125'000'000), "2 min 5 s");
  EXPECT_EQ(FormatMicroseconds(std::numeric_limits<int64_t>::max() - 500'000), "106751991 d 4 h");
}

TEST(FormatDuration, TwoLargestUnits) {
  EXPECT_EQ(FormatDuration(-5), "0 s");
  EXPECT_EQ(FormatDuration(45), "45 s");
  EXPECT_EQ(FormatDuration(90), "1 min 30 s");
  EXPECT_EQ(FormatDuration(1'800), "30 min");
  EXPECT_EQ(FormatDuration(4'800), "1 h 20 min");
  EXPECT_EQ(FormatDuration(3'601), "1 h");
  EXPECT_EQ(FormatDuration(28 * 86'400), "28 d");
}

TEST(RoundToMicro, SixDecimalsAndNeverSomethingThatJsonLacks) {
  EXPECT_EQ(RoundToMicro(1.0 / 3), 0.333333);
  EXPECT_EQ(RoundToMicro(2.0 / 3), 0.666667);
  EXPECT_EQ(RoundToMicro(0.1), 0.1);
  EXPECT_EQ(RoundToMicro(std::nan("")), 0);
  EXPECT_EQ(RoundToMicro(std::numeric_limits<double>::infinity()), 0);
  EXPECT_EQ(RoundToMicro(1e12), 1e12);
}

}  // namespace
}  // namespace logstat
