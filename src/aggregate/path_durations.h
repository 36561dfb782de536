// How long requests took, per path: the worker's part and the shared part.
//
//   PathDurations shared(budget_bytes, workers, seed);
//   PathDurations::Worker worker(&shared);       // in each thread
//   worker.Add(batch, selection);
//   worker.Flush();                              // once at the end
//   shared.SortedPairs(partition);               // after the last flush: see slow_paths.h
//
// What is counted is pairs (pair_table.h): how often a path took as long as a bucket of the histogram says
// (duration_histogram.h). A pair is 16 bytes and knows its path by a hash alone; the texts are in the key table of the
// paths. Most paths of a log come a few times, so their histograms are a few pairs each, and one table of pairs needs
// neither a node nor an array that grows per path.
//
// **Memory.** When there are more pairs than the budget allows, everything is dropped for good: a sample of the pairs
// would have to be one that does not miss the slow ones. How many different pairs there are depends on the rows alone:
// whether there is an answer, and which one, is the same for any number of workers and any order.
//
// The hash has a fixed seed, so whoever can choose paths can make two of them share a histogram, which he could also do
// by asking for the other path. He cannot make the tables slow: the slot of a pair depends on a random seed.
//
// Thread-safe: any number of workers at the same time. The const functions only when no worker works.
#ifndef LOGSTAT_SRC_AGGREGATE_PATH_DURATIONS_H_
#define LOGSTAT_SRC_AGGREGATE_PATH_DURATIONS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "src/aggregate/duration_histogram.h"
#include "src/aggregate/key_table.h"
#include "src/aggregate/pair_table.h"
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
  bool is_free() const { return count() == 0; }
  unsigned rank() const { return 0; }  // over the budget none is kept
  void Merge(DurationPair other);      // of the same key

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
  static constexpr size_t kPartitions = PairTable<DurationPair>::kPartitions;
  static_assert(kPartitions == KeyTable::kPartitions);

  // `budget_bytes`: most memory for the shared part and the buffers of `workers` workers, but for 128 KiB a worker.
  PathDurations(uint64_t budget_bytes, unsigned workers, TableSeed seed) : pairs_(budget_bytes, workers, seed) {}

  // A path's hash; its partition is KeyTable::PartitionOf(hash).
  static uint64_t HashOf(std::string_view path) { return SketchHash(path); }

  class Worker {
   public:
    explicit Worker(PathDurations* shared) : shared_(shared), pairs_(&shared->pairs_) {}

    // Counts the selected rows that have a duration and a path of at most kMaxKeyBytes. The batch must have both
    // columns.
    void Add(const RecordBatch& batch, const Selection& selection);

    // Moves everything into the shared part. May be called at any time.
    void Flush() { pairs_.Flush(); }

   private:
    PathDurations* shared_;
    PairTable<DurationPair>::Worker pairs_;
  };

  // There were more pairs than the budget allows: nothing is known of any path.
  bool left_out() const { return pairs_.level() != 0; }

  // The pairs of a partition, by path and then by bucket.
  std::vector<DurationPair> SortedPairs(size_t partition) const { return pairs_.SortedPairs(partition); }

  // What the shared part takes now.
  uint64_t memory_bytes() const { return pairs_.memory_bytes(); }

 private:
  PairTable<DurationPair> pairs_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_PATH_DURATIONS_H_
