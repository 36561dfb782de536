#include "src/aggregate/key_table.h"

#include <algorithm>

namespace logstat {

TimeSpan KeyView::span() const {
  TimeSpan span;
  if (main_entry_ != nullptr) span.Merge(main_entry_->span);
  if (failing_entry_ != nullptr) span.Merge(failing_entry_->span);
  return span;
}

KeyTable::KeyTable(uint64_t budget_bytes) : partitions_(new Partition[kPartitions]) {
  const uint64_t failing = budget_bytes / 4;
  for (size_t i = 0; i < kPartitions; ++i) {
    partitions_[i].main.SetCapacity((budget_bytes - failing) / kPartitions);
    partitions_[i].failing.SetCapacity(failing / kPartitions);
  }
}

void KeyTable::AddMissing(const StatusCounts& missing) {
  const std::lock_guard lock(missing_mutex_);
  missing_.Merge(missing);
}

uint64_t KeyTable::bound() const {
  uint64_t bound = 0;
  for (size_t i = 0; i < kPartitions; ++i) {
    bound = std::max(bound, partitions_[i].main.offset() + partitions_[i].failing.offset());
  }
  return bound;
}

uint64_t KeyTable::main_bound() const {
  uint64_t bound = 0;
  for (size_t i = 0; i < kPartitions; ++i) bound = std::max(bound, partitions_[i].main.offset());
  return bound;
}

uint64_t KeyTable::failing_bound() const {
  uint64_t bound = 0;
  for (size_t i = 0; i < kPartitions; ++i) bound = std::max(bound, partitions_[i].failing.offset());
  return bound;
}

uint64_t KeyTable::memory_bytes() const {
  uint64_t bytes = kPartitions * sizeof(Partition);
  for (size_t i = 0; i < kPartitions; ++i) {
    bytes += partitions_[i].main.memory_bytes() + partitions_[i].failing.memory_bytes();
  }
  return bytes;
}

}  // namespace logstat
