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
// **Over the budget** the keys that are kept can be counted exactly in a second pass over the same rows:
//
//   table.BeginRecount();                        // KeyCounters flush into Recount() from here on
//   ...
//   if (table.EndRecount(statuses)) ...          // counts are exact, and what is listed is the same for any schedule
//
// A key that only one of the two parts kept is counted there with all of its statuses: whether it is listed may depend
// on either, and its row shows both.
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

  // How many different statuses there are of each kind.
  struct StatusKinds {
    uint64_t main = 0;
    uint64_t failing = 0;
  };

  // Calls function(main, failing) with the two parts of a partition while it is locked.
  template <typename Function>
  void WithPartition(size_t partition, Function function) {
    const std::lock_guard lock(partitions_[partition].mutex);
    function(partitions_[partition].main, partitions_[partition].failing);
  }

  // Adds what a worker counted for a key since its last flush: `counted` of status 001-399, or of the others. The parts
  // are those of the key's partition, which is locked.
  void Add(size_t partition, bool failing, const KeyDelta& counted) {
    KeyPartition& part = failing ? partitions_[partition].failing : partitions_[partition].main;
    if (recount_ == Recount::kNone) [[likely]] {
      part.Add(counted);
    } else {
      AddAgain(partition, failing, counted);
    }
  }

  // The second pass. EndRecount() is false if it did not see the rows of the first one or had no room: then the counts
  // are lost, and only keys remain.
  void BeginRecount();
  bool EndRecount(const StatusKinds& statuses);

  // The counts are those of a second pass: exact. Keys at or below the bounds are then those of one schedule, and
  // nothing that is printed may come from them.
  bool recounted() const { return recount_ == Recount::kDone; }

  // Adds the rows that have no key; in a second pass they are known already.
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
  // is the number of these, or what is known of it. After a second pass only for those above the bound.
  template <typename Function>
  void ForEachFailingKey(Function function) const;

  // Calls function(stored_key) for every key that is kept; after a second pass only for those above the bound.
  template <typename Function>
  void ForEachKeyText(Function function) const {
    const uint64_t least = recounted() ? bound() + 1 : 0;
    ForEachKey([&](const KeyView& view) {
      if (view.count() >= least) function(view.stored_key());
    });
  }

  // Every key that is not kept was counted at most so often; after a second pass this is a property of the rows alone.
  // 0: exact, nothing was dropped.
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
    uint64_t room = 0;  // for nodes of the second pass
  };
  enum class Recount : uint8_t { kNone, kRuns, kDone, kFailed };

  void AddAgain(size_t partition, bool failing, const KeyDelta& counted);

  std::unique_ptr<Partition[]> partitions_;
  std::mutex missing_mutex_;
  StatusCounts missing_;
  Recount recount_ = Recount::kNone;
};

template <typename Function>
void KeyTable::ForEachFailingKey(Function function) const {
  for (size_t i = 0; i < kPartitions; ++i) {
    const KeyPartition& failing = partitions_[i].failing;
    failing.ForEach([&](uint32_t, const KeyEntry& entry) {
      if (!recounted()) return function(entry.key(), entry.count);
      uint64_t rows = 0;  // it may have others, too
      failing.ForEachStatus(entry, [&](uint16_t s, uint64_t count) { rows += IsFailing(s) ? count : 0; });
      if (rows > failing.bound()) function(entry.key(), rows);
    });
  }
}

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
