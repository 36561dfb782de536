// Makes room in a full table of a detector.
//
//   if (hosts.size() >= kMostHosts) ForgetHalf(hosts, [](const Host& host) { return host.last_ms; });
//
// Removes the half of the entries whose ages are least, of equals those with the lesser keys. A half at a time, because
// a log may name a new host on every line, and to look for the single oldest of 4,096 takes longer than all else.
#ifndef LOGSTAT_SRC_DETECT_FORGET_H_
#define LOGSTAT_SRC_DETECT_FORGET_H_

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace logstat {

// `entries` is a std::map, whose keys are ordered; `age` gives what compares, of a mapped value.
template <typename Map, typename Age>
void ForgetHalf(Map& entries, Age age) {
  std::vector<typename Map::iterator> all;
  for (auto entry = entries.begin(); entry != entries.end(); ++entry) all.push_back(entry);
  const auto half = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), half, all.end(), [&](const auto& a, const auto& b) {
    return std::pair(age(a->second), a->first) < std::pair(age(b->second), b->first);
  });
  std::for_each(all.begin(), half, [&](const auto& entry) { entries.erase(entry); });
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_FORGET_H_
