#include "src/deliver/tags.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>

#include "src/base/hash.h"
#include "src/filter/cidr.h"

namespace logstat {

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

KeyTag ClientTag(std::string_view client) { return IsMissingText(client) ? 0 : ClientHash(client); }

const std::map<Field, TagFunction>& FindingTags() {
  static const auto* const kTags = new std::map<Field, TagFunction>{
      {Field::kClient, ClientTag}, {Field::kPath, PathTag}, {Field::kAgent, AgentTag}, {Field::kHost, HostTag}};
  return *kTags;
}

}  // namespace logstat
