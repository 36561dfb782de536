// Internet addresses and blocks of them (CIDR), of both versions at once.
//
//   AddressSet proxies;
//   proxies.Insert(*ParseCidr("10.0.0.0/8"));
//   if (std::optional<Address> client = ParseAddress("::ffff:10.1.2.3")) proxies.Contains(*client);   // true
//
// An IPv4 address is kept as the IPv6 address that it maps to (::ffff:0:0/96), so a client that one server writes as
// 10.1.2.3 and another one as ::ffff:10.1.2.3 is the same. ParseHost() also takes off what logs write around an
// address: brackets, a port, a zone. Pure values; const calls are thread-safe.
#ifndef LOGSTAT_SRC_FILTER_CIDR_H_
#define LOGSTAT_SRC_FILTER_CIDR_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace logstat {

using Address = std::array<uint8_t, 16>;  // in network order

// "192.0.2.7", "2001:db8::1", "::ffff:192.0.2.7"; empty for anything else.
std::optional<Address> ParseAddress(std::string_view text);

// The same, with what may stand around it in a log: "192.0.2.7:443", "[2001:db8::1]:443", "[2001:db8::1]", "fe80::1%4",
// blanks and quotes.
std::optional<Address> ParseHost(std::string_view text);

// The address in `text` as ParseHost() finds it, and of one that maps to IPv4 that; if there is none, `text` without
// blanks and quotes around it.
std::string_view BareHost(std::string_view text);

struct Cidr {
  Address address{};  // bits behind the prefix are zero
  unsigned prefix = 128;
};

// "10.0.0.0/8", "2001:db8::/32", or an address, which is a block of one. Bits behind the prefix may be set. Empty if it
// is no block: a prefix over 32 or 128, or none behind the slash.
std::optional<Cidr> ParseCidr(std::string_view text);

class AddressSet {
 public:
  void Insert(const Cidr& block);
  bool Contains(const Address& address) const;
  // Whether one of its blocks holds all of this one.
  bool Contains(const Cidr& block) const;
  bool empty() const { return blocks_.empty(); }

 private:
  struct Block {
    uint64_t high, low;            // of the address
    uint64_t high_mask, low_mask;  // of its prefix
  };
  std::vector<Block> blocks_;
};

// What stands in front of a server and is nobody's client: private ranges, loopback, link-local, the carriers' shared
// range (CGNAT), IPv6 unique local.
const AddressSet& PrivateRanges();

}  // namespace logstat

#endif  // LOGSTAT_SRC_FILTER_CIDR_H_
