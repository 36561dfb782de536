#include "src/deliver/client_hash.h"

#include <arpa/inet.h>

#include <algorithm>
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

uint64_t ClientHashes::Of(std::string_view client) {
  if (client.empty()) return 0;
  if (client.find(':') == std::string_view::npos) return SketchHash(client);
  const size_t slot = blocks_.SlotOf(client);
  const uint64_t* known = blocks_.Find(client, slot);
  if (known != nullptr) return *known;
  const std::string group = ClientGroup(client);
  return blocks_.Put(client, slot, SketchHash(group.empty() ? client : std::string_view(group)));
}

}  // namespace logstat
