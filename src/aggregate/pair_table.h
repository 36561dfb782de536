// A table of pairs: of a key and something else, and what is known of the two together.
//
//   PairTable<ClientPath> table(budget_bytes, workers, seed);
//   PairTable<ClientPath>::Worker worker(&table);      // in each thread
//   worker.Add(partition, pair);                       // merges it with what is known of the same key()
//   worker.Flush();                                    // once at the end
//   table.SortedPairs(partition);                      // after the last flush
//
// A Pair is a small value with key(), is_free() (true of Pair{} alone), Merge(pair of the same key) and rank(), a
// function of its key.
//
// A table of all pairs fits no cache, and a row is not worth a miss. So pairs that come often are merged in a small
// front of the worker's own; what that pushes out goes to a buffer, a full buffer is parted into 256 (a counting sort),
// and each part goes into its own shared table at once, under its lock, asked for in advance. Costs per row:
// bench/aggregate_bench.cc, BM_PathDurations and BM_ClientFacts.
//
// **Bounded, and the same for any order.** A table at level L keeps the pairs of a rank of at least L. When there are
// more pairs than the budget allows, the level rises. Where it ends depends on the set of pairs alone, for the pairs of
// a higher rank are among those of a lower one: it is the first level at which all of them fit. What rank() says
// decides what is lost: a rank like the zeros that a random number begins with keeps every second pair, a constant
// keeps none.
//
// Memory: the budget, but for 128 KiB a worker. Where a pair lies depends on the seed, so that nobody can aim at a
// place; no answer does. Thread-safe: any number of workers at the same time. The const functions only when no worker
// works.
#ifndef LOGSTAT_SRC_AGGREGATE_PAIR_TABLE_H_
#define LOGSTAT_SRC_AGGREGATE_PAIR_TABLE_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "src/base/hash.h"

namespace logstat {

template <typename Pair>
class PairTable {
 public:
  static constexpr size_t kPartitions = 256;
  static constexpr unsigned kMostRank = 64;

  PairTable(uint64_t budget_bytes, unsigned workers, TableSeed seed)
      : max_pairs_((budget_bytes - budget_bytes / kBufferPart) / kBytesPerPair),
        buffer_rows_(std::clamp<size_t>(budget_bytes / kBufferPart / std::max(1u, workers) / (2 * sizeof(Pair) + 1),
                                        kMinBufferRows, kMaxBufferRows)),
        multiplier_(TableHash(nullptr, 0, seed) | 1),
        partitions_(new Partition[kPartitions]) {}

  class Worker {
   public:
    explicit Worker(PairTable* shared) : shared_(shared) {}

    void Add(size_t partition, const Pair& pair) {
      if (pair.rank() < shared_->level()) return;
      if (front_.empty()) Allocate();
      __builtin_prefetch(&front_[FrontSlot(pair.key())], 1);
      waiting_[waiting_size_] = pair;
      waiting_partitions_[waiting_size_] = static_cast<uint8_t>(partition);
      if (++waiting_size_ == kWaiting) MergeWaiting();
    }

    // Moves everything into the shared table. May be called at any time.
    void Flush() {
      MergeWaiting();
      for (size_t i = 0; i < front_.size(); ++i) {
        if (!front_[i].is_free()) PushOut(i);
        front_[i] = Pair{};
      }
      FlushBuffer();
    }

   private:
    static constexpr unsigned kFrontBits = 12;
    static constexpr uint64_t kFrontMultiplier = 0x9E3779B97F4A7C15;
    static constexpr size_t kWaiting = 32;

    static size_t FrontSlot(uint64_t key) { return (key * kFrontMultiplier) >> (64 - kFrontBits); }
    void Allocate() {
      front_.resize(size_t{1} << kFrontBits);
      front_partitions_.resize(front_.size());
      pairs_.resize(shared_->buffer_rows_);
      parted_.resize(pairs_.size());
      pair_partitions_.resize(pairs_.size());
    }
    void MergeWaiting() {
      for (size_t i = 0; i < waiting_size_; ++i) Merge(waiting_partitions_[i], waiting_[i]);
      waiting_size_ = 0;
    }
    void Merge(uint8_t partition, const Pair& pair) {
      const size_t i = FrontSlot(pair.key());
      Pair& front = front_[i];
      if (front.key() == pair.key() && !front.is_free()) {
        front.Merge(pair);
        return;
      }
      if (!front.is_free()) PushOut(i);
      front = pair;
      front_partitions_[i] = partition;
    }
    void PushOut(size_t i) {
      if (used_ == pairs_.size()) FlushBuffer();
      pairs_[used_] = front_[i];
      pair_partitions_[used_++] = front_partitions_[i];
    }
    void FlushBuffer();

    PairTable* shared_;
    std::array<Pair, kWaiting> waiting_;  // until their places in the front are at hand: its 128 KiB fit no first cache
    std::array<uint8_t, kWaiting> waiting_partitions_;
    size_t waiting_size_ = 0;
    std::vector<Pair> front_;
    std::vector<uint8_t> front_partitions_;
    size_t used_ = 0;
    std::vector<Pair> pairs_;               // [0, used_)
    std::vector<uint8_t> pair_partitions_;  // of pairs_
    std::vector<Pair> parted_;
  };

  // 0: all pairs are there.
  unsigned level() const { return level_.load(std::memory_order_relaxed); }

  // Nothing was ever added.
  bool empty() const { return pairs_ == 0 && level() == 0; }

  // By key.
  std::vector<Pair> SortedPairs(size_t partition) const;

  // What the shared table takes now.
  uint64_t memory_bytes() const {
    uint64_t bytes = kPartitions * sizeof(Partition);
    for (size_t i = 0; i < kPartitions; ++i) bytes += partitions_[i].slots.capacity() * sizeof(Pair);
    return bytes;
  }

