// The keys with the largest sums, of more keys than there is room for.
//
//   HeavyKeys heavy(4096);
//   heavy.Add(shadow.path, shadow.bytes);
//   for (const auto& [key, sum] : heavy.Top(5)) …           // by sum, then key
//   finding.top_paths = NamedSums(heavy.Top(5), Field::kPath, context.texts);
//
// Exact while there are at most so many keys; what comes beyond them is not counted, and is_whole() says so. Not
// thread-safe.
#ifndef LOGSTAT_SRC_DETECT_HEAVY_KEYS_H_
#define LOGSTAT_SRC_DETECT_HEAVY_KEYS_H_

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "logstat/findings.h"
#include "src/deliver/kept_event.h"
#include "src/detect/key_texts.h"
#include "src/detect/room.h"
#include "src/record/field.h"

namespace logstat {

class HeavyKeys {
 public:
  using Sum = std::pair<uint64_t, uint64_t>;  // key, sum

  explicit HeavyKeys(size_t most_keys) : most_keys_(most_keys) {}

  void Add(uint64_t key, uint64_t value) {
    if (key == 0) return;
    uint64_t* sum = AtIfRoom(sums_, key, most_keys_);
    if (sum != nullptr) {
      *sum += value;
    } else {
      is_whole_ = false;
    }
  }
  bool is_whole() const { return is_whole_; }

  // None if some keys are missing: which ones would depend on the order of the lines.
  std::vector<Sum> Top(size_t most) const {
    std::vector<Sum> top;
    if (is_whole_) top.assign(sums_.begin(), sums_.end());
    KeepTop(most, top);
    return top;
  }

  // The largest of them come first, and the others go.
  static void KeepTop(size_t most, std::vector<Sum>& sums) {
    std::sort(sums.begin(), sums.end(),
              [](const Sum& a, const Sum& b) { return std::pair(b.second, a.first) < std::pair(a.second, b.first); });
    if (sums.size() > most) sums.resize(most);
  }

 private:
  const size_t most_keys_;
  absl::flat_hash_map<uint64_t, uint64_t> sums_;
  bool is_whole_ = true;
};

// Those whose text is known.
inline std::vector<EvidenceCount> NamedSums(const std::vector<HeavyKeys::Sum>& sums, Field field,
                                            const KeyTexts& texts) {
  std::vector<EvidenceCount> named;
  for (const auto& [key, sum] : sums) {
    const std::string_view text = texts.Find(field, key).substr(0, kMostEvidenceBytes);
    if (!text.empty()) named.push_back({std::string(text), sum});
  }
  return named;
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_HEAVY_KEYS_H_
