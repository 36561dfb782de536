#include "src/aggregate/slow_paths.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "src/aggregate/key_text.h"
#include "src/aggregate/top_list.h"

namespace logstat {
namespace {

constexpr uint64_t kMinTimed = 20;

// The pairs of one path.
class PathHistogram {
 public:
  explicit PathHistogram(std::span<const DurationPair> pairs) : max_us_(pairs.empty() ? 0 : pairs.back().max_us()) {
    buckets_.reserve(pairs.size());
    for (const DurationPair& pair : pairs) buckets_.push_back(DurationBucketCount{pair.bucket(), pair.count()});
  }

  int64_t P95() const { return DurationQuantile(buckets_, max_us_, 95, 100); }
  DurationRow Row() const { return MakeDurationRow(buckets_, max_us_); }

 private:
  std::vector<DurationBucketCount> buckets_;
  int64_t max_us_;
};

// The paths of one partition that have durations, each a range of the partition's pairs.
class PartitionPaths {
 public:
  explicit PartitionPaths(std::vector<DurationPair> pairs) : pairs_(std::move(pairs)) {
    for (uint32_t begin = 0; begin < pairs_.size();) {
      Path path{pairs_[begin].path(), begin, begin, 0};
      while (path.end < pairs_.size() && pairs_[path.end].path() == path.path) path.count += pairs_[path.end++].count();
      begin = path.end;
      paths_.push_back(path);
    }
  }

  struct Path {
    uint64_t path;
    uint32_t begin;  // in the pairs
    uint32_t end;
    uint64_t count;
  };

  const Path* Find(std::string_view key) const {
    const uint64_t path = DurationPair::PathOf(PathDurations::HashOf(key));
    const auto found = std::lower_bound(paths_.begin(), paths_.end(), path,
                                        [](const Path& a, uint64_t wanted) { return a.path < wanted; });
    return found != paths_.end() && found->path == path ? &*found : nullptr;
  }

  PathHistogram HistogramOf(const Path& path) const {
    return PathHistogram(std::span(pairs_).subspan(path.begin, path.end - path.begin));
  }

  // Whether a path was timed at least so often.
  bool Any(uint64_t timed) const {
    return std::any_of(paths_.begin(), paths_.end(), [&](const Path& path) { return path.count >= timed; });
  }

 private:
  std::vector<DurationPair> pairs_;
  std::vector<Path> paths_;
};

struct SlowPath {
  int64_t p95_us;
  std::string_view key;
  DurationRow row;
};

struct SlowerThan {
  bool operator()(const SlowPath& a, const SlowPath& b) const {
    return a.p95_us != b.p95_us ? a.p95_us > b.p95_us : a.key < b.key;
  }
};

using SlowList = TopList<SlowPath, SlowerThan>;

void AddSlowPaths(const KeyTable& table, size_t partition, const PartitionPaths& paths, uint64_t min_timed,
                  SlowList* slowest) {
  if (!paths.Any(min_timed)) return;
  table.ForEachKeyOf(partition, [&](const KeyView& view) {
    const std::string_view key = view.stored_key();
    if (key.size() > kMaxKeyBytes) return;
    const PartitionPaths::Path* path = paths.Find(key);
    if (path == nullptr || path->count < min_timed) return;
    const PathHistogram histogram = paths.HistogramOf(*path);
    const int64_t p95_us = histogram.P95();
    if (slowest->worst() != nullptr && p95_us < slowest->worst()->p95_us) return;
    slowest->Add(SlowPath{p95_us, key, histogram.Row()});
  });
}

std::vector<PathDurationRow> SlowestPaths(const PathDurations& durations, const KeyTable& table, size_t top,
                                          uint64_t min_timed) {
  SlowList slowest(top);
  for (size_t i = 0; i < PathDurations::kPartitions; ++i) {
    AddSlowPaths(table, i, PartitionPaths(durations.SortedPairs(i)), min_timed, &slowest);
  }
  std::vector<PathDurationRow> rows;
  for (const SlowPath& path : slowest.Sorted()) rows.push_back(PathDurationRow{std::string(path.key), path.row});
  return rows;
}

}  // namespace

void FillSlowPaths(const PathDurations& durations, const KeyTable& paths, size_t top, Durations* report) {
  report->paths_left_out = durations.left_out() || paths.bound() != 0;
  if (report->paths_left_out) return;
  report->paths = SlowestPaths(durations, paths, top, kMinTimed);
  if (report->paths.empty()) report->paths = SlowestPaths(durations, paths, top, 1);
}

// Each partition is sorted once however many of its paths are listed.
void FillP95(const PathDurations& durations, const std::vector<KeyRow*>& listed) {
  std::vector<std::pair<size_t, KeyRow*>> rows;  // by partition
  for (KeyRow* row : listed) {
    if (row->missing || row->key_bytes > kMaxKeyBytes) continue;
    rows.emplace_back(KeyTable::PartitionOf(PathDurations::HashOf(row->key)), row);
  }
  std::sort(rows.begin(), rows.end());
  for (size_t i = 0; i < rows.size();) {
    const size_t partition = rows[i].first;
    const PartitionPaths paths(durations.SortedPairs(partition));
    for (; i < rows.size() && rows[i].first == partition; ++i) {
      const PartitionPaths::Path* path = paths.Find(rows[i].second->key);
      if (path != nullptr) rows[i].second->p95_us = paths.HistogramOf(*path).P95();
    }
  }
}

}  // namespace logstat
