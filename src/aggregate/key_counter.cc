#include "src/aggregate/key_counter.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace logstat {
namespace {

uint64_t LoadWord(const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

// Masks that clear what lies behind a key's end in its first 24 bytes: kMasks[min(size, 24)].
struct Masks {
  std::array<std::array<uint64_t, 4>, 25> of{};  // four, so that an entry does not cross a cache line
  constexpr Masks() {
    for (size_t size = 0; size <= 24; ++size) {
      for (size_t word = 0; word < 3; ++word) {
        const size_t begin = word * 8;
        const size_t bytes = size <= begin ? 0 : std::min<size_t>(size - begin, 8);
        of[size][word] = bytes == 8 ? ~uint64_t{0} : (uint64_t{1} << (bytes * 8)) - 1;
      }
    }
  }
};
static_assert(std::endian::native == std::endian::little, "the masks keep a word's low bytes");
constexpr Masks kMasks;

// Whether the bytes from 24 on are the same; `size` is more than 24.
bool TailEquals(const char* a, const char* b, size_t size) {
  size_t i = 24;
  for (; i + 8 <= size; i += 8) {
    if (LoadWord(a + i) != LoadWord(b + i)) return false;
  }
  return LoadWord(a + size - 8) == LoadWord(b + size - 8);  // overlaps what was compared already
}

// Spreads the status over the hash so that the statuses of a key do not queue up in one run of slots.
constexpr uint32_t kStatusFactor = 0x9E3779B1u;
// Set in every hash, so that no entry's meta is 0.
constexpr uint32_t kUsedBit = uint32_t{1} << 31;
constexpr uint32_t kMaxRowsPerFlush = uint32_t{1} << 31;  // Entry::count has 32 bits

uint16_t StatusOf(uint64_t meta) { return static_cast<uint16_t>(meta >> 16); }
size_t SizeOf(uint64_t meta) { return meta & 0xFFFF; }
uint32_t HashOf(uint64_t meta) { return static_cast<uint32_t>(meta >> 32); }

}  // namespace

KeyCounter::KeyCounter(Field field, KeyTable* table, TableSeed seed, uint64_t local_bytes)
    : field_(field), table_(table), seed_(seed) {
  // A slot costs its entry, half of it (the load) a number in used_ and room for long keys.
  constexpr uint64_t kSlotBytes = sizeof(Entry) + sizeof(uint32_t) / 2 + 24;
  max_slots_ = std::max<size_t>(kMinSlots, std::bit_floor(local_bytes / kSlotBytes));
  max_tail_bytes_ = std::max<size_t>(max_slots_ * 24, 2 * kLongKeyBytes);
}

uint64_t KeyCounter::Meta(const char* key, size_t size, uint16_t status) const {
  const uint64_t hash = TableHash(reinterpret_cast<const uint8_t*>(key), size, seed_);
  const uint32_t pair_hash = (static_cast<uint32_t>(hash >> 32) ^ (status * kStatusFactor)) | kUsedBit;
  return (uint64_t{pair_hash} << 32) | (uint64_t{status} << 16) | size;
}

std::string_view KeyCounter::KeyOf(const Entry& entry) const {
  const size_t size = SizeOf(entry.meta);
  if (size > kPrefixBytes) return {tails_.data() + entry.tail, size};
  return {reinterpret_cast<const char*>(entry.prefix), size};
}

void KeyCounter::Add(const RecordBatch& batch, const Selection& selection) {
  if (entries_.empty()) GrowTo(kMinSlots);
  const size_t size = selection.size();
  rows_since_flush_ += size;
  if (rows_since_flush_ > kMaxRowsPerFlush) Flush();
  for (size_t begin = 0; begin < size; begin += kChunkRows) {
    const size_t rows = std::min(kChunkRows, size - begin);
    if (selection.is_range()) {
      AddChunk(batch, rows, [&](size_t i) { return begin + i; });
    } else {
      AddChunk(batch, rows, [&](size_t i) { return selection[begin + i]; });
    }
  }
}

template <typename RowOf>
void KeyCounter::AddChunk(const RecordBatch& batch, size_t rows, RowOf row_of) {
  const Text* texts = batch.texts(field_);
  const uint16_t* statuses = batch.statuses();
  const char* block = reinterpret_cast<const char*>(batch.block_bytes());
  for (size_t i = 0; i < rows; ++i) {
    const size_t row = row_of(i);
    const Text text = texts[row];
    // Missing texts are empty, and spilled ones may end where nothing is readable any more.
    if (text.length - 1 >= kMaxKeyBytes || text.offset >= kSpillBit) {
      probes_[i].meta = 0;
      continue;
    }
    const char* key = block + text.offset;
    const uint64_t meta = Meta(key, text.length, statuses[row]);
    probes_[i] = Probe{key, meta};
    __builtin_prefetch(&entries_[HashOf(meta) & mask_], 1);
  }
  const int64_t* times = batch.columns().Contains(Field::kTime) ? batch.times_ms() : nullptr;
  const int64_t* bytes = batch.columns().Contains(Field::kBytes) ? batch.bytes_column() : nullptr;
  for (size_t i = 0; i < rows; ++i) {
    const size_t row = row_of(i);
    if (probes_[i].meta == 0) {
      AddSlow(batch, row);
    } else {
      Count(probes_[i], times != nullptr ? times[row] : kNoTime, bytes != nullptr ? bytes[row] : kNoBytes);
    }
  }
}

void KeyCounter::AddSlow(const RecordBatch& batch, size_t row) {
  const int64_t time = batch.columns().Contains(Field::kTime) ? batch.time_ms(row) : kNoTime;
  const int64_t bytes = batch.columns().Contains(Field::kBytes) ? batch.bytes(row) : kNoBytes;
  if (batch.IsMissing(field_, row)) {
    missing_.AddRow(batch.status(row), time, bytes);
    any_missing_ = true;
    return;
  }
  LongKeyBuffer buffer{};  // zeros, so that a short key can be read over its end
  std::string_view key = StoredKey(batch.View(field_, row), &buffer);
  if (key.data() != buffer.data()) {
    if (!key.empty()) std::memcpy(buffer.data(), key.data(), key.size());
    key = {buffer.data(), key.size()};
  }
  Count(Probe{key.data(), Meta(key.data(), key.size(), batch.status(row))}, time, bytes);
}

inline void KeyCounter::Update(Entry* entry, int64_t time_ms, int64_t bytes) {
  entry->count += 1;
  entry->bytes += bytes > 0 ? static_cast<uint64_t>(bytes) : 0;
  entry->span.Add(time_ms);
}

inline void KeyCounter::Count(Probe probe, int64_t time_ms, int64_t bytes) {
  const size_t size = SizeOf(probe.meta);
  const auto& mask = kMasks.of[std::min(size, kPrefixBytes)];
  const uint64_t words[3] = {LoadWord(probe.key) & mask[0], LoadWord(probe.key + 8) & mask[1],
                             LoadWord(probe.key + 16) & mask[2]};
  for (size_t i = HashOf(probe.meta) & mask_;; i = (i + 1) & mask_) {
    Entry* entry = &entries_[i];
    if (entry->meta == probe.meta) {
      const uint64_t differs =
          (entry->prefix[0] ^ words[0]) | (entry->prefix[1] ^ words[1]) | (entry->prefix[2] ^ words[2]);
      if (differs == 0 && (size <= kPrefixBytes || TailEquals(probe.key, tails_.data() + entry->tail, size))) {
        return Update(entry, time_ms, bytes);
      }
    } else if (entry->meta == 0) {
      return Update(Insert(probe, words), time_ms, bytes);
    }
  }
}

bool KeyCounter::Full(size_t key_size) const {
  return (used_.size() + 1) * 2 > entries_.size() ||
         (key_size > kPrefixBytes && tails_.size() + key_size > max_tail_bytes_);
}

void KeyCounter::MakeRoom(size_t key_size) {
  if (entries_.size() < max_slots_ && (used_.size() + 1) * 2 > entries_.size()) GrowTo(entries_.size() * 2);
  if (Full(key_size)) Flush();
}

KeyCounter::Entry* KeyCounter::Insert(Probe probe, const uint64_t* words) {
  const size_t size = SizeOf(probe.meta);
  if (Full(size)) MakeRoom(size);
  size_t i = HashOf(probe.meta) & mask_;
  while (entries_[i].meta != 0) i = (i + 1) & mask_;
  used_.push_back(static_cast<uint32_t>(i));
  Entry* entry = &entries_[i];
  *entry = Entry{probe.meta, 0, 0, 0, TimeSpan{}, {words[0], words[1], words[2]}};
  if (size > kPrefixBytes) {
    entry->tail = static_cast<uint32_t>(tails_.size());
    tails_.insert(tails_.end(), probe.key, probe.key + size);
  }
  return entry;
}

void KeyCounter::GrowTo(size_t slots) {
  std::vector<Entry> entries(slots);
  entries.swap(entries_);
  mask_ = slots - 1;
  for (uint32_t& slot : used_) {
    size_t i = HashOf(entries[slot].meta) & mask_;
    while (entries_[i].meta != 0) i = (i + 1) & mask_;
    entries_[i] = entries[slot];
    slot = static_cast<uint32_t>(i);
  }
}

void KeyCounter::Flush() {
  rows_since_flush_ = 0;
  if (any_missing_) {
    table_->AddMissing(missing_);
    missing_ = StatusCounts();
    any_missing_ = false;
  }
  // A counting sort by bucket, so that each lock is taken once.
  constexpr size_t kBuckets = 2 * KeyTable::kPartitions;
  std::vector<uint16_t> bucket_of(used_.size());
  std::array<uint32_t, kBuckets + 1> begin{};
  for (size_t i = 0; i < used_.size(); ++i) {
    const Entry& entry = entries_[used_[i]];
    const std::string_view key = KeyOf(entry);
    const uint64_t hash = SketchHash(reinterpret_cast<const uint8_t*>(key.data()), key.size());
    distinct_.Add(hash);
    bucket_of[i] = static_cast<uint16_t>(KeyTable::BucketOf(hash, StatusOf(entry.meta)));
    ++begin[bucket_of[i] + 1];
  }
  for (size_t bucket = 0; bucket < kBuckets; ++bucket) begin[bucket + 1] += begin[bucket];
  std::array<uint32_t, kBuckets + 1> next = begin;
  std::vector<KeyDelta> deltas(used_.size());
  for (size_t i = 0; i < used_.size(); ++i) {
    const Entry& entry = entries_[used_[i]];
    const uint16_t status = StatusOf(entry.meta);
    const uint32_t key_hash = (HashOf(entry.meta) ^ (status * kStatusFactor)) | kUsedBit;
    deltas[next[bucket_of[i]]++] = KeyDelta{KeyOf(entry), key_hash, status, entry.count, entry.bytes, entry.span};
  }
  for (size_t bucket = 0; bucket < kBuckets; ++bucket) {
    const size_t size = begin[bucket + 1] - begin[bucket];
    if (size > 0) table_->Add(bucket, {deltas.data() + begin[bucket], size});
  }
  for (uint32_t slot : used_) entries_[slot].meta = 0;
  used_.clear();
  tails_.clear();
}

}  // namespace logstat
