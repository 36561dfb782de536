// How long requests took: a histogram whose quantiles are within 1 % of those of the sorted durations.
//
//   DurationHistogram histogram;
//   histogram.Add(duration_us);
//   histogram.Merge(other);
//   report.durations.overall = histogram.Row();
//
// **A bucket** is an exponent and the first seven bits of the number, the way a floating-point number is written: an
// octave has 64 buckets of equal width. Up to 127 µs a bucket is one microsecond, so small durations are exact. From
// there on it is 2^s wide and begins at 2^s times 64 to 127; what is printed is its middle, at most half a width away
// from every duration in it: a relative error of at most 1/128 = 0.79 %. Everything is integer arithmetic, so that the
// same log gives the same digits on every machine. HdrHistogram (G. Tene) lays its buckets out in this way; buckets of
// equal ratio (DDSketch) would be 44 instead of 64 an octave, but need a logarithm per duration.
//
// **A quantile** is by nearest rank: with n durations in order, the one at place ceil(p n), counted from 1. A quantile
// is never above the maximum, which is kept exactly. A sum of counters does not depend on their order, so neither
// does anything here: merging is commutative and associative.
//
// Durations are microseconds; a negative one is "none" and must not be added. 30 KiB once something was added, nothing
// before. Values; not thread-safe.
#ifndef LOGSTAT_SRC_AGGREGATE_DURATION_HISTOGRAM_H_
#define LOGSTAT_SRC_AGGREGATE_DURATION_HISTOGRAM_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "logstat/report.h"

namespace logstat {

// The bucket of a duration of at least 0.
inline constexpr unsigned kDurationBits = 7;  // of a duration that its bucket tells, the leading one included
constexpr uint32_t DurationBucket(int64_t duration_us) {
  const uint64_t value = static_cast<uint64_t>(duration_us);
  const unsigned width = static_cast<unsigned>(std::bit_width(value | ((1u << kDurationBits) - 1)));
  const unsigned shift = width - kDurationBits;
  return static_cast<uint32_t>((shift << (kDurationBits - 1)) + (value >> shift));
}
inline constexpr size_t kDurationBuckets = DurationBucket(INT64_MAX) + 1;

// How many bits of a duration its bucket does not tell, the least duration of the bucket, and its middle.
constexpr unsigned DurationBucketShift(uint32_t bucket) {
  const uint32_t octave = bucket >> (kDurationBits - 1);
  return octave == 0 ? 0 : octave - 1;
}
constexpr int64_t DurationBucketBegin(uint32_t bucket) {
  const unsigned shift = DurationBucketShift(bucket);
  return static_cast<int64_t>(bucket - (shift << (kDurationBits - 1))) << shift;
}
constexpr int64_t DurationBucketMiddle(uint32_t bucket) {
  return DurationBucketBegin(bucket) + (int64_t{1} << DurationBucketShift(bucket)) / 2;
}

// The place of a quantile in `count` ordered durations, from 1: ceil(count * numerator / denominator), without
// overflow.
constexpr uint64_t NearestRank(uint64_t count, uint64_t numerator, uint64_t denominator) {
  const uint64_t rank =
      count / denominator * numerator + (count % denominator * numerator + denominator - 1) / denominator;
  return std::max<uint64_t>(rank, 1);
}

// How many durations are in a bucket. A histogram of few durations is a short list of these, ascending by bucket; the
// functions below take such a list and the exact maximum.
struct DurationBucketCount {
  uint32_t bucket;
  uint64_t count;
};

// The duration below or at which numerator / denominator of all are; 0 if there is none.
int64_t DurationQuantile(std::span<const DurationBucketCount> buckets, int64_t max_us, uint64_t numerator,
                         uint64_t denominator);

// The quantiles that a report shows.
DurationRow MakeDurationRow(std::span<const DurationBucketCount> buckets, int64_t max_us);

class DurationHistogram {
 public:
  void Add(int64_t duration_us) {
    if (counts_.empty()) [[unlikely]]
      counts_.resize(kDurationBuckets);
    ++counts_[DurationBucket(duration_us)];
    max_us_ = std::max(max_us_, duration_us);
  }

  void Merge(const DurationHistogram& other);

  // The buckets that hold something, ascending.
  std::vector<DurationBucketCount> Buckets() const;
  int64_t max_us() const { return max_us_; }  // 0 if empty

  DurationRow Row() const { return MakeDurationRow(Buckets(), max_us_); }

 private:
  std::vector<uint64_t> counts_;  // by bucket; empty until the first duration
  int64_t max_us_ = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_DURATION_HISTOGRAM_H_
