// A key as masked words: loaded, hashed and compared with few branches on its length.
//
//   KeyHasher hasher(seed);
//   KeyWords words = LoadKeyWords(key, size);
//   uint32_t hash = hasher(key, size, words);
//   if (words equal && (size <= kPrefixBytes || TailEquals(a, b, size))) ...
//
// All of these read up to kReadBytes from the key's begin, whatever its size. There are three kinds of keys: those
// that are no longer than the prefix (addresses, methods), those of up to 52 bytes (most paths), and longer ones;
// inside each of the first two everything is straight-line code. XXH3 has another branch for 1-3, 4-8, 9-16, 17-32 …
// bytes, which the processor cannot guess for paths.
//
// The hash is a chain of 64 x 64 bit products folded to 64 bits (the step that wyhash and XXH3 use for short keys),
// keyed by words made from the table's seed, which nobody outside knows. It lives in one process and is never stored.
#ifndef LOGSTAT_SRC_AGGREGATE_KEY_WORDS_H_
#define LOGSTAT_SRC_AGGREGATE_KEY_WORDS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "src/base/hash.h"

namespace logstat {

static_assert(std::endian::native == std::endian::little, "masks keep the low bytes of a word");

inline constexpr size_t kPrefixBytes = 20;

// The first 20 bytes of a key, zero after its end.
struct KeyWords {
  uint64_t first;
  uint64_t second;
  uint32_t third;
  uint32_t tail;  // for the words' owner: where the rest of a longer key is; not compared
};

inline uint64_t LoadWord(const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

// What stays of the words of a key of `size` bytes: of[min(size, 20)].
struct KeyMasks {
  std::array<std::array<uint64_t, 4>, kPrefixBytes + 1> of{};  // four, so that none crosses a cache line

  constexpr KeyMasks() {
    for (size_t size = 0; size <= kPrefixBytes; ++size) {
      for (size_t word = 0; word < 3; ++word) {
        const size_t bytes = size <= word * 8 ? 0 : std::min<size_t>(size - word * 8, 8);
        of[size][word] = bytes == 8 ? ~uint64_t{0} : (uint64_t{1} << (bytes * 8)) - 1;
      }
    }
  }
};
inline constexpr KeyMasks kKeyMasks;

inline KeyWords LoadKeyWords(const char* key, size_t size) {
  const auto& mask = kKeyMasks.of[std::min(size, kPrefixBytes)];
  uint32_t third;
  std::memcpy(&third, key + 16, sizeof(third));
  return {LoadWord(key) & mask[0], LoadWord(key + 8) & mask[1], third & static_cast<uint32_t>(mask[2]), 0};
}

inline constexpr size_t kMiddleBytes = 32;                         // of a key behind its prefix
inline constexpr size_t kReadBytes = kPrefixBytes + kMiddleBytes;  // 52

// What stays of the four words behind the prefix if `size` bytes of them are the key's.
struct MiddleMasks {
  std::array<std::array<uint64_t, 4>, kMiddleBytes + 1> of{};

  constexpr MiddleMasks() {
    for (size_t size = 0; size <= kMiddleBytes; ++size) {
      for (size_t word = 0; word < 4; ++word) {
        const size_t bytes = size <= word * 8 ? 0 : std::min<size_t>(size - word * 8, 8);
        of[size][word] = bytes == 8 ? ~uint64_t{0} : (uint64_t{1} << (bytes * 8)) - 1;
      }
    }
  }
};
inline constexpr MiddleMasks kMiddleMasks;

// Whether the bytes behind the prefix are the same; both keys have `size` bytes, more than the prefix.
// Not inlined, nor is hashing the tail: the compiler would work out masks before it knows whether they are needed, and
// spill the registers of the loop around; a third of the time of short keys.
[[gnu::noinline]] inline bool TailEquals(const char* a, const char* b, size_t size) {
  a += kPrefixBytes;
  b += kPrefixBytes;
  const size_t rest = size - kPrefixBytes;
  const auto& mask = kMiddleMasks.of[std::min(rest, kMiddleBytes)];
  const uint64_t differs = ((LoadWord(a) ^ LoadWord(b)) & mask[0]) | ((LoadWord(a + 8) ^ LoadWord(b + 8)) & mask[1]) |
                           ((LoadWord(a + 16) ^ LoadWord(b + 16)) & mask[2]) |
                           ((LoadWord(a + 24) ^ LoadWord(b + 24)) & mask[3]);
  if (differs != 0) return false;
  return rest <= kMiddleBytes || std::memcmp(a + kMiddleBytes, b + kMiddleBytes, rest - kMiddleBytes) == 0;
}

class KeyHasher {
 public:
  explicit KeyHasher(TableSeed seed) {
    uint64_t state = seed.value;
    for (uint64_t& key : keys_) {  // splitmix64: G. Steele, D. Lea, C. Flood, OOPSLA 2014
      state += 0x9E3779B97F4A7C15u;
      uint64_t mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
      mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
      key = mixed ^ (mixed >> 31);
    }
  }

  uint32_t operator()(const char* key, size_t size, KeyWords words) const {
    uint64_t hash = Fold(words.first ^ keys_[0], words.second ^ keys_[1]);
    hash = Fold(hash ^ keys_[2], (words.third | uint64_t{size} << 32) ^ keys_[3]);
    if (size > kPrefixBytes) hash = HashTail(key, size, hash);
    return static_cast<uint32_t>(hash >> 32) ^ static_cast<uint32_t>(hash);
  }

 private:
  [[gnu::noinline]] uint64_t HashTail(const char* key, size_t size, uint64_t hash) const {
    const char* middle = key + kPrefixBytes;
    const auto& mask = kMiddleMasks.of[std::min(size - kPrefixBytes, kMiddleBytes)];
    const uint64_t left = Fold((LoadWord(middle) & mask[0]) ^ hash, (LoadWord(middle + 8) & mask[1]) ^ keys_[1]);
    hash ^= left ^ Fold((LoadWord(middle + 16) & mask[2]) ^ keys_[2], (LoadWord(middle + 24) & mask[3]) ^ keys_[3]);
    if (size <= kReadBytes) return hash;
    for (size_t i = kReadBytes; i + 16 < size; i += 16) {
      hash = Fold(LoadWord(key + i) ^ hash, LoadWord(key + i + 8) ^ keys_[1]);
    }
    return Fold(LoadWord(key + size - 16) ^ hash, LoadWord(key + size - 8) ^ keys_[2]);
  }

  static uint64_t Fold(uint64_t a, uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  }

  std::array<uint64_t, 4> keys_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_KEY_WORDS_H_
