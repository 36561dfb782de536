// Which pages belong to this site: the host of a referrer, and whether a client had the page it names.
//
//   own.Learn(event, history);                // every event, in order
//   const Referrer from = ParseReferrer(event.text(Field::kReferrer));
//   own.IsOwn(from.host, event.text(Field::kHost))   // after the last event if the log has no hosts
//
// With a host column a referrer is of the own site if it names the same host. Without one the site's name has to be
// learned: it is what browsers name as the host of pages that they had got from this log within ten minutes, three
// times and in at least a quarter of the cases that were looked at. Scanners send the site's own address as their
// referrer without having been there, so only what calls itself a browser is asked. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_REFERRERS_H_
#define LOGSTAT_SRC_DETECT_REFERRERS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "src/deliver/event.h"
#include "src/detect/history.h"

namespace logstat {

struct Referrer {
  std::string host;       // lower case, without "www." and port; empty: not a web address
  std::string_view path;  // without query; "/" if it has none
  std::string_view page;  // the address up to the query
};

// `path` and `page` point into the text.
Referrer ParseReferrer(std::string_view text);

class OwnSite {
 public:
  void Learn(const Event& event, const History& history);
  // Of the referrers of events of this log.
  bool IsOwn(const std::string& referrer_host, std::string_view host) const;

 private:
  struct Votes {
    uint32_t asked = 0;
    uint32_t yes = 0;
  };
  std::unordered_map<std::string, Votes> hosts_;
  uint32_t most_yes_ = 0;                 // that any host got
  std::unordered_set<uint64_t> settled_;  // addresses of hosts, as they stand in referrers, that were asked enough
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_REFERRERS_H_
