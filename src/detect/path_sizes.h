// What the paths of a log sent since it began: how many answers of each, the smallest and the largest.
//
//   PathSizes sizes(most_paths);
//   sizes.Add(PathKey(shadow), shadow.bytes);   // those that count
//   sizes.EndEpoch();                           // after those of each minute
//   sizes.Find(key), sizes.is_whole()
//
// Whoever attacks a page at three in the morning asks for one that thousands had by day; ten minutes of lines
// (history.h) do not tell. Over `most_paths` at the end of a minute a quarter goes: those of which nobody asked for the
// longest time, so the same whatever order the lines of a minute have. From then on is_whole() is false: that a path is
// not known says nothing. Within a minute there is room for twice as many, the first that came.
// Memory: 24 bytes a path and the gaps of a hash table, under 4 MiB of kMostPaths. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_PATH_SIZES_H_
#define LOGSTAT_SRC_DETECT_PATH_SIZES_H_

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace logstat {

class PathSizes {
 public:
  // Twice as many still fit into the table that these need.
  static constexpr size_t kMostPaths = 49'152;

  struct Sizes {
    uint32_t count = 0;
    uint32_t least = UINT32_MAX;
    uint32_t most = 0;
    uint32_t newest = 0;  // the last minute with one, counted from 0
  };

  explicit PathSizes(size_t most_paths) : most_(std::min(most_paths, kMostPaths)) {}

  void Prefetch(uint64_t path) const { paths_.prefetch(path); }
  void Add(uint64_t path, uint32_t bytes) {
    const auto found = paths_.find(path);
    Sizes* const sizes = found != paths_.end() ? &found->second : New(path);
    if (sizes == nullptr) return;
    ++sizes->count;
    sizes->least = std::min(sizes->least, bytes);
    sizes->most = std::max(sizes->most, bytes);
    sizes->newest = minute_;
  }
  void EndEpoch();

  // Null: not known.
  const Sizes* Find(uint64_t path) const {
    const auto found = paths_.find(path);
    return found == paths_.end() ? nullptr : &found->second;
  }
  // Nothing was forgotten: a path that is not known had no answer.
  bool is_whole() const { return is_whole_; }

 private:
  Sizes* New(uint64_t path);

  const size_t most_;
  absl::flat_hash_map<uint64_t, Sizes> paths_;
  uint32_t minute_ = 0;
  bool is_whole_ = true;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_PATH_SIZES_H_
