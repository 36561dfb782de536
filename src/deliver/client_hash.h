// By what a client is known: the hash of its address, of IPv6 of its /64, because a host has as many addresses in that
// as it likes.
//
//   ClientHashes hashes;                           // one per worker
//   shadow.client = hashes.Of("2001:db8::1");      // 0 for a missing one
//   ClientGroup("2001:db8::1")                     // "2001:db8::/64"; empty: the client is its own group
//
// To find the block of an address takes as long as to read two lines, so the last ones are remembered, by their whole
// text. Not thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_CLIENT_HASH_H_
#define LOGSTAT_SRC_DELIVER_CLIENT_HASH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstat {

// What stands for a client that is an address of IPv6, has a port, or maps to IPv4.
std::string ClientGroup(std::string_view client);

class ClientHashes {
 public:
  uint64_t Of(std::string_view client);

 private:
  static constexpr size_t kSlots = 1024;
  static constexpr size_t kMostBytes = 55;
  struct alignas(64) Slot {
    uint64_t hash = 0;
    uint8_t size = 0;  // 0: empty
    std::array<char, kMostBytes> client;
  };
  std::vector<Slot> slots_{kSlots};
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_CLIENT_HASH_H_
