// One of the 256 parts of a key table: keys with their counts, exact until they no longer fit, then the heaviest ones.
//
//   KeyPartition partition;
//   partition.SetCapacity(bytes);
//   partition.Add(delta);                        // what a worker counted for one key
//   if (const KeyEntry* entry = partition.Find(hash, key)) entry->count;
//   partition.offset();                          // 0: exact
//
// **Capacity** is in bytes of entry plus key plus index and depends on nothing else, so whether the partition is exact
// is a property of the set of rows, not of threads, order or seed.
//
// **Over capacity** the partition becomes the summary of J. Misra and D. Gries, "Finding repeated elements" (1982), in
// the batch form of P. Agarwal et al., "Mergeable summaries" (PODS 2012): the largest counters that fit into half of
// the capacity stay, the first one that does not is subtracted from all. Nothing is really subtracted: `offset()` is
// the sum of what should have been, and an entry remembers the offset at which it came in (`base`). With m = the
// fewest entries that a reduction let stay and N = the rows counted:
//   * offset() <= N / (m + 1);
//   * a key that is not here was counted at most offset() times;
//   * the true count of a key that is here lies in [count, count + base]; so does each of its per-status counts.
//
// **Counted again.** If the rows can be read twice, the keys that are here are counted exactly in a second pass:
//
//   partition.Freeze();                          // the keys stay, their counts start at 0
//   partition.NoteRows(delta);                   // every key of the part, kept or not
//   partition.Recount(delta, &room);             // counts it if it was kept, and says whether it was
//   partition.SawTheSameRows();                  // at the end; then
//   partition.EndRecount(bound);                 // the counts are exact
//
// No key is inserted. A kept key may need a node for a status that it had only before it came in: `room` is what is
// left of the capacities of both parts of a partition for these, of which the last reduction freed half; a node that
// does not fit makes SawTheSameRows() false.
//
// Entry, key and per-status nodes lie in chunks that are never moved: no slack of doubling arrays, and one key is one
// or two cache lines. Not thread-safe: the table locks. Entries live until the next Add().
#ifndef LOGSTAT_SRC_AGGREGATE_KEY_PARTITION_H_
#define LOGSTAT_SRC_AGGREGATE_KEY_PARTITION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "src/aggregate/time_span.h"

namespace logstat {

struct StatusCount {
  uint16_t status;
  uint64_t count;
};

// What one worker counted for a key since its last flush.
struct KeyDelta {
  std::string_view key;                   // stored form, see key_text.h
  uint32_t hash = 0;                      // 32 bits of the seeded hash of the key
  std::span<const StatusCount> statuses;  // at least one, each once
  uint64_t bytes = 0;
  TimeSpan span;
};

// A key and its counts. The status that came first has its count here, others are nodes in the same chunks.
struct KeyEntry {
  uint64_t count;  // over all statuses
  uint64_t bytes;
  TimeSpan span;
  uint64_t status_count;  // of `status`
  uint32_t base;          // how many rows of this key may have been forgotten before it came in; saturates
  uint32_t others;        // first node of the other statuses; 0: none
  uint16_t status;
  uint16_t key_size;  // the key follows
  char key_begin[4];

  std::string_view key() const { return {key_begin, key_size}; }
};
static_assert(sizeof(KeyEntry) == 56);

// What was added to a partition, of keys that were dropped, too: the same for the same rows in any order.
struct AddedRows {
  uint64_t rows = 0;
  uint64_t charge = 0;    // of each row, what its key takes with a single status; in bytes
  uint64_t checksum = 0;  // over keys and statuses

  bool operator==(const AddedRows&) const = default;
};

// A key that was counted exactly, as the bound needs it (key_bound.h).
struct WeighedKey {
  uint64_t rows;
  uint64_t charge;     // bytes that it takes at most, with a node for each other status that it had
  uint64_t plain = 0;  // the same without any node
};

class KeyPartition {
 public:
  static constexpr uint64_t kMinCapacity = 8 << 10;  // several keys of the largest stored size
  static constexpr uint64_t kNodeCharge = 16;        // of each status but the first of a key

  void SetCapacity(uint64_t bytes);

  void Add(const KeyDelta& delta);

