#include "src/aggregate/key_table.h"

#include <algorithm>

#include "src/aggregate/key_bound.h"

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

void KeyTable::BeginRecount() {
  recount_ = Recount::kRuns;
  for (size_t i = 0; i < kPartitions; ++i) {
    Partition& partition = partitions_[i];
    partition.main.Freeze();
    partition.failing.Freeze();
    partition.room = partition.main.capacity() + partition.failing.capacity() - partition.main.charged() -
                     partition.failing.charged();
  }
}

void KeyTable::AddAgain(size_t partition, bool failing, const KeyDelta& counted) {
  Partition& parts = partitions_[partition];
  KeyPartition& own = failing ? parts.failing : parts.main;
  KeyPartition& other = failing ? parts.main : parts.failing;
  own.NoteRows(counted);
  if (!own.Recount(counted, &parts.room)) other.Recount(counted, &parts.room);
}

bool KeyTable::EndRecount(const StatusKinds& statuses) {
  recount_ = Recount::kFailed;
  for (size_t i = 0; i < kPartitions; ++i) {
    if (!partitions_[i].main.SawTheSameRows() || !partitions_[i].failing.SawTheSameRows()) return false;
  }
  const auto end = [](KeyPartition& part, uint64_t kinds, auto is_counted) {
    // One that was never reduced has all of its keys.
    part.EndRecount(part.offset() == 0 ? 0 : BoundOf(part.added(), part.capacity(), kinds, part.Weigh(is_counted)));
  };
  for (size_t i = 0; i < kPartitions; ++i) {
    end(partitions_[i].main, statuses.main, [](uint16_t status) { return !IsFailing(status); });
    end(partitions_[i].failing, statuses.failing, IsFailing);
  }
  recount_ = Recount::kDone;
  return true;
}

void KeyTable::AddMissing(const StatusCounts& missing) {
  if (recount_ != Recount::kNone) return;
  const std::lock_guard lock(missing_mutex_);
  missing_.Merge(missing);
}

uint64_t KeyTable::bound() const {
  uint64_t bound = 0;
  for (size_t i = 0; i < kPartitions; ++i) {
    bound = std::max(bound, partitions_[i].main.bound() + partitions_[i].failing.bound());
  }
  return bound;
}

uint64_t KeyTable::main_bound() const {
  uint64_t bound = 0;
  for (size_t i = 0; i < kPartitions; ++i) bound = std::max(bound, partitions_[i].main.bound());
  return bound;
}

uint64_t KeyTable::failing_bound() const {
  uint64_t bound = 0;
  for (size_t i = 0; i < kPartitions; ++i) bound = std::max(bound, partitions_[i].failing.bound());
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
