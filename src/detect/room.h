// The bounds of tables: a log may name a new key on every line, and no table of a detector may grow with it. What
// happens when a table is full has a name:
//
//   Host* host = AtIfRoom(hosts_, hash, kMostHosts);             // the first that came stay; null: a new key, no room
//   if (HasRoomFor(hosts_, hash, kMostHosts)) …                  // whether AtIfRoom() would find or add it
//   CountIfRoom(clients_, client, most_keys());                  // the same of numbers, and adds to it
//   InsertIfRoom(loop.clients, client, kMostLoopClients);        // the same of a set
//   Host& host = AtForgettingHalf(hosts_, hash, kMostHosts, [](const Host& host) { return host.last_ms; });
//
// The first that came stay where a key must be seen from its first event on, or where one answer of many is enough: no
// flood can push out what was there before it. The oldest go where the present counts. Some types bound themselves:
// KeyMap (the quarter goes that was asked for longest ago), SlidingWindows (the oldest that has no finding), HeavyKeys
// (says that it is not whole any more).
//
// `most` is a number of entries. The pointers and references live as long as those of the table. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_ROOM_H_
#define LOGSTAT_SRC_DETECT_ROOM_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace logstat {

template <typename Table>
bool HasRoomFor(const Table& table, const typename Table::key_type& key, size_t most) {
  return table.size() < most || table.find(key) != table.end();
}

// The value of the key; a new one is made of `args`.
template <typename Table, typename... Args>
typename Table::mapped_type* AtIfRoom(Table& table, const typename Table::key_type& key, size_t most,
                                      const Args&... args) {
  const auto found = table.size() < most ? table.try_emplace(key, args...).first : table.find(key);
  return found == table.end() ? nullptr : &found->second;
}

template <typename Table>
void CountIfRoom(Table& table, const typename Table::key_type& key, size_t most, uint64_t count = 1) {
  if (typename Table::mapped_type* sum = AtIfRoom(table, key, most)) *sum += count;
}

template <typename Set>
void InsertIfRoom(Set& set, const typename Set::key_type& key, size_t most) {
  if (set.size() < most) set.insert(key);
}

// Removes the half of the entries whose ages are least, of equals those with the lesser keys. `entries` is a std::map,
// whose keys are ordered; `age` gives what compares, of a mapped value.
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

// A half at a time, because to look for the single oldest of 4,096 takes longer than all else.
template <typename Map, typename Age>
typename Map::mapped_type& AtForgettingHalf(Map& entries, const typename Map::key_type& key, size_t most, Age age) {
  if (!HasRoomFor(entries, key, most)) ForgetHalf(entries, age);
  return entries[key];
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_ROOM_H_
