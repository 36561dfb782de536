// The clients of an epoch that sent many lines, found without a table of all clients.
//
//   BusyClients busy(50);
//   for (const uint64_t client : busy.Find(epoch)) …       // by hash: all with 50 lines that are no static files
//
// One pass counts lines by a part of the client's hash; a second one, only if some count is high, names the clients
// behind such counts, among them some that are not busy. Were there more than kMostSlots high counts, twice as many
// lines are asked for, and so on: on a host with a million lines a minute fifty are nothing. Memory: 256 KiB. Not
// thread-safe.
#ifndef LOGSTAT_SRC_DETECT_BUSY_CLIENTS_H_
#define LOGSTAT_SRC_DETECT_BUSY_CLIENTS_H_

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/deliver/epoch_queue.h"

namespace logstat {

class BusyClients {
 public:
  explicit BusyClients(uint64_t least) : least_(std::max<uint64_t>(least, 1)) {}

  std::vector<uint64_t> Find(const Epoch& epoch) {
    if (epoch.shadows.size() < least_) return {};
    // Of a quiet minute few slots, so that clearing and searching them costs no more than its lines.
    const size_t slots = std::clamp(std::bit_ceil(epoch.shadows.size() * 2), kLeastSlots, kSlots);
    shift_ = 64 - std::countr_zero(slots);
    counts_.assign(slots, 0);
    for (const Shadow& shadow : epoch.shadows) counts_[SlotOf(shadow.client)] += 1 - shadow.is_static;
    uint64_t least = least_;
    int64_t high = HighCounts(least);
    if (high == 0) return {};
    for (; high > kMostSlots; high = HighCounts(least)) least *= 2;
    absl::flat_hash_set<uint64_t> found;
    for (const Shadow& shadow : epoch.shadows) {
      if (counts_[SlotOf(shadow.client)] >= least && shadow.client != 0 && shadow.is_static == 0) {
        found.insert(shadow.client);
      }
    }
    std::vector<uint64_t> clients(found.begin(), found.end());
    std::sort(clients.begin(), clients.end());
    return clients;
  }

 private:
  static constexpr size_t kLeastSlots = 1 << 10;
  static constexpr size_t kSlots = 1 << 16;
  static constexpr int64_t kMostSlots = 2048;

  size_t SlotOf(uint64_t client) const { return static_cast<size_t>(client >> shift_); }
  int64_t HighCounts(uint64_t least) const {
    return std::count_if(counts_.begin(), counts_.end(), [least](uint32_t count) { return count >= least; });
  }

  const uint64_t least_;
  std::vector<uint32_t> counts_;  // by slot
  int shift_ = 0;                 // of a hash to its slot
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_BUSY_CLIENTS_H_
