// How long requests took, per path: the worker's part and the shared part.
//
//   PathDurations shared(budget_bytes, workers, seed);
//   PathDurations::Worker worker(&shared);       // in each thread
//   worker.Add(batch, selection);
//   worker.Flush();                              // once at the end
//   shared.SortedPairs(partition);               // after the last flush: see slow_paths.h
//
// What is counted is pairs: how often a path took as long as a bucket of the histogram says (duration_histogram.h).
// A pair is 16 bytes and knows its path by a hash alone; the texts are in the key table of the paths. Most paths of a
// log come a few times, so their histograms are a few pairs each, and one table of pairs needs neither a node nor an
// array that grows per path.
//
// A table of all pairs fits no cache, and a row is not worth a miss. So a worker only appends to a buffer; a full
// buffer is parted into 256 by the path's hash (a counting sort), and each part goes into its own shared table at
// once, under its lock, asked for in advance. Costs per row: bench/aggregate_bench.cc, BM_PathDurations.
//
// **Memory.** When there are more pairs than the budget allows, everything is dropped for good. How many different
// pairs there are depends on the rows alone: whether there is an answer, and which one, is the same for any number of
// workers and any order. A sample of the paths instead would have to be one that does not miss the slow one.
//
// The hash has a fixed seed, so whoever can choose paths can make two of them share a histogram, which he could also do
// by asking for the other path. He cannot make the tables slow: the slot of a pair depends on a random seed.
//
// Thread-safe: any number of workers at the same time. The const functions only when no worker works.
#ifndef LOGSTAT_SRC_AGGREGATE_PATH_DURATIONS_H_
#define LOGSTAT_SRC_AGGREGATE_PATH_DURATIONS_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "src/aggregate/duration_histogram.h"
#include "src/aggregate/key_table.h"
#include "src/base/hash.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

// A path and a bucket: how often, and the longest of these durations.
class DurationPair {
 public:
  DurationPair() = default;
  DurationPair(uint64_t path_hash, int64_t duration_us);

  // The path, as the same function of its hash says; pairs are ordered by path, then by bucket.
  static uint64_t PathOf(uint64_t path_hash) { return path_hash << kBucketBits >> kBucketBits; }
  uint64_t path() const { return key_ >> kBucketBits; }
  uint32_t bucket() const { return static_cast<uint32_t>(key_ & ((uint64_t{1} << kBucketBits) - 1)); }

  uint64_t count() const { return packed_ >> kRestBits; }  // 0: no pair
  int64_t max_us() const;                                  // rounded down to 31 significant bits

  uint64_t key() const { return key_; }
  void Merge(DurationPair other);  // of the same key

 private:
  static constexpr unsigned kBucketBits = 12;
  static_assert(kDurationBuckets <= 1u << kBucketBits);
  // Of the maximum, the bits that the bucket does not tell. 40 bits are left for the count.
  static constexpr unsigned kRestBits = 24;
  static unsigned RestShift(uint32_t bucket);

  uint64_t key_ = 0;
  uint64_t packed_ = 0;  // count << kRestBits | rest of the maximum
};
static_assert(sizeof(DurationPair) == 16);

class PathDurations {
 public:
  static constexpr size_t kPartitions = KeyTable::kPartitions;

  // `budget_bytes`: most memory for the shared part and the buffers of `workers` workers, but for 64 KiB a worker.
  PathDurations(uint64_t budget_bytes, unsigned workers, TableSeed seed);

  // A path's hash; its partition is KeyTable::PartitionOf(hash).
  static uint64_t HashOf(std::string_view path) { return SketchHash(path); }

  class Worker {
   public:
    explicit Worker(PathDurations* shared) : shared_(shared) {}

    // Counts the selected rows that have a duration and a path of at most kMaxKeyBytes. The batch must have both
    // columns.
    void Add(const RecordBatch& batch, const Selection& selection);

    // Moves everything into the shared part. May be called at any time.
    void Flush();

   private:
    PathDurations* shared_;
    size_t used_ = 0;
    std::vector<DurationPair> pairs_;  // [0, used_); as large as the buffer once there was a duration
    std::vector<uint8_t> partitions_;  // of pairs_
    std::vector<DurationPair> parted_;
  };

  // There were more pairs than the budget allows: nothing is known of any path.
  bool left_out() const { return left_out_.load(std::memory_order_relaxed); }

  // The pairs of a partition, by path and then by bucket.
  std::vector<DurationPair> SortedPairs(size_t partition) const;

  // What the shared part takes now.
  uint64_t memory_bytes() const;

 private:
  // Open addressing; a slot is free if its count is 0. A cache line each, so that locks do not disturb each other.
  struct alignas(64) Partition {
    std::mutex mutex;
    std::vector<DurationPair> slots;
    size_t used = 0;
  };

  size_t SlotOf(uint64_t key, size_t slots) const { return ((key * multiplier_) >> 32) * slots >> 32; }
  void MergePartition(size_t partition, std::span<const DurationPair> pairs);
  void Insert(DurationPair pair, Partition* partition) const;
  void Grow(Partition* partition) const;
  void DropAll();

  const uint64_t max_pairs_;
  const size_t buffer_rows_;
  const uint64_t multiplier_;  // odd and random
  std::unique_ptr<Partition[]> partitions_;
  std::atomic<uint64_t> pairs_{0};
  std::atomic<bool> left_out_{false};
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_PATH_DURATIONS_H_
