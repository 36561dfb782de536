// Keys made of two hashes.
//
//   JoinKeys(shadow.client, shadow.path)
//   PathKey(shadow)                        // a path of a host: two sites may have the same paths
//
// Pure; thread-safe.
#ifndef LOGSTAT_SRC_DETECT_JOIN_KEYS_H_
#define LOGSTAT_SRC_DETECT_JOIN_KEYS_H_

#include <cstdint>

#include "src/deliver/event.h"

namespace logstat {

constexpr uint64_t JoinKeys(uint64_t a, uint64_t b) {
  const uint64_t mixed = (a ^ (b >> 29) ^ (b << 35)) * 0x9E3779B97F4A7C15ULL + b;
  // The hash of a path ends in six zeros (PathHash), and a product in as many as its factors.
  return mixed ^ mixed >> 32;
}

constexpr uint64_t PathKey(const Shadow& shadow) { return JoinKeys(shadow.path, shadow.host); }

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_JOIN_KEYS_H_
