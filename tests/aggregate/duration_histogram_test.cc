#include "src/aggregate/duration_histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "tests/aggregate/durations_oracle.h"

namespace logstat {
namespace {

DurationHistogram HistogramOf(const std::vector<int64_t>& durations) {
  DurationHistogram histogram;
  for (const int64_t duration : durations) histogram.Add(duration);
  return histogram;
}

int64_t QuantileOf(const DurationHistogram& histogram, uint64_t numerator, uint64_t denominator) {
  return DurationQuantile(histogram.Buckets(), histogram.max_us(), numerator, denominator);
}

void ExpectQuantilesOf(const std::vector<int64_t>& durations) {
  const DurationHistogram histogram = HistogramOf(durations);
  ExpectRowOf(histogram.Row(), durations);
  EXPECT_EQ(histogram.max_us(), *std::max_element(durations.begin(), durations.end()));
  for (const int permille : {0, 1, 10, 250, 1000}) {
    SCOPED_TRACE(permille);
    ExpectWithin1Percent(QuantileOf(histogram, permille, 1000), ExactQuantile(durations, permille));
  }
}

TEST(DurationBucket, EveryBucketBeginsWhereTheLastOneEnds) {
  for (uint32_t bucket = 0; bucket < kDurationBuckets; ++bucket) {
    const int64_t begin = DurationBucketBegin(bucket);
    ASSERT_EQ(DurationBucket(begin), bucket);
    if (bucket == 0) continue;
    ASSERT_EQ(DurationBucket(begin - 1), bucket - 1);
  }
  EXPECT_EQ(DurationBucket(INT64_MAX), kDurationBuckets - 1);
}

TEST(DurationBucket, TheMiddleIsNearTheEnds) {
  for (uint32_t bucket = 0; bucket < kDurationBuckets; ++bucket) {
    const int64_t begin = DurationBucketBegin(bucket);
    const int64_t last = begin + ((int64_t{1} << DurationBucketShift(bucket)) - 1);
    ASSERT_EQ(DurationBucket(last), bucket);
    ExpectWithin1Percent(DurationBucketMiddle(bucket), begin);
    ExpectWithin1Percent(DurationBucketMiddle(bucket), last);
  }
}

TEST(DurationBucket, UpTo127MicrosecondsAreExact) {
  for (int64_t duration = 0; duration < 128; ++duration) {
    EXPECT_EQ(DurationBucketMiddle(DurationBucket(duration)), duration);
  }
}

TEST(NearestRankTest, RoundsUpAndNeverOverflows) {
  EXPECT_EQ(NearestRank(0, 1, 2), 1u);
  EXPECT_EQ(NearestRank(1, 0, 1), 1u);
  EXPECT_EQ(NearestRank(4, 1, 2), 2u);
  EXPECT_EQ(NearestRank(5, 1, 2), 3u);
  EXPECT_EQ(NearestRank(100, 95, 100), 95u);
  EXPECT_EQ(NearestRank(101, 95, 100), 96u);
  EXPECT_EQ(NearestRank(uint64_t{1} << 63, 1, 2), uint64_t{1} << 62);
  EXPECT_EQ(NearestRank(UINT64_MAX, 1, 1), UINT64_MAX);
}

TEST(DurationHistogramTest, EmptyHasNothing) {
  const DurationHistogram histogram;
  EXPECT_EQ(histogram.Row().count, 0u);
  EXPECT_EQ(histogram.max_us(), 0);
  EXPECT_EQ(QuantileOf(histogram, 1, 2), 0);
  DurationHistogram merged;
  merged.Merge(histogram);
  EXPECT_EQ(merged.Row().count, 0u);
}

TEST(DurationHistogramTest, OneDurationIsEveryQuantile) {
  for (const int64_t duration : {int64_t{0}, int64_t{1}, int64_t{129}, int64_t{1} << 62, INT64_MAX}) {
    ExpectQuantilesOf({duration});
  }
}

TEST(DurationHistogramTest, ZeroOneAndTheLargestTogether) {
  const DurationHistogram histogram = HistogramOf({int64_t{1} << 62, 0, 1, 0});
  EXPECT_EQ(QuantileOf(histogram, 1, 2), 0);
  EXPECT_EQ(QuantileOf(histogram, 3, 4), 1);
  EXPECT_EQ(histogram.max_us(), int64_t{1} << 62);
  ExpectWithin1Percent(QuantileOf(histogram, 1, 1), int64_t{1} << 62);
}

TEST(DurationHistogramTest, QuantilesAreWithinOnePercentOfTheSortedDurations) {
  std::mt19937_64 random(7);
  std::lognormal_distribution<double> served(10, 2.5);  // a median of 22 ms, one in a thousand over 50 s
  for (const size_t size : {2, 3, 19, 20, 100, 1000, 50'000}) {
    std::vector<int64_t> durations(size);
    for (int64_t& duration : durations) duration = static_cast<int64_t>(served(random));
    SCOPED_TRACE(size);
    ExpectQuantilesOf(durations);
    for (int64_t& duration : durations) duration = static_cast<int64_t>(random() >> (1 + random() % 63));
    ExpectQuantilesOf(durations);
  }
}

TEST(DurationHistogramTest, TheRowHasTheQuantilesThatItNames) {
  DurationHistogram histogram;
  for (int64_t i = 1; i <= 100; ++i) histogram.Add(i);
  const DurationRow row = histogram.Row();
  EXPECT_EQ(row.count, 100u);
  EXPECT_EQ(row.p50_us, 50);
  EXPECT_EQ(row.p90_us, 90);
  EXPECT_EQ(row.p95_us, 95);
  EXPECT_EQ(row.p99_us, 99);
  EXPECT_EQ(row.p999_us, 100);
  EXPECT_EQ(row.max_us, 100);
}

TEST(DurationHistogramTest, MergedPartsInAnyOrderEqualTheWhole) {
  std::mt19937_64 random(8);
  std::vector<int64_t> durations(3000);
  for (int64_t& duration : durations) duration = static_cast<int64_t>(random() >> (1 + random() % 63));
  const DurationHistogram whole = HistogramOf(durations);
  std::vector<DurationHistogram> parts(7);
  for (const int64_t duration : durations) parts[random() % 6].Add(duration);  // the last one stays empty
  for (const bool reversed : {false, true}) {
    if (reversed) std::reverse(parts.begin(), parts.end());
    DurationHistogram merged;
    for (const DurationHistogram& part : parts) merged.Merge(part);
    EXPECT_EQ(merged.Row().count, whole.Row().count);
    EXPECT_EQ(merged.max_us(), whole.max_us());
    for (uint64_t permille = 0; permille <= 1000; ++permille) {
      ASSERT_EQ(QuantileOf(merged, permille, 1000), QuantileOf(whole, permille, 1000));
    }
  }
}

}  // namespace
}  // namespace logstat
