// What the clients of the newest epoch did, counted in slots by a part of their hash: which clients may be worth a
// look, found without a table of all clients.
//
//   slots.Count(epoch);
//   for (const uint64_t client : slots.Busy(epoch, 50)) …      // by hash: all with 50 lines that are no static files
//   if (slots.MayHaveAgents(client, ClientSlots::BitsOf(6))) … // false: it used fewer
//
// Clients of one slot are counted together, so some are named that are not busy, and none that is busy is left out. One
// pass for all who ask. There are about as many slots as lines, 65,536 at most: 1 MiB. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_CLIENT_SLOTS_H_
#define LOGSTAT_SRC_DETECT_CLIENT_SLOTS_H_

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/deliver/epoch_queue.h"

namespace logstat {

class ClientSlots {
 public:
  void Count(const Epoch& epoch) {
    // Of a quiet minute few, so that clearing them costs no more than its lines.
    const size_t slots = std::clamp(std::bit_ceil(epoch.shadows.size()), kLeastSlots, kMostSlots);
    shift_ = 64 - std::countr_zero(slots);
    slots_.assign(slots, Slot());
    most_lines_ = 0;
    for (const Shadow& shadow : epoch.shadows) {
      Slot& slot = slots_[SlotOf(shadow.client)];
      slot.agents |= uint64_t{shadow.agent != 0} << (shadow.agent & 63);
      most_lines_ = std::max(most_lines_, slot.lines += 1 - shadow.is_static);
    }
  }

  // Were there more than kMostBusy slots with so many lines, twice as many are asked for, and so on: on a host with a
  // million lines a minute fifty are nothing.
  std::vector<uint64_t> Busy(const Epoch& epoch, uint64_t least) const {
    least = std::max<uint64_t>(least, 1);
    if (most_lines_ < least) return {};
    while (SlotsWith(least) > kMostBusy) least *= 2;
    absl::flat_hash_set<uint64_t> found;
    for (const Shadow& shadow : epoch.shadows) {
      if (slots_[SlotOf(shadow.client)].lines >= least && shadow.client != 0 && shadow.is_static == 0) {
        found.insert(shadow.client);
      }
    }
    std::vector<uint64_t> clients(found.begin(), found.end());
    std::sort(clients.begin(), clients.end());
    return clients;
  }

  // Bits that a client with so many agents has: two less, because of 64 two picked by chance may share one; of many
  // agents several do, so no more than four are asked for.
  static int BitsOf(uint64_t agents) { return static_cast<int>(std::clamp<uint64_t>(agents, 3, 6)) - 2; }
  bool MayHaveAgents(uint64_t client, int bits) const {
    uint64_t agents = slots_[SlotOf(client)].agents;
    for (; bits > 1; --bits) agents &= agents - 1;  // std::popcount is a call where the processor may lack it
    return agents != 0;
  }

 private:
  struct Slot {
    uint64_t agents = 0;  // a bit for each agent's hash
    uint32_t lines = 0;   // that are no static files
  };
  static constexpr size_t kLeastSlots = 1 << 10;
  static constexpr size_t kMostSlots = 1 << 16;
  static constexpr int64_t kMostBusy = 2048;

  size_t SlotOf(uint64_t client) const { return static_cast<size_t>(client >> shift_); }
  int64_t SlotsWith(uint64_t least) const {
    return std::count_if(slots_.begin(), slots_.end(), [least](const Slot& slot) { return slot.lines >= least; });
  }

  std::vector<Slot> slots_;
  uint32_t most_lines_ = 0;
  int shift_ = 54;  // of a hash to its slot
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CLIENT_SLOTS_H_
