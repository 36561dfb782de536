#include "src/aggregate/key_counter.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "src/aggregate/key_text.h"

namespace logstat {
namespace {

constexpr uint64_t kMetaStatus = uint64_t{0xFFFF} << 16;  // of Entry::meta
constexpr uint32_t kUsedBit = uint32_t{1} << 31;          // set in every hash, so that none is 0
constexpr uint64_t kMaxRowsPerFlush = uint64_t{1} << 31;  // counts of an entry have 32 bits
constexpr size_t kTailBytesPerSlot = 24;
// Room for pairs, half of it used: a key of a busy site is seen with two or three statuses besides its first one. With
// one per slot, pairs and not keys filled the table first, and it was flushed five times as often.
constexpr size_t kPairsPerSlot = 4;
constexpr size_t kLoad = 5;  // used slots: at most 5 of 8
constexpr size_t kLoadPer = 8;
constexpr size_t kMaxSlots = size_t{1} << 22;  // a pair holds 22 bits of an entry's number

int64_t TimeOf(const RecordBatch& batch, size_t row) {
  return batch.columns().Contains(Field::kTime) ? batch.time_ms(row) : kNoTime;
}

int64_t BytesOf(const RecordBatch& batch, size_t row) {
  return batch.columns().Contains(Field::kBytes) ? batch.bytes(row) : kNoBytes;
}

}  // namespace

KeyCounter::KeyCounter(Field field, KeyTable* table, TableSeed seed, uint64_t local_bytes, TagFunction tag_of)
    : field_(field),
      table_(table),
      hasher_(seed),
      tag_of_(tag_of),
      few_keys_(field == Field::kMethod || field == Field::kHost || field == Field::kReason ||
                field == Field::kUpstream || field == Field::kAgent) {
  static_assert(sizeof(Entry) == 64);
  static_assert(StatusCounts::kCodes <= size_t{1} << kStatusBits);
  // What a slot costs with its share of an entry, its tag, a pair, half a node, and tails.
  constexpr uint64_t kSlotBytes = sizeof(Slot) + (sizeof(Entry) + sizeof(KeyTag)) * kLoad / kLoadPer +
                                  (sizeof(PairCount) + sizeof(Node) / 2) * kPairsPerSlot + kTailBytesPerSlot;
  max_slots_ = std::clamp<size_t>(std::bit_floor(local_bytes / kSlotBytes), kMinSlots, kMaxSlots);
  max_tail_bytes_ = std::max<size_t>(max_slots_ * kTailBytesPerSlot, 2 * kLongKeyBytes);
}

inline KeyCounter::Probe KeyCounter::MakeProbe(const char* key, size_t size, uint16_t status) const {
  const KeyWords words = LoadKeyWords(key, size);
  const uint64_t hash = hasher_(key, size, words) | kUsedBit;
  return Probe{key, hash << 32 | uint64_t{status} << 16 | size, words};
}

std::string_view KeyCounter::KeyOf(const Entry& entry) const {
  if (entry.size() > kPrefixBytes) return {tails_.data() + entry.words.tail, entry.size()};
  return {reinterpret_cast<const char*>(&entry.words), entry.size()};
}

void KeyCounter::Add(const RecordBatch& batch, const Selection& selection, size_t first, size_t size, KeyTag* tags) {
  if (slots_.empty()) {
    GrowTo(kMinSlots);
    GrowPairs();
  }
  if (rows_since_flush_ + size > kMaxRowsPerFlush) Flush();
  rows_since_flush_ += size;
  for (size_t begin = first; begin < first + size; begin += kChunkRows) {
    const size_t rows = std::min(kChunkRows, first + size - begin);
    chunk_tags_ = tags != nullptr ? tags + (begin - first) : nullptr;
    if (selection.is_range()) {
      AddChunk<true>(batch, selection, selection.range_begin() + begin, rows);
    } else {
      AddChunk<false>(batch, selection, begin, rows);
    }
  }
}

void KeyCounter::AddMissing(const RecordBatch& batch, const Selection& selection) {
  missing_.Add(batch, selection);
  any_missing_ = true;
}

template <bool kRange>
void KeyCounter::HashChunk(const RecordBatch& batch, const Selection& selection, size_t first, size_t rows) {
  const size_t base = kRange ? first : 0;
  const Text* texts = batch.texts(field_) + base;
  const uint16_t* statuses = batch.statuses() + base;
  const char* block = reinterpret_cast<const char*>(batch.block_bytes());
  const Slot* slots = slots_.data();
  const uint32_t mask = mask_;
  for (size_t i = 0; i < rows; ++i) {
    const size_t at = kRange ? i : selection[first + i];
    const Text text = texts[at];
    // Missing texts are empty, and spilled ones may end where nothing is readable any more.
    if (text.length - 1 >= kMaxKeyBytes || text.offset >= kSpillBit) [[unlikely]] {
      probes_[i].meta = 0;
      continue;
    }
    probes_[i] = MakeProbe(block + text.offset, text.length, statuses[at]);
    __builtin_prefetch(slots + ((probes_[i].meta >> 32) & mask));
  }
}

// Finds the slot of each row's hash, to ask for its entry. One key in three is not at its home slot, and to ask for
// what is there instead means to wait for the right one later: a quarter of the time of a report without findings.
void KeyCounter::LocateEntries(size_t rows) {
  const Slot* slots = slots_.data();
  const Entry* entries = entries_.data();
  const uint32_t mask = mask_;
  for (size_t i = 0; i < rows; ++i) {
    const uint32_t hash = static_cast<uint32_t>(probes_[i].meta >> 32);
    uint32_t at = hash & mask;
    while (slots[at].hash != hash && slots[at].hash != 0) at = (at + 1) & mask;
    located_[i] = slots[at].entry;  // 0 of a free slot: some entry, whose key is another one
    __builtin_prefetch(entries + located_[i], 1);
  }
  if (chunk_tags_ == nullptr) return;
  for (size_t i = 0; i < rows; ++i) __builtin_prefetch(tags_.data() + located_[i]);
}

// Loads the entries, all independent of each other, to ask for what longer keys have elsewhere: mostly one cache line,
// two if the key crosses them.
void KeyCounter::PrefetchTails(size_t rows) {
  const Entry* entries = entries_.data();
  const char* tails = tails_.data();
  for (size_t i = 0; i < rows; ++i) {
    const Entry& entry = entries[located_[i]];
    const char* key = tails + entry.words.tail;
    __builtin_prefetch(key + kPrefixBytes);
    __builtin_prefetch(key + entry.size());
  }
}

template <bool kRange, bool kTimesAndBytes>
void KeyCounter::CountChunk(const RecordBatch& batch, const Selection& selection, size_t first, size_t rows) {
  const int64_t* times = kTimesAndBytes ? batch.times_ms() + (kRange ? first : 0) : nullptr;
  const int64_t* bytes = kTimesAndBytes ? batch.bytes_column() + (kRange ? first : 0) : nullptr;
  for (size_t i = 0; i < rows; ++i) {
    const size_t at = kRange ? i : selection[first + i];
    const size_t row = kRange ? first + i : at;
    if (probes_[i].meta == 0) [[unlikely]] {
      AddSlow(batch, row, i);
    } else if (kTimesAndBytes) {
      Tag(i, CountLocated(i, times[at], bytes[at]));
    } else {
      Tag(i, CountLocated(i, TimeOf(batch, row), BytesOf(batch, row)));
    }
  }
}

// What tells long keys with the same beginning apart: agents differ in their middle and at their end.
inline uint64_t MemoTail(const char* key, size_t size) {
  if (size <= kPrefixBytes) return 0;
  return LoadWord(key + size / 2) * 3 ^ LoadWord(key + size - sizeof(uint64_t)) ^ size;
}

template <bool kRange>
void KeyCounter::CountFew(const RecordBatch& batch, const Selection& selection, size_t first, size_t rows) {
  const char* block = reinterpret_cast<const char*>(batch.block_bytes());
  const Text* texts = batch.texts(field_);
  const uint16_t* statuses = batch.statuses();
  const int64_t* times = batch.times_ms();
  const int64_t* bytes = batch.bytes_column();
  for (size_t i = 0; i < rows; ++i) {
    const size_t row = kRange ? first + i : selection[first + i];
    const Text text = texts[row];
    if (text.length - 1 >= kMaxKeyBytes || text.offset >= kSpillBit) [[unlikely]] {
      AddSlow(batch, row, i);
      continue;
    }
    const char* key = block + text.offset;
    const KeyWords words = LoadKeyWords(key, text.length);
    uint32_t& memo = memo_[((words.first ^ words.second ^ MemoTail(key, text.length)) * 0x9E3779B97F4A7C15u) >> 57];
    Entry* entry = &entries_[memo];
    const uint64_t differs = (entry->words.first ^ words.first) | (entry->words.second ^ words.second) |
                             (entry->words.third ^ words.third) | (entry->size() ^ text.length);
    if (differs == 0 &&
        (text.length <= kPrefixBytes || TailEquals(key, tails_.data() + entry->words.tail, text.length))) {
      CountIn(entry, statuses[row], times[row], bytes[row]);
    } else {
      entry = Count(MakeProbe(key, text.length, statuses[row]), times[row], bytes[row]);
      memo = static_cast<uint32_t>(entry - entries_.data());
    }
    Tag(i, entry);
  }
}

template <bool kRange>
void KeyCounter::AddChunk(const RecordBatch& batch, const Selection& selection, size_t first, size_t rows) {
  const bool times_and_bytes = batch.columns().Contains(Field::kTime) && batch.columns().Contains(Field::kBytes);
  if (few_keys_ && times_and_bytes) {
    CountFew<kRange>(batch, selection, first, rows);
  } else {
    HashChunk<kRange>(batch, selection, first, rows);
    LocateEntries(rows);
    if (tails_used_ > 0) PrefetchTails(rows);
    if (times_and_bytes) {
      CountChunk<kRange, true>(batch, selection, first, rows);
    } else {
      CountChunk<kRange, false>(batch, selection, first, rows);
    }
  }
  SettlePairs();
  if ((pairs_used_ + kChunkRows) * 2 > max_slots_ * kPairsPerSlot)
    Flush();  // the next chunk could make pairs_ too large
}

// `i`: the row's place in the chunk.
void KeyCounter::AddSlow(const RecordBatch& batch, size_t row, size_t i) {
  const int64_t time = TimeOf(batch, row);
  const int64_t bytes = BytesOf(batch, row);
  if (batch.IsMissing(field_, row)) {
    missing_.AddRow(batch.status(row), time, bytes);
    any_missing_ = true;
    if (chunk_tags_ != nullptr) chunk_tags_[i] = 0;
    return;
  }
  LongKeyBuffer buffer;  // longer than any key that is not long, so that it can be read over its end
  std::string_view key = StoredKey(batch.View(field_, row), &buffer);
  if (key.data() != buffer.data()) {
    std::copy(key.begin(), key.end(), buffer.begin());
    std::fill_n(buffer.begin() + static_cast<ptrdiff_t>(key.size()), kLongKeyBytes - kMaxKeyBytes, '\0');
    key = {buffer.data(), key.size()};
  }
  Count(MakeProbe(key.data(), key.size(), batch.status(row)), time, bytes);
  if (chunk_tags_ != nullptr) chunk_tags_[i] = tag_of_(batch.View(field_, row));  // of the whole text
}

// Whether the entry is that of the key in hand.
inline bool KeyCounter::IsOf(const Entry& entry, const Probe& probe) const {
  const KeyWords words = entry.words;
  const size_t size = probe.meta & 0xFFFF;
  const uint64_t differs = ((entry.meta ^ probe.meta) & ~kMetaStatus) | (words.first ^ probe.words.first) |
                           (words.second ^ probe.words.second) | (words.third ^ probe.words.third);
  return differs == 0 && (size <= kPrefixBytes || TailEquals(probe.key, tails_.data() + words.tail, size));
}

// The entry of a key, or null if it has none.
inline KeyCounter::Entry* KeyCounter::Find(const Probe& probe) {
  const Slot* const slots = slots_.data();
  const uint32_t mask = mask_;
  const uint32_t hash = static_cast<uint32_t>(probe.meta >> 32);
  for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot slot = slots[i];
    if (slot.hash == hash) {
      Entry* entry = entries_.data() + slot.entry;
      if (IsOf(*entry, probe)) return entry;
    } else if (slot.hash == 0) {
      return nullptr;
    }
  }
}

