#include "src/aggregate/path_durations.h"

#include <algorithm>

#include "src/aggregate/key_text.h"

namespace logstat {
namespace {

// Tables grow by half when they are three quarters full, so a pair takes at most two slots.
constexpr uint64_t kBytesPerPair = 2 * sizeof(DurationPair);
constexpr size_t kFirstSlots = 32;

// A larger buffer meets each shared table less often, with more pairs for it: 64 Ki rows are 256 for each.
constexpr size_t kMaxBufferRows = size_t{1} << 16;
constexpr size_t kMinBufferRows = size_t{1} << 11;
constexpr uint64_t kBytesPerBufferRow = 2 * sizeof(DurationPair) + 1;

// The part of the budget that is for the workers' buffers.
constexpr uint64_t BufferPart(uint64_t budget_bytes) { return budget_bytes / 8; }

}  // namespace

unsigned DurationPair::RestShift(uint32_t bucket) {
  const unsigned shift = DurationBucketShift(bucket);
  return shift > kRestBits ? shift - kRestBits : 0;
}

DurationPair::DurationPair(uint64_t path_hash, int64_t duration_us) {
  const uint32_t in = DurationBucket(duration_us);
  key_ = path_hash << kBucketBits | in;
  const uint64_t rest = static_cast<uint64_t>(duration_us - DurationBucketBegin(in)) >> RestShift(in);
  packed_ = uint64_t{1} << kRestBits | rest;
}

int64_t DurationPair::max_us() const {
  const uint64_t rest = packed_ & ((uint64_t{1} << kRestBits) - 1);
  return DurationBucketBegin(bucket()) + static_cast<int64_t>(rest << RestShift(bucket()));
}

void DurationPair::Merge(DurationPair other) {
  constexpr uint64_t kRest = (uint64_t{1} << kRestBits) - 1;
  const uint64_t rest = std::max(packed_ & kRest, other.packed_ & kRest);
  packed_ = (packed_ & ~kRest) + (other.packed_ & ~kRest) + rest;
}

PathDurations::PathDurations(uint64_t budget_bytes, unsigned workers, TableSeed seed)
    : max_pairs_((budget_bytes - BufferPart(budget_bytes)) / kBytesPerPair),
      buffer_rows_(std::clamp<size_t>(BufferPart(budget_bytes) / std::max(1u, workers) / kBytesPerBufferRow,
                                      kMinBufferRows, kMaxBufferRows)),
      multiplier_(TableHash(nullptr, 0, seed) | 1),
      partitions_(new Partition[kPartitions]) {}

void PathDurations::Worker::Add(const RecordBatch& batch, const Selection& selection) {
  if (shared_->left_out() || batch.IsEntirelyMissing(Field::kPath)) return;
  if (pairs_.empty()) {
    pairs_.resize(shared_->buffer_rows_);
    partitions_.resize(shared_->buffer_rows_);
    parted_.resize(shared_->buffer_rows_);
  }
  const int64_t* durations = batch.numbers(Field::kDuration);
  const Text* texts = batch.texts(Field::kPath);
  selection.ForEach([&](size_t row) {
    if (durations[row] < 0) return;
    const Text text = texts[row];
    if (text.length - 1 >= kMaxKeyBytes && (text.length != 0 || batch.IsMissing(Field::kPath, row))) return;
    if (used_ == pairs_.size()) Flush();
    const uint64_t hash = HashOf(batch.View(text));
    pairs_[used_] = DurationPair(hash, durations[row]);
    partitions_[used_] = static_cast<uint8_t>(KeyTable::PartitionOf(hash));
    ++used_;
  });
}

void PathDurations::Worker::Flush() {
  std::array<uint32_t, kPartitions + 1> begin{};
  for (size_t i = 0; i < used_; ++i) ++begin[partitions_[i] + 1];
  for (size_t i = 0; i < kPartitions; ++i) begin[i + 1] += begin[i];
  std::array<uint32_t, kPartitions + 1> next = begin;
  for (size_t i = 0; i < used_; ++i) parted_[next[partitions_[i]]++] = pairs_[i];
  for (size_t i = 0; i < kPartitions; ++i) {
    if (begin[i] == begin[i + 1]) continue;
    shared_->MergePartition(i, std::span(parted_).subspan(begin[i], begin[i + 1] - begin[i]));
  }
  used_ = 0;
}

void PathDurations::MergePartition(size_t partition, std::span<const DurationPair> pairs) {
  constexpr size_t kAhead = 16;  // pairs whose slots are asked for in advance
  Partition& into = partitions_[partition];
  uint64_t added = 0;
  {
    const std::lock_guard lock(into.mutex);
    if (left_out()) return;  // the lock orders this after DropAll() or before it
    const size_t used = into.used;
    for (size_t i = 0; i < pairs.size(); ++i) {
      if (i + kAhead < pairs.size() && !into.slots.empty()) {
        __builtin_prefetch(&into.slots[SlotOf(pairs[i + kAhead].key(), into.slots.size())], 1);
      }
      Insert(pairs[i], &into);
    }
    added = into.used - used;
  }
  if (pairs_.fetch_add(added, std::memory_order_relaxed) + added > max_pairs_) DropAll();
}

void PathDurations::Insert(DurationPair pair, Partition* partition) const {
  if ((partition->used + 1) * 4 > partition->slots.size() * 3) Grow(partition);
  std::vector<DurationPair>& slots = partition->slots;
  size_t i = SlotOf(pair.key(), slots.size());
  while (slots[i].count() != 0) {
    if (slots[i].key() == pair.key()) {
      slots[i].Merge(pair);
      return;
    }
    i = i + 1 == slots.size() ? 0 : i + 1;
  }
  slots[i] = pair;
  ++partition->used;
}

void PathDurations::Grow(Partition* partition) const {
  std::vector<DurationPair> from(std::max(kFirstSlots, partition->slots.size() * 3 / 2));
  from.swap(partition->slots);
  partition->used = 0;
  for (const DurationPair& pair : from) {
    if (pair.count() != 0) Insert(pair, partition);
  }
}

void PathDurations::DropAll() {
  left_out_.store(true, std::memory_order_relaxed);
  for (size_t i = 0; i < kPartitions; ++i) {
    const std::lock_guard lock(partitions_[i].mutex);
    std::vector<DurationPair>().swap(partitions_[i].slots);
    partitions_[i].used = 0;
  }
}

std::vector<DurationPair> PathDurations::SortedPairs(size_t partition) const {
  std::vector<DurationPair> pairs;
  pairs.reserve(partitions_[partition].used);
  for (const DurationPair& pair : partitions_[partition].slots) {
    if (pair.count() != 0) pairs.push_back(pair);
  }
  std::sort(pairs.begin(), pairs.end(), [](const DurationPair& a, const DurationPair& b) { return a.key() < b.key(); });
  return pairs;
}

uint64_t PathDurations::memory_bytes() const {
  uint64_t bytes = kPartitions * sizeof(Partition);
  for (size_t i = 0; i < kPartitions; ++i) bytes += partitions_[i].slots.capacity() * sizeof(DurationPair);
  return bytes;
}

}  // namespace logstat
