// 421 as the standard has it today (RFC 9110): a client of HTTP/2 or 3 used a connection for a host that it does not
// serve. The verdict `misdirected` of 421-conn-limit.
//
//   MisdirectedRequests misdirected(settings);
//   misdirected.Add(event);                    // each 421, in order
//   misdirected.Settle(history);               // with every epoch: who was served at once
//   misdirected.Finish(context, start, findings);
//
// It is this and no limit where many clients got it, nearly all over HTTP/2 or 3, and at least half of the requests
// were followed within two seconds by one of the same client that was served. One finding for each host. Memory:
// `most_keys` hosts and requests that wait for their answer, four times as many clients. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_MISDIRECTED_H_
#define LOGSTAT_SRC_DETECT_MISDIRECTED_H_

#include <cstdint>
#include <functional>
#include <set>
#include <string_view>
#include <vector>

#include "src/detect/client_counts.h"
#include "src/detect/key_map.h"
#include "src/detect/windows.h"

namespace logstat {

class MisdirectedRequests {
 public:
  explicit MisdirectedRequests(RuleSettings settings);

  void Add(const Event& event);
  void Settle(const History& history);
  // `start` makes a finding about a host. Returns the hashes of the hosts that have one.
  std::set<uint32_t> Finish(const FindingContext& context, const std::function<Finding(std::string_view host)>& start,
                            std::vector<Finding>& findings);

 private:
  struct Marks {
    uint64_t events = 0;
    uint64_t multiplexed = 0;  // HTTP/2 or 3
    uint64_t retried = 0;      // served within two seconds
    ClientCounts::Count clients;
  };
  struct Retry {
    uint64_t client;
    uint32_t host;
    int64_t time_ms;
  };

  const size_t most_keys_;
  SlidingWindows windows_;  // by host
  KeyMap<Marks> marks_;     // by host
  ClientCounts clients_;
  std::vector<Retry> retries_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_MISDIRECTED_H_
