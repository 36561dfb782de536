// Which hosts do nothing but redirect, such as the one on port 80 that sends everybody to TLS.
//
//   hosts.OnEpoch(history.NewestHosts());
//   hosts.OnlyRedirects(event.shadow.host)     // after the last epoch
//
// Those are hosts of whose lines 90 % or more are redirects; without a host column the whole run is one host. At most
// kMostHosts hosts. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_REDIRECT_HOSTS_H_
#define LOGSTAT_SRC_DETECT_REDIRECT_HOSTS_H_

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "src/detect/history.h"
#include "src/detect/room.h"

namespace logstat {

class RedirectHosts {
 public:
  static constexpr size_t kMostHosts = 4096;

  // The hosts of an epoch.
  void OnEpoch(const std::vector<History::HostMinute>& hosts) {
    for (const History::HostMinute& host : hosts) {
      Counts* counts = Find(host.host);
      counts->total += host.total;
      counts->redirects += host.redirects;
    }
  }

  bool OnlyRedirects(uint32_t host) const {
    const auto found = hosts_.find(host);
    return found != hosts_.end() && found->second.redirects * 10 >= found->second.total * 9;
  }

 private:
  struct Counts {
    uint64_t total = 0;
    uint64_t redirects = 0;
  };
  Counts* Find(uint32_t host) {
    Counts* counts = AtIfRoom(hosts_, host, kMostHosts);
    return counts != nullptr ? counts : &rest_;
  }

  std::unordered_map<uint32_t, Counts> hosts_;
  Counts rest_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_REDIRECT_HOSTS_H_
