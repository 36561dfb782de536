// The counts per key of one text column, of one worker: a table that fits the caches, flushed into the shared one.
//
//   KeyCounter counter(Field::kPath, &table, seed, local_bytes);
//   counter.Add(batch, selection);
//   counter.Flush();                 // before the worker ends; Add flushes by itself when it is full
//
// Who wants a word of each row's key (row_tags.h) gives a TagFunction: it is asked when a key is new to this table, and
// Add() then writes the word beside each row.
//
// This is the innermost loop of the program. What makes it fast (ns per row, see bench/aggregate_bench.cc):
//   * an entry is one cache line: counters, the first 20 bytes of the key, and the rest of a longer key elsewhere;
//   * entries lie in the order in which their keys first came, found through an index of 8 bytes a slot: the keys that
//     come often come early, so the busy entries share a few pages of memory instead of being strewn over all of it;
//   * rows go in chunks: first all hashes and prefetches, then all comparisons and updates;
//   * key bytes are read in words over the key's end and masked: no branch on the length;
//   * an entry counts all rows of its key; a row whose status is not the entry's own also goes on a list, which is an
//     addition and no branch (it would be guessed wrong for one row in six), and from there into a second table of
//     8 bytes for each pair of key and status. One table of such pairs alone has 2.7 times as many entries; a chain
//     of counts at each key costs several cache misses in a row where the pair's slot costs one that is prefetched.
//   * columns with few different keys (methods, hosts, agents, …) find their entry in a memo of 128 slots without
//   hashing.
// The table starts small and doubles up to its limit, so that an empty log costs nothing.
//
// Reading over a key's end needs readable bytes behind the block: 64, as Block promises.
// Not thread-safe; the KeyTable is shared and must outlive the counter.
#ifndef LOGSTAT_SRC_AGGREGATE_KEY_COUNTER_H_
#define LOGSTAT_SRC_AGGREGATE_KEY_COUNTER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "src/aggregate/distinct.h"
#include "src/aggregate/key_table.h"
#include "src/aggregate/key_words.h"
#include "src/aggregate/status_counts.h"
#include "src/base/hash.h"
#include "src/base/large_array.h"
#include "src/record/record_batch.h"
#include "src/record/row_tags.h"
#include "src/record/selection.h"

namespace logstat {

class KeyCounter {
 public:
  // `local_bytes`: most memory for the counter itself; the result does not depend on it.
  KeyCounter(Field field, KeyTable* table, TableSeed seed, uint64_t local_bytes, TagFunction tag_of = nullptr);

  // The selected rows number `first` to first + size - 1. With a TagFunction their tags are written to `tags`, unless
  // it is null.
  void Add(const RecordBatch& batch, const Selection& selection, size_t first, size_t size, KeyTag* tags = nullptr);
  void Add(const RecordBatch& batch, const Selection& selection) { Add(batch, selection, 0, selection.size()); }

  // All selected rows, none of which has the field: most logs have no host.
  void AddMissing(const RecordBatch& batch, const Selection& selection);

  // Moves all counts into the shared table. May be called at any time.
  void Flush();

  Field field() const { return field_; }
  bool is_tagged() const { return tag_of_ != nullptr; }

  // How many different keys were flushed, within DistinctCounter::kStandardError.
  const DistinctCounter& distinct() const { return distinct_; }

 private:
  static constexpr size_t kChunkRows = 128;
  static constexpr size_t kMinSlots = 1024;

  // A place in the index. Free if `hash` is 0, which no key's hash is.
  struct Slot {
    uint32_t hash;
    uint32_t entry;
  };
  // One key. `meta` is hash << 32 | status << 16 | size; the status is the one that came first.
  struct alignas(64) Entry {
    uint64_t meta;
    uint32_t count;  // over all statuses
    uint32_t node;   // only while flushing: the first of its nodes, 0: none
    uint64_t bytes;
    TimeSpan span;
    KeyWords words;  // keys longer than these: words.tail is where the whole key begins in tails_

    uint32_t hash() const { return static_cast<uint32_t>(meta >> 32); }
    uint16_t status() const { return static_cast<uint16_t>(meta >> 16); }
    size_t size() const { return meta & 0xFFFF; }
  };

