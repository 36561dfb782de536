#include "src/aggregate/upstream_reasons.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "src/aggregate/key_text.h"

namespace logstat {
namespace {

constexpr uint64_t kPairBytes = 64;      // a node, its share of malloc's, and a bucket
constexpr size_t kMaxLocalPairs = 4096;  // of a worker, then they are flushed
constexpr size_t kMostPairs = 1u << 18;  // however large the budget is

uint64_t HashOf(std::string_view key) {
  LongKeyBuffer buffer;
  const std::string_view stored = StoredKey(key, &buffer);
  return SketchHash(stored);
}

struct ReasonCount {
  std::string_view reason;  // stored form
  uint64_t count;
};

std::vector<KeyCount> TopOf(std::vector<ReasonCount> counts, size_t top) {
  std::sort(counts.begin(), counts.end(), [](const ReasonCount& a, const ReasonCount& b) {
    return a.count != b.count ? a.count > b.count : a.reason < b.reason;
  });
  if (top != 0 && counts.size() > top) counts.resize(top);
  std::vector<KeyCount> rows;
  for (const ReasonCount& counted : counts) {
    KeyCount row;
    row.key = std::string(PrintedKey(counted.reason));
    row.key_bytes = KeyBytes(counted.reason);
    row.count = counted.count;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

UpstreamReasons::UpstreamReasons(uint64_t budget_bytes, TableSeed seed)
    : max_pairs_(std::min<uint64_t>(budget_bytes / kPairBytes, kMostPairs)), counts_(0, BucketHash{seed.value}) {}

void UpstreamReasons::Worker::Add(const RecordBatch& batch, const Selection& selection) {
  if (shared_->left_out() || batch.IsEntirelyMissing(Field::kUpstream) || batch.IsEntirelyMissing(Field::kReason)) {
    return;
  }
  selection.ForEach([&](size_t row) {
    if (batch.IsMissing(Field::kUpstream, row) || batch.IsMissing(Field::kReason, row)) return;
    ++counts_[Pair{HashOf(batch.View(Field::kUpstream, row)), HashOf(batch.View(Field::kReason, row))}];
    if (counts_.size() > kMaxLocalPairs) Flush();
  });
}

void UpstreamReasons::Worker::Flush() {
  {
    const std::lock_guard lock(shared_->mutex_);
    Counts& counts = shared_->counts_;
    for (const auto& [pair, count] : counts_) {
      if (shared_->left_out()) break;
      counts[pair] += count;
      if (counts.size() <= shared_->max_pairs_) continue;
      shared_->left_out_.store(true, std::memory_order_relaxed);
      Counts(0, counts.hash_function()).swap(counts);
    }
  }
  counts_.clear();
}

void UpstreamReasons::Fill(const KeyTable& reasons, size_t top, const std::vector<KeyRow*>& upstreams) const {
  if (left_out() || reasons.bound() != 0) return;
  std::unordered_map<uint64_t, std::string_view> words;
  reasons.ForEachKey([&](const KeyView& view) {
    const std::string_view stored = view.stored_key();
    words.emplace(SketchHash(stored), stored);
  });
  std::unordered_map<uint64_t, std::vector<ReasonCount>> of;
  for (const KeyRow* row : upstreams) of[HashOf(row->key)];
  for (const auto& [pair, count] : counts_) {
    const auto wanted = of.find(pair.upstream);
    const auto word = words.find(pair.reason);
    if (wanted != of.end() && word != words.end()) wanted->second.push_back({word->second, count});
  }
  for (KeyRow* row : upstreams) {
    if (!row->missing && row->key_bytes <= kMaxKeyBytes) row->top_reasons = TopOf(of[HashOf(row->key)], top);
  }
}

uint64_t UpstreamReasons::memory_bytes() const { return counts_.size() * kPairBytes; }

}  // namespace logstat
