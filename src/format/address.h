// An address or a name with a port behind it, as logs write them.
//
//   WithoutPort("shop.example:443")        // "shop.example"; "[2001:db8::1]:443" → "[2001:db8::1]"
//   ClientAddress("192.0.2.7:50412")       // "192.0.2.7";    "[2001:db8::1]:443" → "2001:db8::1"
//
// What has no port stays as it is, and so does an IPv6 address without brackets: nobody can tell its port from its last
// group. Pure; the results point into the text.
#ifndef LOGSTAT_SRC_FORMAT_ADDRESS_H_
#define LOGSTAT_SRC_FORMAT_ADDRESS_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace logstat {

// Of a host.
std::string_view WithoutPort(std::string_view host);

// Of a client, whom nothing but the address names. A list of forwarded addresses stays as it is.
std::string_view BareClient(std::string_view client);

// The same for the millions that have none: a port has five digits at most, so there is a ':' in the last six bytes,
// and so there is one in front of the bracket of IPv6.
inline std::string_view ClientAddress(std::string_view client) {
  if (client.size() < 8) return BareClient(client);
  uint64_t end = 0;
  std::memcpy(&end, client.data() + client.size() - 8, 8);
  constexpr uint64_t kLow = 0x0101010101010101;
  const uint64_t colons = end ^ (kLow * ':');  // a zero byte is one
  const bool may_have_port = ((colons - kLow) & ~colons & (kLow << 7)) != 0;
  return may_have_port ? BareClient(client) : client;
}

// The client of a list of forwarded addresses: the first, which the proxy nearest to the client wrote.
std::string_view FirstForwarded(std::string_view list);

// Rough on purpose: enough to tell an address, with or without a port, from an identity, a name or a host.
bool LooksLikeAddress(std::string_view text);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_ADDRESS_H_
