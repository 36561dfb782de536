// The counts per key of one text column, shared by all workers: 256 partitions, each with its lock.
//
//   KeyTable table(budget_bytes);
//   KeyCounter counter(&table, seed, local_bytes);   // one per worker, see key_counter.h; flushes into the table
//   ...
//   table.ForEachKey([](const KeyView& key) { key.count(); });   // after the last flush
//
// A key's partition follows from SketchHash (fixed seed), its slot inside from TableHash (seeded): what is kept when
// memory is short does not depend on chance, and nobody can aim at a slot.
//
// **Failing rows have a part of their own** in each partition, with a quarter of the budget: what a worker counted for
// a key goes to `main` for status 001-399 and to `failing` for >= 400 and code 0 (bytes go to one of them, times to
// both). A key's counts are the sums over the two. So every row is counted once; within the budget both are exact, and
// every list ("top paths of 404", "failing clients") is read from them; over it, millions of distinct paths that
// answer 200 cannot push out the one that fails.
//
// Thread-safe: WithPartition and AddMissing. Everything else only when no worker adds any more. Allocates nothing
// before the first key.
#ifndef LOGSTAT_SRC_AGGREGATE_KEY_TABLE_H_
#define LOGSTAT_SRC_AGGREGATE_KEY_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>

#include "src/aggregate/key_partition.h"
#include "src/aggregate/status_counts.h"

namespace logstat {

// A row of a list: one key with all that is known of it. Valid as long as the table.
class KeyView {
 public:
  KeyView(const KeyPartition* main, const KeyEntry* main_entry, const KeyPartition* failing,
          const KeyEntry* failing_entry)
      : main_(main), failing_(failing), main_entry_(main_entry), failing_entry_(failing_entry) {}

  std::string_view stored_key() const { return (main_entry_ != nullptr ? main_entry_ : failing_entry_)->key(); }
  uint64_t count() const { return Count(main_entry_) + Count(failing_entry_); }
  uint64_t bytes() const {
    return (main_entry_ != nullptr ? main_entry_->bytes : 0) + (failing_entry_ != nullptr ? failing_entry_->bytes : 0);
  }
  TimeSpan span() const;
  // The true count lies in [count(), count() + error()]; the same of the statuses of one kind.
  uint64_t error() const { return main_error() + failing_error(); }
  uint64_t main_error() const { return main_entry_ != nullptr ? main_entry_->base : main_->offset(); }
  uint64_t failing_error() const { return failing_entry_ != nullptr ? failing_entry_->base : failing_->offset(); }
  bool has_failing() const { return failing_entry_ != nullptr; }

  // Calls function(status, count, error) for every status of the key.
  template <typename Function>
  void ForEachStatus(Function function) const {
    if (main_entry_ != nullptr) {
      main_->ForEachStatus(*main_entry_, [&](uint16_t s, uint64_t count) { function(s, count, main_error()); });
    }
    if (failing_entry_ != nullptr) {
      failing_->ForEachStatus(*failing_entry_,
                              [&](uint16_t s, uint64_t count) { function(s, count, failing_error()); });
    }
  }

 private:
  static uint64_t Count(const KeyEntry* entry) { return entry != nullptr ? entry->count : 0; }

  const KeyPartition* main_;
  const KeyPartition* failing_;
  const KeyEntry* main_entry_;
  const KeyEntry* failing_entry_;
};

class KeyTable {
 public:
  static constexpr size_t kPartitions = 256;

  // `budget_bytes`: most memory that the table takes, but for kMinCapacity per partition that it takes in any case.
  explicit KeyTable(uint64_t budget_bytes);

  static size_t PartitionOf(uint64_t sketch_hash) { return sketch_hash >> 56; }
  static bool IsFailing(uint16_t status) { return status >= 400 || status == 0; }

  // Calls function(main, failing) with the two parts of a partition while it is locked.
  template <typename Function>
  void WithPartition(size_t partition, Function function) {
    const std::lock_guard lock(partitions_[partition].mutex);
    function(partitions_[partition].main, partitions_[partition].failing);
  }

  // Adds the rows that have no key.
  void AddMissing(const StatusCounts& missing);
  const StatusCounts& missing() const { return missing_; }

  // Calls function(view) for every key that is kept, in no particular order.
  template <typename Function>
  void ForEachKey(Function function) const {
    for (size_t i = 0; i < kPartitions; ++i) ForEachKeyOf(i, function);
  }
  // The same for the keys of one partition.
  template <typename Function>
  void ForEachKeyOf(size_t partition, Function&& function) const;

  // Calls function(stored_key, rows) for every key that is kept of those with rows of a status >= 400 or code 0; `rows`
  // is the number of these, or what is known of it.
  template <typename Function>
  void ForEachFailingKey(Function function) const {
    for (size_t i = 0; i < kPartitions; ++i) {
      partitions_[i].failing.ForEach([&](uint32_t, const KeyEntry& entry) { function(entry.key(), entry.count); });
    }
  }

  // Every key that is not kept was counted at most so often. 0: exact, nothing was dropped.
  uint64_t bound() const;
  // The same for its rows with a status >= 400 or code 0, and for the others.
  uint64_t failing_bound() const;
  uint64_t main_bound() const;

  uint64_t memory_bytes() const;

 private:
  // A cache line each, so that neighbouring locks do not disturb each other.
  struct alignas(64) Partition {
    std::mutex mutex;
    KeyPartition main;
    KeyPartition failing;
  };

  std::unique_ptr<Partition[]> partitions_;
  std::mutex missing_mutex_;
  StatusCounts missing_;
};

template <typename Function>
void KeyTable::ForEachKeyOf(size_t partition, Function&& function) const {
  const KeyPartition& main = partitions_[partition].main;
  const KeyPartition& failing = partitions_[partition].failing;
  const bool any_failing = failing.keys() > 0;
  main.ForEach([&](uint32_t hash, const KeyEntry& entry) {
    function(KeyView(&main, &entry, &failing, any_failing ? failing.Find(hash, entry.key()) : nullptr));
  });
  failing.ForEach([&](uint32_t hash, const KeyEntry& entry) {
    if (main.Find(hash, entry.key()) == nullptr) function(KeyView(&main, nullptr, &failing, &entry));
  });
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_KEY_TABLE_H_
