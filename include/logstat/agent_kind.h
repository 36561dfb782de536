// What sends requests under a User-Agent. Claimed, never proved: anybody can send any name.
#ifndef LOGSTAT_AGENT_KIND_H_
#define LOGSTAT_AGENT_KIND_H_

#include <cstddef>
#include <cstdint>

namespace logstat {

enum class AgentKind : uint8_t {
  kUnknown,
  kPerson,   // a browser
  kCrawler,  // search engines, SEO, link previews, training of AI, archives, monitoring from outside
  kTool,     // libraries, command-line clients, feed readers, health checks, apps that name only their library
  kScanner,  // looks for weaknesses or open services
};
inline constexpr size_t kAgentKindCount = 5;

}  // namespace logstat

#endif  // LOGSTAT_AGENT_KIND_H_
