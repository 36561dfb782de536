// Which hosts do nothing but redirect, such as the one on port 80 that sends everybody to TLS.
//
//   hosts.OnEpoch(epoch);
//   hosts.OnlyRedirects(event.shadow.host)     // after the last epoch
//
// Those are hosts of whose lines 90 % or more are redirects; without a host column the whole run is one host. At most
// kMostHosts hosts. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_REDIRECT_HOSTS_H_
#define LOGSTAT_SRC_DETECT_REDIRECT_HOSTS_H_

#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "src/deliver/epoch_queue.h"

namespace logstat {

class RedirectHosts {
 public:
  static constexpr size_t kMostHosts = 4096;

  void OnEpoch(const Epoch& epoch) {
    Counts* counts = nullptr;
    uint32_t host = 0;
    for (const Shadow& shadow : epoch.shadows) {
      if (counts == nullptr || shadow.host != host) {  // most logs have one, or one at a time
        host = shadow.host;
        counts = Find(host);
      }
      ++counts->total;
      if (IsRedirect(static_cast<int>(shadow.status))) ++counts->redirects;
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
    if (hosts_.size() >= kMostHosts && hosts_.find(host) == hosts_.end()) return &rest_;
    return &hosts_[host];
  }

  std::unordered_map<uint32_t, Counts> hosts_;
  Counts rest_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_REDIRECT_HOSTS_H_
