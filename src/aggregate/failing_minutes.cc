#include "src/aggregate/failing_minutes.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <mutex>

namespace logstat {
namespace {

size_t PartitionOf(uint64_t hash) { return hash >> 56; }

uint32_t SaturatingSum(uint32_t a, uint32_t b) {
  return std::numeric_limits<uint32_t>::max() - a < b ? std::numeric_limits<uint32_t>::max() : a + b;
}

}  // namespace

FailingMinutes::FailingMinutes(uint64_t budget_bytes, TableSeed seed)
    : max_pairs_(std::max<uint64_t>(budget_bytes / kPairBytes, kLeastPairs)),
      multiplier_(TableHash(reinterpret_cast<const uint8_t*>("minutes"), 7, seed) | 1),
      partitions_(new Partition[kPartitions]) {}

void FailingMinutes::Merge(std::span<const Record> records) {
  if (records.empty()) return;
  // A counting sort by partition, so that each lock is taken once.
  std::array<uint32_t, kPartitions + 1> begin{};
  for (const Record& record : records) ++begin[PartitionOf(record.hash) + 1];
  for (size_t i = 0; i < kPartitions; ++i) begin[i + 1] += begin[i];
  std::array<uint32_t, kPartitions + 1> next = begin;
  std::vector<Record> sorted(records.size());
  for (const Record& record : records) sorted[next[PartitionOf(record.hash)]++] = record;
  std::shared_lock level_lock(level_mutex_);
  for (size_t i = 0; i < kPartitions; ++i) {
    if (begin[i] == begin[i + 1]) continue;
    Partition& partition = partitions_[i];
    const std::lock_guard lock(partition.mutex);
    const size_t before = partition.pairs();
    for (size_t at = begin[i]; at < begin[i + 1]; ++at) {
      const uint64_t step = sorted[at].minute / step_minutes();
      partition.Add(KeyOf(sorted[at].hash) << kMinuteBits | step, 1, multiplier_);
    }
    pairs_ += partition.pairs() - before;
  }
  level_lock.unlock();
  if (pairs_ > max_pairs_) Coarsen();
}

void FailingMinutes::Coarsen() {
  const std::unique_lock level_lock(level_mutex_);
  while (pairs_ > max_pairs_ && level_ + 1 < kLevels.size()) {  // another worker may have done it meanwhile
    const Level from = kLevels[level_];
    const Level to = kLevels[++level_];
    const uint64_t ratio = kMinuteSteps[to.step] / kMinuteSteps[from.step];
    size_t pairs = 0;
    for (size_t i = 0; i < kPartitions; ++i) {
      partitions_[i].Rebuild(kMinSlots, multiplier_, [&](uint64_t pair) {
        return (pair >> kMinuteBits >> (from.key_bits - to.key_bits)) << kMinuteBits | (pair & kMinuteMask) / ratio;
      });
      pairs += partitions_[i].pairs();
    }
    pairs_ = pairs;
  }
}

void FailingMinutes::Partition::Add(uint64_t pair, uint32_t count, uint64_t multiplier) {
  const auto same = [](uint64_t own) { return own; };
  if ((used_ + 1) * 4 > pairs_.size() * 3) Rebuild(std::max(kMinSlots, pairs_.size() * 2), multiplier, same);
  // Multiply-shift hashing (M. Dietzfelbinger et al., 1997): the top bits of the product with an odd random number.
  size_t i = (pair * multiplier) >> (std::countl_zero(pairs_.size()) + 1);
  while (counts_[i] != 0 && pairs_[i] != pair) i = (i + 1) & (pairs_.size() - 1);
  used_ += counts_[i] == 0;
  pairs_[i] = pair;
  counts_[i] = SaturatingSum(counts_[i], count);
}

std::vector<KeySeries> FailingMinutes::Series(std::span<const uint64_t> hashes) const {
  std::vector<KeySeries> series(hashes.size());
  std::array<std::vector<size_t>, kPartitions> asked;
  for (size_t i = 0; i < hashes.size(); ++i) asked[PartitionOf(hashes[i])].push_back(i);
  for (size_t i = 0; i < kPartitions; ++i) {
    if (asked[i].empty()) continue;
    partitions_[i].ForEach([&](uint64_t pair, uint64_t count) {
      for (size_t candidate : asked[i]) {
        if (KeyOf(hashes[candidate]) == pair >> kMinuteBits) {
          series[candidate].points.push_back({pair & kMinuteMask, count});
        }
      }
    });
  }
  for (KeySeries& one : series) {
    one.step_minutes = step_minutes();
    std::sort(one.points.begin(), one.points.end(), [](const auto& a, const auto& b) { return a.step < b.step; });
  }
  return series;
}

uint64_t FailingMinutes::memory_bytes() const {
  uint64_t bytes = kPartitions * sizeof(Partition);
  for (size_t i = 0; i < kPartitions; ++i) bytes += partitions_[i].memory_bytes();
  return bytes;
}

}  // namespace logstat
