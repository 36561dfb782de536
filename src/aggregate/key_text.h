// What a table keeps of a key: the key itself or, over 1,024 bytes, its first 1,024 bytes, the hash of the whole and
// its length, so that long keys stay distinct in bounded memory.
//
//   LongKeyBuffer buffer;
//   std::string_view stored = StoredKey(key, &buffer);   // views `key` or `buffer`
//   row.key = PrintedKey(stored);
//   row.key_bytes = KeyBytes(stored);
//
// The hash is XXH3-128 with no seed, so that stored keys mean the same in every run.
#ifndef LOGSTAT_SRC_AGGREGATE_KEY_TEXT_H_
#define LOGSTAT_SRC_AGGREGATE_KEY_TEXT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "src/base/hash.h"

namespace logstat {

inline constexpr size_t kMaxKeyBytes = 1024;
inline constexpr size_t kLongKeyBytes = kMaxKeyBytes + sizeof(XXH128_canonical_t) + sizeof(uint64_t);
using LongKeyBuffer = std::array<char, kLongKeyBytes>;

inline std::string_view StoredKey(std::string_view key, LongKeyBuffer* buffer) {
  if (key.size() <= kMaxKeyBytes) return key;
  XXH128_canonical_t hash;
  XXH128_canonicalFromHash(&hash, XXH3_128bits(key.data(), key.size()));
  const uint64_t size = key.size();
  std::memcpy(buffer->data(), key.data(), kMaxKeyBytes);
  std::memcpy(buffer->data() + kMaxKeyBytes, &hash, sizeof(hash));
  std::memcpy(buffer->data() + kMaxKeyBytes + sizeof(hash), &size, sizeof(size));
  return {buffer->data(), buffer->size()};
}

inline std::string_view PrintedKey(std::string_view stored) { return stored.substr(0, kMaxKeyBytes); }

// The length of the key as logged.
inline uint64_t KeyBytes(std::string_view stored) {
  if (stored.size() <= kMaxKeyBytes) return stored.size();
  uint64_t size;
  std::memcpy(&size, stored.data() + kLongKeyBytes - sizeof(size), sizeof(size));
  return size;
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_KEY_TEXT_H_
