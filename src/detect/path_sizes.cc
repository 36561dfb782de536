#include "src/detect/path_sizes.h"

#include <tuple>
#include <vector>

namespace logstat {

PathSizes::Sizes* PathSizes::New(uint64_t path) {
  if (paths_.size() < 2 * most_) return &paths_.try_emplace(path).first->second;
  is_whole_ = false;
  return nullptr;
}

void PathSizes::EndEpoch() {
  ++minute_;
  if (paths_.size() <= most_) return;
  is_whole_ = false;
  struct Age {
    uint32_t newest;
    uint32_t count;
    uint64_t path;
    bool operator<(const Age& other) const {
      return std::tie(newest, count, path) < std::tie(other.newest, other.count, other.path);
    }
  };
  std::vector<Age> ages;
  ages.reserve(paths_.size());
  for (const auto& [path, sizes] : paths_) ages.push_back({sizes.newest, sizes.count, path});
  const auto rest = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() - most_ / 4 * 3);
  std::nth_element(ages.begin(), rest, ages.end());
  std::for_each(ages.begin(), rest, [this](const Age& age) { paths_.erase(age.path); });
}

}  // namespace logstat
