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

#include <cstdint>
#include <string>
#include <string_view>

#include "src/base/text_memory.h"

namespace logstat {

// What stands for a client that is an address of IPv6, has a port, or maps to IPv4.
std::string ClientGroup(std::string_view client);

class ClientHashes {
 public:
  uint64_t Of(std::string_view client);

 private:
  TextMemory<uint64_t, 54, 1024> blocks_;  // of those that have one
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_CLIENT_HASH_H_
