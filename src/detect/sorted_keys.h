// The keys of a hash table in their order: what is printed must not depend on how a table lays them out.
//
//   for (const uint64_t key : SortedKeys(paths_)) Print(paths_.at(key));
#ifndef LOGSTAT_SRC_DETECT_SORTED_KEYS_H_
#define LOGSTAT_SRC_DETECT_SORTED_KEYS_H_

#include <algorithm>
#include <vector>

namespace logstat {

template <typename Table>
std::vector<typename Table::key_type> SortedKeys(const Table& table) {
  std::vector<typename Table::key_type> keys;
  keys.reserve(table.size());
  for (const auto& entry : table) keys.push_back(entry.first);
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_SORTED_KEYS_H_
