// What is known of a path, an agent and a host by its text: one word, to be found once per key and not once per line.
//
//   PathHash("/a/b")                          // by what a path is known: Shadow::path
//   const uint64_t tag = PathTag("/a.css");   // a TagFunction: KeyCounter asks once per key
//   HashOfPathTag(tag), (tag & kStaticPath) != 0
//   KindOfAgentTag(AgentTag(agent)) == AgentKind::kPerson
//
// "" and "-" (by which most servers say the same) are 0. To classify an agent takes as long as to read several lines.
// Pure; thread-safe.
#ifndef LOGSTAT_SRC_CATALOG_TEXT_TAGS_H_
#define LOGSTAT_SRC_CATALOG_TEXT_TAGS_H_

#include <cstdint>
#include <string_view>

#include "src/base/hash.h"
#include "src/catalog/agents.h"

namespace logstat {

inline bool IsMissingText(std::string_view text) { return text.empty() || text == "-"; }

// The lowest bits of a path's tag say what the path is, the others are its hash.
inline constexpr uint64_t kStaticPath = 1;     // IsStaticFile()
inline constexpr uint64_t kSensitivePath = 2;  // MayBeSensitivePath(), as it stands or decoded
inline constexpr uint64_t kOddPath = 4;        // HasOddSigns()
inline constexpr uint64_t kLoginPath = 8;      // IsLoginPath(), likewise
inline constexpr uint64_t kUnbiddenPath = 16;  // IsAskedUnbidden()
inline constexpr uint64_t kBlankPath = 32;     // SignsOf() is kBlank
inline constexpr uint64_t kPathBits = 63;
constexpr uint64_t HashOfPathTag(uint64_t tag) { return tag & ~kPathBits; }
inline uint64_t PathHash(std::string_view path) { return path.empty() ? 0 : HashOfPathTag(SketchHash(path)); }

// Of an agent the lower half is its hash, the byte above it its kind, the next bit whether it may be an attack.
inline constexpr uint64_t kAttackingAgent = uint64_t{1} << 40;
constexpr AgentKind KindOfAgentTag(uint64_t tag) { return static_cast<AgentKind>(tag >> 32 & 0xFF); }
constexpr uint32_t HashOfAgentTag(uint64_t tag) { return static_cast<uint32_t>(tag); }

uint64_t PathTag(std::string_view path);
uint64_t AgentTag(std::string_view agent);
uint64_t HostTag(std::string_view host);  // 32 bits

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_TEXT_TAGS_H_
