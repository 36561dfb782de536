#include "src/deliver/client_hash.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
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
  const uint64_t hash = SketchHash(client);
  if (client.find(':') == std::string_view::npos) return hash;
  const auto hash_of_group = [&] {
    const std::string group = ClientGroup(client);
    return group.empty() ? hash : SketchHash(group);
  };
  if (client.size() > kMostBytes) return hash_of_group();
  Slot& slot = slots_[hash % kSlots];
  if (slot.size != client.size() || std::memcmp(slot.client.data(), client.data(), client.size()) != 0) {
    slot.hash = hash_of_group();
    slot.size = static_cast<uint8_t>(client.size());
    std::memcpy(slot.client.data(), client.data(), client.size());
  }
  return slot.hash;
}

}  // namespace logstat
