#include "src/aggregate/key_partition.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>
#include <utility>

#include "src/aggregate/key_text.h"

namespace logstat {
namespace {

constexpr size_t kMaxChunkBytes = 64 << 10;
constexpr size_t kMinChunkBytes = 2 << 10;
static_assert(kMinChunkBytes >= sizeof(KeyEntry) + kLongKeyBytes);

// The key lies behind its entry, in the same chunk.
char* KeyBegin(KeyEntry* entry) { return reinterpret_cast<char*>(entry) + offsetof(KeyEntry, key_begin); }

uint32_t Saturated(uint64_t value) {
  return static_cast<uint32_t>(std::min<uint64_t>(value, std::numeric_limits<uint32_t>::max()));
}

}  // namespace

void KeyPartition::SetCapacity(uint64_t bytes) {
  // A sixteenth for the chunk that is being filled: what is charged and that chunk stay within `bytes` together.
  const uint64_t usable = std::max(bytes, kMinCapacity);
  chunk_bytes_ = std::clamp<size_t>(std::bit_floor(usable / 16), kMinChunkBytes, kMaxChunkBytes);
  chunk_shift_ = static_cast<uint32_t>(std::countr_zero(chunk_bytes_ / kUnit));
  chunk_mask_ = static_cast<uint32_t>(chunk_bytes_ / kUnit - 1);
  capacity_ = usable - chunk_bytes_;
}

uint64_t KeyPartition::EntryBytes(size_t key_size) {
  const size_t size = offsetof(KeyEntry, key_begin) + key_size;
  return std::max(sizeof(KeyEntry), (size + kUnit - 1) / kUnit * kUnit);
}

uint64_t KeyPartition::ChargeOf(const KeyEntry& entry) const {
  uint64_t nodes = 0;
  ForEachStatus(entry, [&](uint16_t, uint64_t) { ++nodes; });
  return PlainCharge(entry.key_size) + (nodes - 1) * kNodeCharge;
}

uint32_t KeyPartition::Allocate(size_t size) {
  if (chunks_.empty() || chunk_used_ + size > chunk_bytes_) {
    // Not value-initialised: pages that are not written cost nothing.
    chunks_.push_back(std::unique_ptr<char[]>(new char[chunk_bytes_]));
    chunk_used_ = chunks_.size() == 1 ? kUnit : 0;  // ref 0 means none
  }
  const size_t unit = ((chunks_.size() - 1) << chunk_shift_) + chunk_used_ / kUnit;
  chunk_used_ += size;
  return static_cast<uint32_t>(unit);
}

void KeyPartition::PutSlot(Slot slot) {
  size_t i = slot.hash & mask_;
  while (slots_[i].ref != 0) i = (i + 1) & mask_;
  slots_[i] = slot;
}

void KeyPartition::GrowIndex() {
  std::vector<Slot> slots(slots_.empty() ? 16 : slots_.size() * 2);
  slots.swap(slots_);
  mask_ = static_cast<uint32_t>(slots_.size() - 1);
  for (const Slot& slot : slots) {
    if (slot.ref != 0) PutSlot(slot);
  }
}

const KeyEntry* KeyPartition::Find(uint32_t hash, std::string_view key) const {
  if (slots_.empty()) return nullptr;
  for (size_t i = hash & mask_; slots_[i].ref != 0; i = (i + 1) & mask_) {
    if (slots_[i].hash != hash) continue;
    const KeyEntry* entry = At<KeyEntry>(slots_[i].ref);
    if (entry->key_size == key.size() && std::memcmp(entry->key_begin, key.data(), key.size()) == 0) return entry;
  }
  return nullptr;
}

void KeyPartition::NoteRows(const KeyDelta& delta) {
  const uint64_t plain = PlainCharge(delta.key.size());
  for (const StatusCount& counted : delta.statuses) {
    added_.rows += counted.count;
    added_.charge += counted.count * plain;
    added_.checksum += counted.count * (delta.hash * 0x9E3779B97F4A7C15u + counted.status * 0xC2B2AE3D27D4EB4Fu + 1);
  }
}

void KeyPartition::Add(const KeyDelta& delta) {
  NoteRows(delta);
  KeyEntry* entry = FindOrInsert(delta);
  entry->bytes += delta.bytes;
  entry->span.Merge(delta.span);
  for (const StatusCount& counted : delta.statuses) {
    entry->count += counted.count;
    AddStatus(entry, counted);
  }
  if (charged_ > capacity_) Reduce();
}

KeyEntry* KeyPartition::FindOrInsert(const KeyDelta& delta) {
  const KeyEntry* entry = Find(delta.hash, delta.key);
  return entry != nullptr ? const_cast<KeyEntry*>(entry) : Insert(delta);
}

KeyEntry* KeyPartition::Insert(const KeyDelta& delta) {
  if (slots_.empty() || (keys_ + 1) * 4 > slots_.size() * 3) GrowIndex();
  const size_t size = EntryBytes(delta.key.size());
  const uint32_t ref = Allocate(size);
  KeyEntry* entry = At<KeyEntry>(ref);
  *entry = KeyEntry{};
  entry->base = Saturated(offset_);
  entry->status = delta.statuses[0].status;
  entry->key_size = static_cast<uint16_t>(delta.key.size());
  std::memcpy(KeyBegin(entry), delta.key.data(), delta.key.size());
  PutSlot(Slot{delta.hash, ref});
  ++keys_;
  charged_ += size + kIndexCharge;
  return entry;
}

// Where a key's rows of a status are counted, null if nowhere yet.
uint64_t* KeyPartition::StatusOf(KeyEntry* entry, uint16_t status) const {
  if (entry->status == status) return &entry->status_count;
  for (uint32_t ref = entry->others; ref != 0;) {
    Node* node = At<Node>(ref);
    if (node->status == status) return &node->count;
    ref = node->next;
  }
  return nullptr;
}

void KeyPartition::AddNode(KeyEntry* entry, StatusCount counted) {
  const uint32_t ref = Allocate(sizeof(Node));
  *At<Node>(ref) = Node{counted.count, entry->others, counted.status};
  entry->others = ref;
  charged_ += sizeof(Node);
}

void KeyPartition::AddStatus(KeyEntry* entry, StatusCount counted) {
  if (uint64_t* count = StatusOf(entry, counted.status)) {
    *count += counted.count;
  } else {
    AddNode(entry, counted);
  }
}

void KeyPartition::Freeze() {
  // One more reduction as any other, so that there is room for the nodes of statuses that were forgotten.
  if (offset_ != 0 && charged_ > capacity_ / 2) Reduce();
  added_before_ = std::exchange(added_, AddedRows{});
  ForEach([this](uint32_t, const KeyEntry& kept) {
    KeyEntry* entry = const_cast<KeyEntry*>(&kept);
    entry->count = entry->bytes = entry->status_count = entry->base = 0;
    entry->span = TimeSpan{};
    for (uint32_t ref = entry->others; ref != 0; ref = At<Node>(ref)->next) At<Node>(ref)->count = 0;
  });
}

bool KeyPartition::Recount(const KeyDelta& delta, uint64_t* room) {
  KeyEntry* entry = const_cast<KeyEntry*>(Find(delta.hash, delta.key));
  if (entry == nullptr) return false;
  entry->bytes += delta.bytes;
  entry->span.Merge(delta.span);
  for (const StatusCount& counted : delta.statuses) {
    entry->count += counted.count;
    if (uint64_t* count = StatusOf(entry, counted.status)) {
      *count += counted.count;
    } else if (*room >= sizeof(Node)) {
      *room -= sizeof(Node);
      AddNode(entry, counted);
    } else {
      no_room_ = true;
    }
  }
  return true;
}

void KeyPartition::EndRecount(uint64_t bound) {
  offset_ = 0;
  bound_ = bound;
}

void KeyPartition::Reduce() {
  struct Candidate {
    uint64_t weight;  // the counter of the Misra-Gries summary
    uint64_t charge;
    uint32_t hash;
    const KeyEntry* entry;
  };
  std::vector<Candidate> candidates;
  candidates.reserve(keys_);
  ForEach([&](uint32_t hash, const KeyEntry& entry) {
    const uint64_t weight = entry.count + entry.base - std::min<uint64_t>(offset_, entry.count + entry.base);
    candidates.push_back(Candidate{weight, ChargeOf(entry), hash, &entry});
  });
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.entry->key() < b.entry->key();
  });
  size_t stay = 0;
  for (uint64_t charge = 0; stay < candidates.size(); ++stay) {
    charge += candidates[stay].charge;
    if (charge > capacity_ / 2) break;
  }
  const uint64_t decrement = stay < candidates.size() ? candidates[stay].weight : 0;
  while (stay > 0 && candidates[stay - 1].weight <= decrement) --stay;
  offset_ += decrement;

  KeyPartition reduced;
  reduced.chunk_bytes_ = chunk_bytes_;
  reduced.chunk_shift_ = chunk_shift_;
  reduced.chunk_mask_ = chunk_mask_;
  reduced.capacity_ = capacity_;
  reduced.offset_ = offset_;
  reduced.added_ = added_;
  for (size_t i = 0; i < stay; ++i) {
    const KeyEntry& from = *candidates[i].entry;
    const StatusCount first{from.status, from.status_count};
    KeyEntry* entry = reduced.Insert(KeyDelta{from.key(), candidates[i].hash, {&first, 1}, 0, TimeSpan{}});
    entry->count = from.count;
    entry->bytes = from.bytes;
    entry->span = from.span;
    entry->base = from.base;
    ForEachStatus(from, [&](uint16_t s, uint64_t count) { reduced.AddStatus(entry, StatusCount{s, count}); });
  }
  *this = std::move(reduced);
}

}  // namespace logstat
