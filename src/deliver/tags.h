// What detectors know of a client, a path, an agent and a host: one word of each, a function of the text alone.
//
//   PathHash("/a/b")                        // by what a path is known: Shadow::path
//   ClientHash("2001:db8::1")               // by what a client is: an address of IPv6 by its /64, because a host has
//   as
//                                           // many addresses in that as it likes
//   ClientGroup("2001:db8::1")              // "2001:db8::/64"; empty: the client is its own group
//   const KeyTag tag = PathTag("/a.css");   // for KeyCounter, which asks once per key
//   HashOfPathTag(tag), (tag & kStaticPath) != 0
//
// "" and "-" (by which most servers say the same) are 0. To find the block of an address, or to classify an agent,
// takes as long as to read several lines. Pure; thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_TAGS_H_
#define LOGSTAT_SRC_DELIVER_TAGS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "src/base/hash.h"
#include "src/catalog/agents.h"
#include "src/record/row_tags.h"

namespace logstat {

// What stands for a client that is an address of IPv6, has a port, or maps to IPv4.
std::string ClientGroup(std::string_view client);
uint64_t ClientHash(std::string_view client);

// The lowest bits of a path's tag say what the path is, the others are its hash.
inline constexpr KeyTag kStaticPath = 1;     // IsStaticFile()
inline constexpr KeyTag kSensitivePath = 2;  // MayBeSensitivePath()
inline constexpr KeyTag kOddPath = 4;        // HasOddSigns()
inline constexpr KeyTag kLoginPath = 8;      // IsLoginPath()
inline constexpr KeyTag kUnbiddenPath = 16;  // IsAskedUnbidden()
inline constexpr KeyTag kPathBits = 31;
constexpr uint64_t HashOfPathTag(KeyTag tag) { return tag & ~kPathBits; }
inline uint64_t PathHash(std::string_view path) { return path.empty() ? 0 : HashOfPathTag(SketchHash(path)); }

// Of an agent the lower half is its hash, the byte above it its kind, the next bit whether it may be an attack.
inline constexpr KeyTag kAttackingAgent = KeyTag{1} << 40;
constexpr AgentKind KindOfAgentTag(KeyTag tag) { return static_cast<AgentKind>(tag >> 32 & 0xFF); }
constexpr uint32_t HashOfAgentTag(KeyTag tag) { return static_cast<uint32_t>(tag); }

KeyTag ClientTag(std::string_view client);
KeyTag PathTag(std::string_view path);
KeyTag AgentTag(std::string_view agent);
KeyTag HostTag(std::string_view host);  // 32 bits

// All of them.
const std::map<Field, TagFunction>& FindingTags();

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_TAGS_H_
