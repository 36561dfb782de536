// Whether several people stand behind an address (statement S61 of docs/findings.md): the document warns that a limit
// per address meets everybody behind one gateway.
//
//   shared.Watch(client, history);       // from the last ten minutes on
//   shared.OnEpoch(epoch);
//   shared.Of(client)
//
// `likely` takes at least five browsers that each made three successful requests over ten minutes, or three users that
// succeeded: a scanner that changes its agent with every request must not pass for a crowd. `unknown` without agents
// and users, else `unlikely`. Other clients' lines cost a look at a bit. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_SHARED_ADDRESSES_H_
#define LOGSTAT_SRC_DETECT_SHARED_ADDRESSES_H_

#include <absl/container/node_hash_map.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>

#include "logstat/findings.h"
#include "src/deliver/event.h"
#include "src/detect/history.h"
#include "src/detect/key_filter.h"

namespace logstat {

class SharedAddresses {
 public:
  // More are not watched and remain unknown.
  static constexpr size_t kMostClients = 4096;
  struct Agent {
    uint32_t successes = 0;
    int64_t first_ms = 0;
    int64_t last_ms = 0;
  };
  // What is known of one client.
  struct Client {
    std::map<uint32_t, Agent> agents;  // by hash, 64 at most
    std::set<uint64_t> users;          // by hash, that succeeded; 16 at most
    bool any_agent = false;            // of any kind
  };

  void Watch(uint64_t client, const History& history);
  bool IsWatched(uint64_t client) const { return clients_.find(client) != clients_.end(); }
  // Its lines of watched clients are counted.
  void OnEpoch(const Epoch& epoch);
  // For who goes through the lines itself: a client whose lines it will add, there as long as this is.
  Client& ClientOf(uint64_t client) { return clients_[client]; }
  static void AddLine(const Shadow& shadow, int64_t time_ms, Client& client);
  // Users are known of events only.
  void OnEvent(const Event& event);

  Shared Of(uint64_t client) const;
  // Different browsers that succeeded, 64 at most.
  size_t Agents(uint64_t client) const;

 private:
  absl::node_hash_map<uint64_t, Client> clients_;
  KeyFilter filter_;  // of those that are watched
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_SHARED_ADDRESSES_H_