 private:
  static constexpr uint64_t kBufferPart = 8;  // of the budget, for the workers' buffers
  // Tables grow by half when they are three quarters full, so a pair takes at most two slots.
  static constexpr uint64_t kBytesPerPair = 2 * sizeof(Pair);
  static constexpr size_t kFirstSlots = 32;
  // A larger buffer meets each shared table less often, with more pairs for it: 64 Ki pairs are 256 for each.
  static constexpr size_t kMaxBufferRows = size_t{1} << 16;
  static constexpr size_t kMinBufferRows = size_t{1} << 11;

  // Open addressing. A cache line each, so that locks do not disturb each other.
  struct alignas(64) Partition {
    std::mutex mutex;
    std::vector<Pair> slots;
    size_t used = 0;
  };

  size_t SlotOf(uint64_t key, size_t slots) const { return ((key * multiplier_) >> 32) * slots >> 32; }
  void MergePartition(size_t partition, std::span<const Pair> pairs);
  void Insert(Pair pair, Partition* partition) const;
  void Rebuild(size_t slots, unsigned level, Partition* partition) const;
  void RaiseLevel();

  const uint64_t max_pairs_;
  const size_t buffer_rows_;
  const uint64_t multiplier_;  // odd and random
  std::unique_ptr<Partition[]> partitions_;
  std::atomic<uint64_t> pairs_{0};  // changed under a partition's lock only, so that it is never less than none
  std::mutex level_mutex_;          // held while the level rises
  std::atomic<unsigned> level_{0};
};

template <typename Pair>
void PairTable<Pair>::Worker::FlushBuffer() {
  std::array<uint32_t, kPartitions + 1> begin{};
  for (size_t i = 0; i < used_; ++i) ++begin[pair_partitions_[i] + 1];
  for (size_t i = 0; i < kPartitions; ++i) begin[i + 1] += begin[i];
  std::array<uint32_t, kPartitions + 1> next = begin;
  for (size_t i = 0; i < used_; ++i) parted_[next[pair_partitions_[i]]++] = pairs_[i];
  for (size_t i = 0; i < kPartitions; ++i) {
    if (begin[i] == begin[i + 1]) continue;
    shared_->MergePartition(i, std::span(parted_).subspan(begin[i], begin[i + 1] - begin[i]));
  }
  used_ = 0;
}

template <typename Pair>
void PairTable<Pair>::MergePartition(size_t partition, std::span<const Pair> pairs) {
  constexpr size_t kAhead = 16;  // pairs whose slots are asked for in advance
  Partition& into = partitions_[partition];
  {
    const std::lock_guard lock(into.mutex);
    const unsigned level = this->level();  // the lock orders this before RaiseLevel() comes here or after it
    const size_t used = into.used;
    for (size_t i = 0; i < pairs.size(); ++i) {
      if (i + kAhead < pairs.size() && !into.slots.empty()) {
        __builtin_prefetch(&into.slots[SlotOf(pairs[i + kAhead].key(), into.slots.size())], 1);
      }
      if (pairs[i].rank() >= level) Insert(pairs[i], &into);
    }
    pairs_ += into.used - used;
  }
  if (pairs_ > max_pairs_) RaiseLevel();
}

template <typename Pair>
void PairTable<Pair>::Insert(Pair pair, Partition* partition) const {
  if ((partition->used + 1) * 4 > partition->slots.size() * 3) {
    Rebuild(std::max(kFirstSlots, partition->slots.size() * 3 / 2), 0, partition);
  }
  std::vector<Pair>& slots = partition->slots;
  size_t i = SlotOf(pair.key(), slots.size());
  while (!slots[i].is_free()) {
    if (slots[i].key() == pair.key()) return slots[i].Merge(pair);
    i = i + 1 == slots.size() ? 0 : i + 1;
  }
  slots[i] = pair;
  ++partition->used;
}

// Into a table of so many slots, without the pairs of a lower rank. There must be room for all: pairs come in the order
// of their slots, and in a table that grows meanwhile they would crowd its beginning.
template <typename Pair>
void PairTable<Pair>::Rebuild(size_t slots, unsigned level, Partition* partition) const {
  std::vector<Pair> from(slots);
  from.swap(partition->slots);
  partition->used = 0;
  for (const Pair& pair : from) {
    if (!pair.is_free() && pair.rank() >= level) Insert(pair, partition);
  }
}

template <typename Pair>
void PairTable<Pair>::RaiseLevel() {
  const std::lock_guard lock(level_mutex_);
  while (pairs_ > max_pairs_ && level() < kMostRank) {
    const unsigned level = this->level() + 1;
    level_.store(level, std::memory_order_relaxed);
    for (size_t i = 0; i < kPartitions; ++i) {
      Partition& partition = partitions_[i];
      const std::lock_guard partition_lock(partition.mutex);
      const size_t used = partition.used;
      const size_t kept =
          static_cast<size_t>(std::count_if(partition.slots.begin(), partition.slots.end(),
                                            [&](const Pair& pair) { return !pair.is_free() && pair.rank() >= level; }));
      Rebuild(2 * kept, level, &partition);
      pairs_ -= used - partition.used;
    }
  }
}

template <typename Pair>
std::vector<Pair> PairTable<Pair>::SortedPairs(size_t partition) const {
  std::vector<Pair> pairs;
  pairs.reserve(partitions_[partition].used);
  for (const Pair& pair : partitions_[partition].slots) {
    if (!pair.is_free()) pairs.push_back(pair);
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.key() < b.key(); });
  return pairs;
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_PAIR_TABLE_H_
