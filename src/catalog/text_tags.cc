#include "src/catalog/text_tags.h"

#include <array>
#include <string>

#include "src/catalog/attack_patterns.h"
#include "src/catalog/sensitive_paths.h"
#include "src/catalog/static_files.h"
#include "src/catalog/target_signs.h"

namespace logstat {

namespace {

// What lists of names say of a path. A server decodes it before it looks for the file.
uint64_t NameBitsOf(std::string_view path) {
  return (MayBeSensitivePath(path) ? kSensitivePath : 0) | (IsLoginPath(path) ? kLoginPath : 0);
}

}  // namespace

uint64_t PathTag(std::string_view path) {
  if (IsMissingText(path)) return 0;
  uint64_t tag = PathHash(path) | NameBitsOf(path);
  if (path.find('%') != std::string_view::npos) {
    int depth = 0;
    tag |= NameBitsOf(DecodeTarget(path, &depth));
  }
  if (IsStaticFile(path)) tag |= kStaticPath;
  const TargetSigns signs = SignsOf(path);
  if (IsOddTarget(signs, path)) tag |= kOddPath;
  if (signs == TargetSigns::kBlank) tag |= kBlankPath;
  if (IsAskedUnbidden(path)) tag |= kUnbiddenPath;
  return tag;
}

namespace {

// An agent takes as long to classify as ten lines to read, and is asked about wherever its key is new: whenever a table
// was flushed, at the edges of each cell. Most logs know some dozen of them. One for each thread.
constexpr size_t kMostKnownBytes = 1024;  // of an agent
struct KnownAgent {
  std::string text;
  uint64_t tag = 0;
};
thread_local std::array<KnownAgent, 256> known_agents;

uint64_t MakeAgentTag(std::string_view agent, uint32_t hash) {
  // As lookups of Log4j and functions of a shell begin.
  const bool may_attack = agent.find("${") != std::string_view::npos || agent.find("() {") != std::string_view::npos;
  return static_cast<uint64_t>(ClassifyAgent(agent).kind) << 32 | hash | (may_attack ? kAttackingAgent : 0);
}

}  // namespace

uint64_t AgentTag(std::string_view agent) {
  if (IsMissingText(agent)) return 0;
  const uint64_t hash = SketchHash(agent);
  KnownAgent& known = known_agents[hash % known_agents.size()];
  if (known.text == agent) return known.tag;
  const uint64_t tag = MakeAgentTag(agent, static_cast<uint32_t>(hash));
  if (agent.size() > kMostKnownBytes) return tag;
  known.text = agent;
  known.tag = tag;
  return tag;
}

uint64_t HostTag(std::string_view host) { return IsMissingText(host) ? 0 : static_cast<uint32_t>(SketchHash(host)); }

}  // namespace logstat