inline void KeyCounter::CountIn(Entry* entry, uint32_t status, int64_t time_ms, int64_t bytes) {
  entry->count += 1;
  entry->bytes += bytes > 0 ? static_cast<uint64_t>(bytes) : 0;
  entry->span.Add(time_ms);
  pending_[pending_size_] = static_cast<uint32_t>(entry - entries_.data()) << kStatusBits | status;
  pending_size_ += entry->status() != status;
}

inline KeyCounter::Entry* KeyCounter::Count(const Probe& probe, int64_t time_ms, int64_t bytes) {
  Entry* entry = Find(probe);
  if (entry == nullptr) [[unlikely]]
    entry = Insert(probe);
  CountIn(entry, static_cast<uint32_t>(probe.meta >> 16) & 0xFFFF, time_ms, bytes);
  return entry;
}

// Of the chunk's probe number i. What was located may have moved or gone since (a new key, a flush): then it is another
// key's, or its place was emptied, and is looked for again.
inline KeyCounter::Entry* KeyCounter::CountLocated(size_t i, int64_t time_ms, int64_t bytes) {
  const Probe& probe = probes_[i];
  Entry* entry = entries_.data() + located_[i];
  if (!IsOf(*entry, probe)) [[unlikely]]
    return Count(probe, time_ms, bytes);
  CountIn(entry, static_cast<uint32_t>(probe.meta >> 16) & 0xFFFF, time_ms, bytes);
  return entry;
}