  // For a caller that adds many: brings the index, then the entry, of a hash into the cache.
  void PrefetchIndex(uint32_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & mask_]);
  }
  void PrefetchEntry(uint32_t hash) const {
    if (!slots_.empty() && slots_[hash & mask_].ref != 0) __builtin_prefetch(At<KeyEntry>(slots_[hash & mask_].ref));
  }

  const KeyEntry* Find(uint32_t hash, std::string_view key) const;

  // Calls function(hash, entry) for every key, in no particular order.
  template <typename Function>
  void ForEach(Function function) const {
    constexpr size_t kAhead = 8;  // the entries are all over the chunks: ask for them in advance
    for (size_t i = 0; i < slots_.size(); ++i) {
      if (i + kAhead < slots_.size()) __builtin_prefetch(At<KeyEntry>(slots_[i + kAhead].ref));
      if (slots_[i].ref != 0) function(slots_[i].hash, *At<KeyEntry>(slots_[i].ref));
    }
  }

  // Calls function(status, count) for every status of a key.
  template <typename Function>
  void ForEachStatus(const KeyEntry& entry, Function function) const {
    function(entry.status, entry.status_count);
    for (uint32_t ref = entry.others; ref != 0;) {
      const Node* node = At<Node>(ref);
      function(node->status, node->count);
      ref = node->next;
    }
  }

  // The second pass, see above.
  void Freeze();
  void NoteRows(const KeyDelta& delta);
  bool Recount(const KeyDelta& delta, uint64_t* room);
  bool SawTheSameRows() const { return added_ == added_before_ && !no_room_; }
  void EndRecount(uint64_t bound);

  // Of the keys whose statuses were counted exactly: the rows and the charge as far as `counts(status)` says yes.
  template <typename Predicate>
  std::vector<WeighedKey> Weigh(Predicate counts) const;

  size_t keys() const { return keys_; }
  // What is not known of a key: it was counted at most so often before it came in, or if it is not here.
  uint64_t offset() const { return offset_; }
  // A key that was counted more often than this is here, 0: all are. The offset, or what EndRecount() was told.
  uint64_t bound() const { return bound_ != 0 ? bound_ : offset_; }
  uint64_t capacity() const { return capacity_; }
  uint64_t charged() const { return charged_; }
  const AddedRows& added() const { return added_; }
  uint64_t memory_bytes() const { return chunks_.size() * chunk_bytes_ + slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    uint32_t hash;
    uint32_t ref;  // 0: empty
  };
  struct Node {
    uint64_t count;
    uint32_t next;
    uint16_t status;
  };
  static_assert(sizeof(Node) == kNodeCharge);
  // A slot of 8 bytes at a load of 3/8 to 3/4.
  static constexpr uint64_t kIndexCharge = 20;
  static constexpr size_t kUnit = 8;  // refs count units from the start of the first chunk

  template <typename T>
  T* At(uint32_t ref) const {
    return reinterpret_cast<T*>(chunks_[ref >> chunk_shift_].get() + (ref & chunk_mask_) * kUnit);
  }
  static uint64_t EntryBytes(size_t key_size);
  static uint64_t PlainCharge(size_t key_size) { return EntryBytes(key_size) + kIndexCharge; }
  uint64_t ChargeOf(const KeyEntry& entry) const;
  uint32_t Allocate(size_t size);
  KeyEntry* FindOrInsert(const KeyDelta& delta);
  KeyEntry* Insert(const KeyDelta& delta);
  uint64_t* StatusOf(KeyEntry* entry, uint16_t status) const;
  void AddStatus(KeyEntry* entry, StatusCount counted);
  void AddNode(KeyEntry* entry, StatusCount counted);
  void PutSlot(Slot slot);
  void GrowIndex();
  void Reduce();

  std::vector<Slot> slots_;
  uint32_t mask_ = 0;
  uint32_t keys_ = 0;
  std::vector<std::unique_ptr<char[]>> chunks_;
  size_t chunk_bytes_ = 0;
  uint32_t chunk_shift_ = 0;  // in units
  uint32_t chunk_mask_ = 0;
  size_t chunk_used_ = 0;  // bytes of the last chunk
  uint64_t capacity_ = 0;
  uint64_t charged_ = 0;  // against capacity_
  uint64_t offset_ = 0;
  uint64_t bound_ = 0;  // 0: not counted again
  AddedRows added_;
  AddedRows added_before_;  // in the first pass
  bool no_room_ = false;
};

template <typename Predicate>
std::vector<WeighedKey> KeyPartition::Weigh(Predicate counts) const {
  std::vector<WeighedKey> keys;
  keys.reserve(keys_);
  ForEach([&](uint32_t, const KeyEntry& entry) {
    WeighedKey key{0, 0, PlainCharge(entry.key_size)};
    uint64_t statuses = 0;
    ForEachStatus(entry, [&](uint16_t status, uint64_t count) {
      if (!counts(status)) return;
      key.rows += count;
      ++statuses;
    });
    key.charge = key.plain + (statuses > 1 ? statuses - 1 : 0) * kNodeCharge;
    keys.push_back(key);
  });
  return keys;
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_KEY_PARTITION_H_
