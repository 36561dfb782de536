#include "src/deliver/tags.h"

#include <arpa/inet.h>

#include <algorithm>
#include <optional>

#include "src/catalog/sensitive_paths.h"
#include "src/catalog/static_files.h"
#include "src/catalog/target_signs.h"
#include "src/filter/cidr.h"

namespace logstat {
namespace {

bool IsMissing(std::string_view text) { return text.empty() || text == "-"; }

}  // namespace

std::string ClientGroup(std::string_view client) {
  if (client.find(':') == std::string_view::npos) return {};
  const std::optional<Address> address = ParseHost(client);
  if (!address.has_value()) return {};
  const std::string_view bare = BareHost(client);
  if (bare.find(':') == std::string_view::npos) return std::string(bare);
  Address block = *address;
  std::fill(block.begin() + 8, block.end(), uint8_t{0});
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(AF_INET6, block.data(), text.data(), text.size());
  return std::string(text.data()) + "/64";
}

uint64_t ClientHash(std::string_view client) {
  if (client.empty()) return 0;
  const std::string group = ClientGroup(client);
  return SketchHash(group.empty() ? client : std::string_view(group));
}

KeyTag ClientTag(std::string_view client) { return IsMissing(client) ? 0 : ClientHash(client); }

KeyTag PathTag(std::string_view path) {
  if (IsMissing(path)) return 0;
  KeyTag tag = PathHash(path);
  if (IsStaticFile(path)) tag |= kStaticPath;
  if (MayBeSensitivePath(path)) tag |= kSensitivePath;
  if (HasOddSigns(path)) tag |= kOddPath;
  if (IsLoginPath(path)) tag |= kLoginPath;
  if (IsAskedUnbidden(path)) tag |= kUnbiddenPath;
  return tag;
}

KeyTag AgentTag(std::string_view agent) {
  if (IsMissing(agent)) return 0;
  // As lookups of Log4j and functions of a shell begin.
  const bool may_attack = agent.find("${") != std::string_view::npos || agent.find("() {") != std::string_view::npos;
  return static_cast<KeyTag>(ClassifyAgent(agent).kind) << 32 | static_cast<uint32_t>(SketchHash(agent)) |
         (may_attack ? kAttackingAgent : 0);
}

KeyTag HostTag(std::string_view host) { return IsMissing(host) ? 0 : static_cast<uint32_t>(SketchHash(host)); }

const std::map<Field, TagFunction>& FindingTags() {
  static const auto* const kTags = new std::map<Field, TagFunction>{
      {Field::kClient, ClientTag}, {Field::kPath, PathTag}, {Field::kAgent, AgentTag}, {Field::kHost, HostTag}};
  return *kTags;
}

}  // namespace logstat
