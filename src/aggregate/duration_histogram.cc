#include "src/aggregate/duration_histogram.h"

namespace logstat {
namespace {

uint64_t CountOf(std::span<const DurationBucketCount> buckets) {
  uint64_t count = 0;
  for (const DurationBucketCount& bucket : buckets) count += bucket.count;
  return count;
}

}  // namespace

int64_t DurationQuantile(std::span<const DurationBucketCount> buckets, int64_t max_us, uint64_t numerator,
                         uint64_t denominator) {
  uint64_t left = NearestRank(CountOf(buckets), numerator, denominator);
  for (const DurationBucketCount& bucket : buckets) {
    if (left <= bucket.count) return std::min(DurationBucketMiddle(bucket.bucket), max_us);
    left -= bucket.count;
  }
  return 0;
}

DurationRow MakeDurationRow(std::span<const DurationBucketCount> buckets, int64_t max_us) {
  const auto quantile = [&](uint64_t numerator, uint64_t denominator) {
    return DurationQuantile(buckets, max_us, numerator, denominator);
  };
  DurationRow row;
  row.count = CountOf(buckets);
  row.p50_us = quantile(1, 2);
  row.p90_us = quantile(9, 10);
  row.p95_us = quantile(95, 100);
  row.p99_us = quantile(99, 100);
  row.p999_us = quantile(999, 1000);
  row.max_us = max_us;
  return row;
}

void DurationHistogram::Merge(const DurationHistogram& other) {
  if (other.counts_.empty()) return;
  counts_.resize(kDurationBuckets);
  for (size_t i = 0; i < kDurationBuckets; ++i) counts_[i] += other.counts_[i];
  max_us_ = std::max(max_us_, other.max_us_);
}

std::vector<DurationBucketCount> DurationHistogram::Buckets() const {
  std::vector<DurationBucketCount> buckets;
  for (size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] != 0) buckets.push_back(DurationBucketCount{static_cast<uint32_t>(i), counts_[i]});
  }
  return buckets;
}

}  // namespace logstat
