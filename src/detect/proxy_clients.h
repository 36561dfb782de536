// Addresses that are proxies: many people stand behind each, and together they sent more than half of the lines.
//
//   proxies.OnEpoch(epoch);                // the newest one
//   proxies.OnEvent(event);
//   for (const uint64_t client : proxies.Find().clients) …    // by hash, most lines first; none: clients are clients
//
// Behind a CDN or a load balancer whose logs name it as the client, whatever is said of "one client" is said of all
// visitors: rules about one client leave such addresses out (specification of `client-is-proxy`, over S61 of
// docs/findings.md). Who sends many lines is found without a table of all clients: lines are counted in 4,096 slots by
// the client's hash, and the client behind a slot with 2 % of all lines so far is looked at. Others in its slot are
// counted with it, one line in 4,096. Memory: 96 KiB, of which a line that nobody looks at touches a count and a
// bit. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_PROXY_CLIENTS_H_
#define LOGSTAT_SRC_DETECT_PROXY_CLIENTS_H_

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "src/deliver/epoch_queue.h"
#include "src/deliver/event.h"
#include "src/detect/shared_addresses.h"

namespace logstat {

class ProxyClients {
 public:
  void OnEpoch(const Epoch& epoch);
  // Users and names are known of events only.
  void OnEvent(const Event& event);

  struct Found {
    std::vector<uint64_t> clients;
    std::vector<std::string> names;  // of each; empty: it had no event, and so there is no finding about it
    double share = 0;                // of all lines
  };
  Found Find() const;

 private:
  static constexpr size_t kSlots = 4096;
  static constexpr uint64_t kShare = 50;        // one in so many lines is worth a look
  static constexpr uint64_t kLeastLines = 250;  // before anything is said of shares
  static constexpr uint64_t kLeastLinesOfAll = 1000;

  static size_t SlotOf(uint64_t client) { return static_cast<size_t>(client >> 52); }
  void NameSlots(const Epoch& epoch, uint64_t least);
  bool LacksClient(size_t slot, uint64_t least) const { return counts_[slot] >= least && clients_[slot] == 0; }

  uint64_t lines_ = 0;
  std::array<uint64_t, kSlots> counts_{};
  std::array<uint64_t, kSlots> clients_{};  // the one that is looked at; 0: none
  std::bitset<kSlots> watched_;             // has a client of which it is not known yet that it is a crowd
  std::array<SharedAddresses::Client*, kSlots> people_{};  // what crowds_ knows of the client
  std::map<size_t, std::string> names_;                    // of clients, by slot
  SharedAddresses crowds_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_PROXY_CLIENTS_H_
