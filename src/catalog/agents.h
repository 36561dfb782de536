// Who a User-Agent says it is: a person's browser, a crawler, a tool or a scanner, and under which name it is known.
//
//   AgentInfo agent = ClassifyAgent("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)");
//   agent.kind                    // AgentKind::kCrawler
//   agent.name                    // "Bingbot"
//   AgentKindName(agent.kind)     // "crawler"
//
// Known products stand in agents_*.h. An agent that names several is a scanner before a crawler before a tool before a
// browser; of one kind, the first that it names. What is in no table is a crawler if it calls itself so ("…bot",
// "…spider", an address behind "+"), a scanner if it calls itself so, and else unknown.
//
// A claim, not a proof: scanners often send a browser's name, and anybody can send Googlebot's.
//
// Linear in the text: made for each distinct agent of a run, not for each line.
// `name` lives for ever; empty: in no table. Bytes may be anything. Thread-safe.
#ifndef LOGSTAT_SRC_CATALOG_AGENTS_H_
#define LOGSTAT_SRC_CATALOG_AGENTS_H_

#include <cstdint>
#include <string_view>

#include "logstat/agent_kind.h"

namespace logstat {

struct AgentInfo {
  AgentKind kind = AgentKind::kUnknown;
  std::string_view name;
};

AgentInfo ClassifyAgent(std::string_view agent);

// "unknown", "person", "crawler", "tool", "scanner".
std::string_view AgentKindName(AgentKind kind);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_AGENTS_H_
