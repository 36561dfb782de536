// Values by key, of bounded number: the map behind detectors that remember something of each client, path or user.
//
//   KeyMap<State> clients(settings.most_keys);
//   State& state = clients.At(event.client(), event.time_ms);
//
// Holds `most_keys` keys at most. When it is full, the quarter whose last At() is oldest goes, so that a flood of keys
// does not pay for each. References live until the next At(). Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_KEY_MAP_H_
#define LOGSTAT_SRC_DETECT_KEY_MAP_H_

#include <absl/container/node_hash_map.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "src/detect/detector.h"
#include "src/detect/sorted_keys.h"

namespace logstat {

template <typename Value>
class KeyMap {
 public:
  explicit KeyMap(size_t most_keys) : most_keys_(most_keys) {}

  Value& At(uint64_t key, int64_t now_ms) {
    auto found = entries_.find(key);
    if (found == entries_.end()) {
      if (entries_.size() >= most_keys_) MakeRoom();
      found = entries_.try_emplace(key).first;
    }
    found->second.last_ms = now_ms;
    return found->second.value;
  }
  Value* Find(uint64_t key) {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second.value;
  }
  const Value* Find(uint64_t key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second.value;
  }
  size_t size() const { return entries_.size(); }

  // Keys in ascending order, so that what is made of them does not depend on chance.
  std::vector<uint64_t> Keys() const { return SortedKeys(entries_); }

 private:
  struct Entry {
    Value value;
    int64_t last_ms = 0;
  };

  void MakeRoom() {
    std::vector<std::pair<int64_t, uint64_t>> by_age;
    for (const auto& [key, entry] : entries_) by_age.emplace_back(entry.last_ms, key);
    std::sort(by_age.begin(), by_age.end());
    for (size_t i = 0; i < by_age.size() / 4; ++i) entries_.erase(by_age[i].second);
  }

  size_t most_keys_;
  absl::node_hash_map<uint64_t, Entry> entries_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_KEY_MAP_H_
