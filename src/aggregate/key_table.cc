#include "src/aggregate/key_table.h"

#include <algorithm>

namespace logstat {

TimeSpan KeyView::span() const {
  TimeSpan span;
  if (main_entry_ != nullptr) span.Merge(main_entry_->span);
  if (failing_entry_ != nullptr) span.Merge(failing_entry_->span);
  return span;
}

KeyTable::KeyTable(uint64_t budget_bytes) : buckets_(new Bucket[2 * kPartitions]) {
  const uint64_t failing = budget_bytes / 4;
  for (size_t i = 0; i < kPartitions; ++i) {
    buckets_[i].partition.SetCapacity((budget_bytes - failing) / kPartitions);
    buckets_[kPartitions + i].partition.SetCapacity(failing / kPartitions);
  }
}

void KeyTable::Add(size_t bucket, std::span<const KeyDelta> deltas) {
  // Far enough ahead to hide a miss in the last cache, near enough to stay in the first one.
  constexpr size_t kAhead = 8;
  KeyPartition& partition = buckets_[bucket].partition;
  const std::lock_guard lock(buckets_[bucket].mutex);
  for (size_t i = 0; i < std::min(2 * kAhead, deltas.size()); ++i) partition.PrefetchIndex(deltas[i].hash);
  for (size_t i = 0; i < std::min(kAhead, deltas.size()); ++i) partition.PrefetchEntry(deltas[i].hash);
  for (size_t i = 0; i < deltas.size(); ++i) {
    if (i + 2 * kAhead < deltas.size()) partition.PrefetchIndex(deltas[i + 2 * kAhead].hash);
    if (i + kAhead < deltas.size()) partition.PrefetchEntry(deltas[i + kAhead].hash);
    partition.Add(deltas[i]);
  }
}

void KeyTable::AddMissing(const StatusCounts& missing) {
  const std::lock_guard lock(missing_mutex_);
  missing_.Merge(missing);
}

uint64_t KeyTable::bound() const {
  uint64_t bound = 0;
  for (size_t i = 0; i < kPartitions; ++i) {
    bound = std::max(bound, buckets_[i].partition.offset() + buckets_[kPartitions + i].partition.offset());
  }
  return bound;
}

uint64_t KeyTable::Bound(size_t first_bucket) const {
  uint64_t bound = 0;
  for (size_t i = 0; i < kPartitions; ++i) bound = std::max(bound, buckets_[first_bucket + i].partition.offset());
  return bound;
}

uint64_t KeyTable::memory_bytes() const {
  uint64_t bytes = 2 * kPartitions * sizeof(Bucket);
  for (size_t i = 0; i < 2 * kPartitions; ++i) bytes += buckets_[i].partition.memory_bytes();
  return bytes;
}

}  // namespace logstat