  // A key in hand.
  struct Probe {
    const char* key;
    uint64_t meta;
    KeyWords words;
  };
  // How often a key had a status that is not its entry's; `pair` is the entry's number << kStatusBits | status. Free if
  // count is 0.
  struct PairCount {
    uint32_t pair;
    uint32_t count;
  };
  // The same while flushing, chained from its entry.
  struct Node {
    uint32_t count;
    uint32_t next;
    uint16_t status;
  };
  static constexpr uint32_t kStatusBits = 10;
  // The entries by partition: those of partition p are entries[begin[p]] to entries[begin[p + 1] - 1].
  struct FlushOrder {
    std::array<uint32_t, KeyTable::kPartitions + 1> begin{};
    std::vector<uint32_t> entries;
  };

  // The rows [first, first + rows) of a selection; kRange: the selection is a range, so that row numbers are places.
  template <bool kRange>
  void AddChunk(const RecordBatch& batch, const Selection& selection, size_t first, size_t rows);
  template <bool kRange>
  void HashChunk(const RecordBatch& batch, const Selection& selection, size_t first, size_t rows);
  void LocateEntries(size_t rows);
  void PrefetchTails(size_t rows);
  template <bool kRange, bool kTimesAndBytes>
  void CountChunk(const RecordBatch& batch, const Selection& selection, size_t first, size_t rows);
  template <bool kRange>
  void CountFew(const RecordBatch& batch, const Selection& selection, size_t first, size_t rows);
  void AddSlow(const RecordBatch& batch, size_t row, size_t i);
  void Tag(size_t i, const Entry* entry) {
    if (chunk_tags_ != nullptr) chunk_tags_[i] = tags_[static_cast<size_t>(entry - entries_.data())];
  }
  Entry* Count(const Probe& probe, int64_t time_ms, int64_t bytes);
  void CountIn(Entry* entry, uint32_t status, int64_t time_ms, int64_t bytes);
  Entry* CountLocated(size_t i, int64_t time_ms, int64_t bytes);
  bool IsOf(const Entry& entry, const Probe& probe) const;
  Entry* Find(const Probe& probe);
  Entry* Insert(const Probe& probe);
  Probe MakeProbe(const char* key, size_t size, uint16_t status) const;
  bool Full(size_t key_size) const;
  void MakeRoom(size_t key_size);
  void PutSlot(Slot slot);
  void GrowTo(size_t slots);
  void GrowTails(size_t size);
  void SettlePairs();
  void GrowPairs();
  size_t PairSlot(uint32_t pair) const { return (pair * 0x9E3779B1u) >> pair_shift_; }
  PairCount* FindPair(uint32_t pair);
  void ChainPairs();
  FlushOrder SortByPartition();
  void FlushPartition(const FlushOrder& order, size_t partition, const KeyPartition& main, const KeyPartition& failing);
  void FlushEntry(const Entry& entry, size_t partition);
  std::string_view KeyOf(const Entry& entry) const;

  Field field_;
  KeyTable* table_;
  KeyHasher hasher_;
  const TagFunction tag_of_;          // null: nobody wants one
  KeyTag* chunk_tags_ = nullptr;      // where those of the chunk in hand go
  const bool few_keys_;               // methods, hosts, agents, …: found again without hashing
  std::array<uint32_t, 128> memo_{};  // entries of keys seen lately, by a weak hash; each use compares the key
  size_t max_slots_;
  size_t max_tail_bytes_;
  LargeArray<Slot> slots_;
  uint32_t mask_ = 0;          // number of slots - 1
  LargeArray<Entry> entries_;  // room for as many as slots_ may hold
  LargeArray<KeyTag> tags_;    // of the entries; none without a TagFunction
  size_t used_ = 0;            // entries in use
  LargeArray<char> tails_;     // with kReadBytes behind those used
  size_t tails_used_ = 0;
  LargeArray<PairCount> pairs_;
  uint32_t pair_shift_ = 32;  // 32 - log2 of their number
  size_t pairs_used_ = 0;
  std::vector<Node> nodes_;  // [0] is none
  std::array<Probe, kChunkRows> probes_;
  std::array<uint32_t, kChunkRows> located_{};    // the entries that probes_ seem to have
  std::array<uint32_t, kChunkRows + 1> pending_;  // pairs of rows that are not yet in pairs_
  size_t pending_size_ = 0;
  uint64_t rows_since_flush_ = 0;
  StatusCounts missing_;
  bool any_missing_ = false;
  DistinctCounter distinct_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_KEY_COUNTER_H_
