// When the keys of a field failed: per key, how many of its rows with a status >= 400 or code 0 fell into each minute.
//
//   FailingMinutes minutes(budget_bytes, seed);                // one per field, shared
//   FailingMinutes::Buffer buffer(&minutes);                   // one per worker
//   buffer.Add(FailingMinutes::HashOf(stored_key), MinuteOf(time_ms));
//   buffer.Flush();                                            // at the end; Add flushes by itself when it is full
//   std::vector<KeySeries> series = minutes.Series(hashes);    // after the last flush
//
// Only failing rows come here, a few percent of a log. Texts are not kept: a key is known by its SketchHash, and
// whoever asks has the text from the key tables. A table entry is a pair of key and minute with its count: 12 bytes.
//
// **Bounded, and the same for any order.** A table with more pairs than the budget holds becomes coarser, step by step
// (kLevels): minutes become longer, then also keys are told apart by fewer bits of their hash, so that millions of
// paths that failed once each share a few places. Each level is a coarsening of the level before. The table ends at
// the first level at which the pairs of all rows fit, which depends on the set of rows alone, and its counts are plain
// sums. To coarsen, a worker takes the locks of all partitions; it happens seven times at most.
//
// Keys that share a place are added up: Series() then says more than the key's own rows. A caller that knows the true
// count compares (change_list.cc does). Within the first level two of a million keys share a place with a probability
// of 2^-38 per pair.
//
// HashOf, Merge (called by Flush) are thread-safe; Series() and memory_bytes() when no worker adds any more.
#ifndef LOGSTAT_SRC_AGGREGATE_FAILING_MINUTES_H_
#define LOGSTAT_SRC_AGGREGATE_FAILING_MINUTES_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "src/aggregate/minute_steps.h"
#include "src/base/hash.h"

namespace logstat {

// The failing rows of one key: non-empty steps, ascending.
struct KeySeries {
  struct Point {
    uint64_t step;
    uint64_t count;
  };
  uint64_t step_minutes = 1;
  std::vector<Point> points;
};

class FailingMinutes {
 public:
  // `budget_bytes`: most memory that the table takes, but for kLeastPairs that it has in any case. The seed decides
  // where a pair lies, so that nobody can aim at a place, and changes no answer.
  FailingMinutes(uint64_t budget_bytes, TableSeed seed);

  static uint64_t HashOf(std::string_view stored_key) { return SketchHash(stored_key); }

  struct Record {
    uint64_t hash;
    uint64_t minute;
  };

  // Counts each record as one row.
  void Merge(std::span<const Record> records);

  // The length of all series' steps.
  uint64_t step_minutes() const { return kMinuteSteps[kLevels[level_].step]; }

  // The series of each of these keys, in their order; keys that never failed have no points.
  std::vector<KeySeries> Series(std::span<const uint64_t> hashes) const;

  uint64_t memory_bytes() const;

  // Records of one worker. Not thread-safe.
  class Buffer {
   public:
    explicit Buffer(FailingMinutes* shared) : shared_(shared) {}

    void Add(uint64_t hash, uint64_t minute) {
      if (records_.size() == kRecords) Flush();
      records_.push_back(Record{hash, minute});
    }
    void Flush() {
      shared_->Merge(records_);
      records_.clear();
    }

   private:
    static constexpr size_t kRecords = 16'384;  // 64 for each lock

    FailingMinutes* shared_;
    std::vector<Record> records_;
  };

 private:
  static constexpr size_t kPartitions = 256;
  static constexpr size_t kMinSlots = 16;  // of a partition that has a pair
  static constexpr size_t kLeastPairs = 4096;
  static constexpr uint64_t kPairBytes = 32;  // a slot of 12 bytes at a load of 3/8 to 3/4

  struct Level {
    size_t step;        // in kMinuteSteps
    unsigned key_bits;  // of the hash, besides those that chose the partition
  };
  static constexpr std::array<Level, 8> kLevels = {{{0, 30}, {1, 30}, {1, 6}, {2, 6}, {3, 4}, {4, 4}, {6, 0}, {7, 0}}};

  static constexpr unsigned kMinuteBits = 34;
  static constexpr uint64_t kMinuteMask = (uint64_t{1} << kMinuteBits) - 1;
  static_assert(kMinutesPossible <= kMinuteMask);

  // A hash table of pairs: key << kMinuteBits | step. A place is free if its count is 0.
  class alignas(64) Partition {
   public:
    std::mutex mutex;

    void Add(uint64_t pair, uint32_t count, uint64_t multiplier);
    size_t pairs() const { return used_; }
    uint64_t memory_bytes() const { return pairs_.size() * (sizeof(uint64_t) + sizeof(uint32_t)); }

    // Puts every pair where function(pair) says, into a table of `slots`.
    template <typename Function>
    void Rebuild(size_t slots, uint64_t multiplier, Function function) {
      const std::vector<uint64_t> pairs = std::exchange(pairs_, std::vector<uint64_t>(slots));
      const std::vector<uint32_t> counts = std::exchange(counts_, std::vector<uint32_t>(slots));
      used_ = 0;
      for (size_t i = 0; i < pairs.size(); ++i) {
        if (counts[i] != 0) Add(function(pairs[i]), counts[i], multiplier);
      }
    }

    // Calls function(pair, count) for every pair, in no particular order.
    template <typename Function>
    void ForEach(Function function) const {
      for (size_t i = 0; i < pairs_.size(); ++i) {
        if (counts_[i] != 0) function(pairs_[i], counts_[i]);
      }
    }

   private:
    std::vector<uint64_t> pairs_;
    std::vector<uint32_t> counts_;  // saturating
    size_t used_ = 0;
  };

  // The key of a pair: bits of the hash behind those that chose the partition.
  uint64_t KeyOf(uint64_t hash) const { return ((hash << 8) >> 34) >> (30 - kLevels[level_].key_bits); }
  void Coarsen();

  const size_t max_pairs_;
  const uint64_t multiplier_;  // odd
  std::unique_ptr<Partition[]> partitions_;
  std::atomic<size_t> pairs_ = 0;  // over all partitions
  std::shared_mutex level_mutex_;  // held shared while pairs are added, alone while the level changes
  size_t level_ = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_FAILING_MINUTES_H_
