// From a worker's table to the shared one: entries in the order of their partitions, each lock taken once.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "src/aggregate/key_counter.h"

namespace logstat {

// Moves the pairs to their entries.
void KeyCounter::ChainPairs() {
  nodes_.assign(1, Node{});
  nodes_.reserve(pairs_used_ + 1);
  for (size_t i = 0; i < pairs_.size(); ++i) {
    const PairCount counted = pairs_[i];
    if (counted.count == 0) continue;
    Entry& entry = entries_[counted.pair >> kStatusBits];
    const uint16_t status = counted.pair & ((1u << kStatusBits) - 1);
    nodes_.push_back(Node{counted.count, entry.node, status});
    entry.node = static_cast<uint32_t>(nodes_.size() - 1);
    pairs_[i] = PairCount{};
  }
  pairs_used_ = 0;
}

void KeyCounter::FlushEntry(const Entry& entry, size_t partition) {
  std::array<StatusCount, StatusCounts::kCodes + 1> statuses;  // main ones from the front, failing ones from the back
  size_t main_end = 0;
  size_t failing_begin = statuses.size();
  uint64_t own = entry.count;
  const auto put = [&](StatusCount counted) {
    if (KeyTable::IsFailing(counted.status)) {
      statuses[--failing_begin] = counted;
    } else {
      statuses[main_end++] = counted;
    }
  };
  for (uint32_t node = entry.node; node != 0; node = nodes_[node].next) {
    put(StatusCount{nodes_[node].status, nodes_[node].count});
    own -= nodes_[node].count;
  }
  put(StatusCount{entry.status(), own});
  KeyDelta delta{KeyOf(entry), entry.hash(), {statuses.data(), main_end}, entry.bytes, entry.span};
  if (main_end > 0) {
    table_->Add(partition, false, delta);
    delta.bytes = 0;  // counted there
  }
  delta.statuses = {statuses.data() + failing_begin, statuses.size() - failing_begin};
  if (!delta.statuses.empty()) table_->Add(partition, true, delta);
}

// A counting sort by partition. Also tells `distinct_` of every key.
KeyCounter::FlushOrder KeyCounter::SortByPartition() {
  FlushOrder sorted;
  std::vector<uint8_t> partition_of(used_);
  for (size_t i = 0; i < used_; ++i) {
    const std::string_view key = KeyOf(entries_[i]);
    const uint64_t hash = SketchHash(key);
    distinct_.Add(hash);
    partition_of[i] = static_cast<uint8_t>(KeyTable::PartitionOf(hash));
    ++sorted.begin[partition_of[i] + 1];
  }
  for (size_t i = 0; i < KeyTable::kPartitions; ++i) sorted.begin[i + 1] += sorted.begin[i];
  std::array<uint32_t, KeyTable::kPartitions + 1> next = sorted.begin;
  sorted.entries.resize(used_);
  for (size_t i = 0; i < used_; ++i) sorted.entries[next[partition_of[i]]++] = static_cast<uint32_t>(i);
  return sorted;
}

// The entries of one partition, under its lock.
void KeyCounter::FlushPartition(const FlushOrder& sorted, size_t partition, const KeyPartition& main,
                                const KeyPartition& failing) {
  const std::vector<uint32_t>& order = sorted.entries;
  const size_t last = sorted.begin[partition + 1];
  constexpr size_t kAhead = 8;  // entries whose cache lines are asked for in advance
  for (size_t i = sorted.begin[partition]; i < last; ++i) {
    // Three steps ahead of each other: the local entry; its node and the slots of the shared index; the shared entry.
    if (i + 3 * kAhead < order.size()) __builtin_prefetch(&entries_[order[i + 3 * kAhead]]);
    if (i + 2 * kAhead < last) {
      const Entry& ahead = entries_[order[i + 2 * kAhead]];
      main.PrefetchIndex(ahead.hash());
      failing.PrefetchIndex(ahead.hash());
      __builtin_prefetch(&nodes_[ahead.node]);
    }
    if (i + kAhead < last) main.PrefetchEntry(entries_[order[i + kAhead]].hash());
    FlushEntry(entries_[order[i]], partition);
  }
}

void KeyCounter::Flush() {
  SettlePairs();
  ChainPairs();
  rows_since_flush_ = 0;
  if (any_missing_) {
    table_->AddMissing(missing_);
    missing_ = StatusCounts();
    any_missing_ = false;
  }
  const FlushOrder sorted = SortByPartition();
  for (size_t partition = 0; partition < KeyTable::kPartitions; ++partition) {
    if (sorted.begin[partition] == sorted.begin[partition + 1]) continue;
    table_->WithPartition(partition, [&](KeyPartition& main, KeyPartition& failing) {
      FlushPartition(sorted, partition, main, failing);
    });
  }
  if (!slots_.empty()) std::fill_n(slots_.data(), slots_.size(), Slot{});
  for (size_t i = 0; i < used_; ++i) entries_[i].meta = 0;  // memo_ may still name it
  used_ = 0;
  tails_used_ = 0;
  nodes_.clear();
}

}  // namespace logstat
