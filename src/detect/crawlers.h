// Crawlers that the operator named by their addresses: what they do is no attack, so findings about them are one
// severity lower. An agent that calls itself Googlebot proves nothing, and a log is read without asking the network.
//
//   LowerCrawlers(settings.crawlers, findings);        // before campaigns are folded, which take the worst of theirs
//   if (IsAboutCrawlers(finding)) …
//
// Lowered is what rests on crawlers alone: a finding about a client that is one; one about a path, a user, an agent, a
// referrer or how a host refused its clients, if its list of clients is whole (five at most) and has nobody else. Of a
// failing host or site the severity is how much fails, whoever saw it: at night that may be crawlers only. A group of
// IPv6 is one if all of it is. Says so by the fact `configured_crawlers`: how many. Pure.
#ifndef LOGSTAT_SRC_DETECT_CRAWLERS_H_
#define LOGSTAT_SRC_DETECT_CRAWLERS_H_

#include <cstdint>
#include <vector>

#include "logstat/findings.h"
#include "src/filter/cidr.h"

namespace logstat {

void LowerCrawlers(const AddressSet& crawlers, std::vector<Finding>& findings);

// Whether it was lowered, or would have been were it not info.
bool IsAboutCrawlers(const Finding& finding);
// Makes it one that is, for who makes one finding of several.
void AddCrawlers(uint64_t clients, Finding& finding);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CRAWLERS_H_