KeyCounter::PairCount* KeyCounter::FindPair(uint32_t pair) {
  size_t i = PairSlot(pair);
  while (pairs_[i].count != 0 && pairs_[i].pair != pair) i = (i + 1) & (pairs_.size() - 1);
  return &pairs_[i];
}

void KeyCounter::SettlePairs() {
  for (size_t i = 0; i < pending_size_; ++i) __builtin_prefetch(&pairs_[PairSlot(pending_[i])], 1);
  for (size_t i = 0; i < pending_size_; ++i) {
    PairCount* found = FindPair(pending_[i]);
    if (found->count == 0) {
      if ((pairs_used_ + 1) * 2 > pairs_.size()) {
        GrowPairs();
        found = FindPair(pending_[i]);
      }
      found->pair = pending_[i];
      ++pairs_used_;
    }
    ++found->count;
  }
  pending_size_ = 0;
}

void KeyCounter::GrowPairs() {
  LargeArray<PairCount> pairs(pairs_.empty() ? kMinSlots : pairs_.size() * 2);
  pairs.swap(pairs_);
  pair_shift_ = 32 - static_cast<uint32_t>(std::countr_zero(pairs_.size()));
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].count != 0) *FindPair(pairs[i].pair) = pairs[i];
  }
}

bool KeyCounter::Full(size_t key_size) const {
  const bool no_tail_room = key_size > kPrefixBytes && tails_used_ + key_size > max_tail_bytes_;
  return used_ == entries_.size() || no_tail_room;
}

