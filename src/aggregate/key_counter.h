// The counts per key of one text column, of one worker: a table that fits the caches, flushed into the shared one.
//
//   KeyCounter counter(Field::kPath, &table, seed, local_bytes);
//   counter.Add(batch, selection);
//   counter.Flush();                 // before the worker ends; Add flushes by itself when it is full
//
// This is the innermost loop of the program. What makes it fast:
//   * an entry is one cache line: counters, the first 24 bytes of the key, and the rest of a longer key elsewhere;
//   * it counts a pair of key and status, so that no row asks "is this the key's usual status?" (a branch that is
//     wrong for one row in six); the shared table puts the pairs of a key together;
//   * rows go in chunks: first all hashes and prefetches, then all comparisons and updates;
//   * key bytes are read in words over the key's end and masked: no branch on the length.
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
#include "src/aggregate/key_text.h"
#include "src/aggregate/status_counts.h"
#include "src/base/hash.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

class KeyCounter {
 public:
  // `local_bytes`: most memory for the counter itself; the result does not depend on it.
  KeyCounter(Field field, KeyTable* table, TableSeed seed, uint64_t local_bytes);

  void Add(const RecordBatch& batch, const Selection& selection);

  // Moves all counts into the shared table. May be called at any time.
  void Flush();

  Field field() const { return field_; }

  // How many different keys were flushed, within DistinctCounter::kStandardError.
  const DistinctCounter& distinct() const { return distinct_; }

 private:
  static constexpr size_t kPrefixBytes = 24;
  static constexpr size_t kChunkRows = 256;
  static constexpr size_t kMinSlots = 1024;

  // One key with one status. `meta` is 0 if the slot is free, else hash << 32 | status << 16 | size of the key.
  struct alignas(64) Entry {
    uint64_t meta;
    uint32_t count;
    uint32_t tail;  // keys longer than the prefix: where the whole key begins in tails_
    uint64_t bytes;
    TimeSpan span;
    uint64_t prefix[kPrefixBytes / 8];  // zero after the key's end
  };
  static_assert(sizeof(Entry) == 64);

  // A key in hand: its stored bytes with at least kPrefixBytes readable, and what its entry must hold.
  struct Probe {
    const char* key;
    uint64_t meta;
  };

  template <typename RowOf>
  void AddChunk(const RecordBatch& batch, size_t rows, RowOf row_of);
  void AddSlow(const RecordBatch& batch, size_t row);
  void Count(Probe probe, int64_t time_ms, int64_t bytes);
  static void Update(Entry* entry, int64_t time_ms, int64_t bytes);
  Entry* Insert(Probe probe, const uint64_t* words);
  bool Full(size_t key_size) const;
  void MakeRoom(size_t key_size);
  void GrowTo(size_t slots);
  uint64_t Meta(const char* key, size_t size, uint16_t status) const;
  std::string_view KeyOf(const Entry& entry) const;

  Field field_;
  KeyTable* table_;
  TableSeed seed_;
  size_t max_slots_;
  size_t max_tail_bytes_;
  std::vector<Entry> entries_;
  uint64_t mask_ = 0;
  std::vector<uint32_t> used_;  // slots in the order of their first row
  std::vector<char> tails_;
  std::array<Probe, kChunkRows> probes_;
  uint64_t rows_since_flush_ = 0;
  StatusCounts missing_;
  bool any_missing_ = false;
  DistinctCounter distinct_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_KEY_COUNTER_H_