void KeyCounter::MakeRoom(size_t key_size) {
  if (slots_.size() < max_slots_ && used_ == entries_.size()) GrowTo(slots_.size() * 2);
  if (Full(key_size)) Flush();
}

KeyCounter::Entry* KeyCounter::Insert(const Probe& probe) {
  const size_t size = probe.meta & 0xFFFF;
  if (Full(size)) MakeRoom(size);
  Entry* entry = &entries_[used_];
  *entry = Entry{probe.meta, 0, 0, 0, TimeSpan{}, probe.words};
  PutSlot(Slot{entry->hash(), static_cast<uint32_t>(used_++)});
  if (size > kPrefixBytes) {
    entry->words.tail = static_cast<uint32_t>(tails_used_);
    if (tails_used_ + size + kReadBytes > tails_.size()) GrowTails(tails_used_ + size + kReadBytes);
    std::memcpy(tails_.data() + tails_used_, probe.key, size);
    tails_used_ += size;
  }
  if (tag_of_ != nullptr) tags_[used_ - 1] = tag_of_({probe.key, size});
  return entry;
}

void KeyCounter::PutSlot(Slot slot) {
  uint32_t i = slot.hash & mask_;
  while (slots_[i].hash != 0) i = (i + 1) & mask_;
  slots_[i] = slot;
}

void KeyCounter::GrowTo(size_t slots) {
  LargeArray<Entry> entries(slots * kLoad / kLoadPer);
  if (used_ > 0) std::memcpy(entries.data(), entries_.data(), used_ * sizeof(Entry));
  entries_ = std::move(entries);
  if (tag_of_ != nullptr) {
    LargeArray<KeyTag> tags(entries_.size());
    if (used_ > 0) std::memcpy(tags.data(), tags_.data(), used_ * sizeof(KeyTag));
    tags_ = std::move(tags);
  }
  slots_ = LargeArray<Slot>(slots);
  mask_ = static_cast<uint32_t>(slots - 1);
  for (size_t i = 0; i < used_; ++i) PutSlot(Slot{entries_[i].hash(), static_cast<uint32_t>(i)});
}

void KeyCounter::GrowTails(size_t size) {
  LargeArray<char> tails(std::max(size, tails_.size() * 2));
  if (tails_used_ > 0) std::memcpy(tails.data(), tails_.data(), tails_used_);
  tails_ = std::move(tails);
}

}  // namespace logstat
