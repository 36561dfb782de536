// The beginning of a key as three words, and its hash, without a branch on the key's length.
//
//   KeyHasher hasher(seed);
//   KeyWords words = LoadKeyWords(key, size);          // reads 24 bytes, whatever `size` is
//   uint32_t hash = hasher(key, size, words);
//   if (words == entry.words && TailEquals(a, b, size)) ...
//
// Most keys (addresses, methods, short paths) are no longer than kPrefixBytes: masked words are the whole key, so
// loading, hashing and comparing it is straight-line code. XXH3 takes another branch for 1-3, 4-8, 9-16, 17-32 …
// bytes and costs twice as much on paths, because the processor cannot guess their lengths.
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

// Whether the bytes behind the prefix are the same; both keys have `size` bytes, more than the prefix.
inline bool TailEquals(const char* a, const char* b, size_t size) {
  for (size_t i = kPrefixBytes; i + 8 < size; i += 8) {
    if (LoadWord(a + i) != LoadWord(b + i)) return false;
  }
  return LoadWord(a + size - 8) == LoadWord(b + size - 8);  // overlaps what was compared already
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
    if (size > kPrefixBytes) {
      for (size_t i = kPrefixBytes; i + 16 < size; i += 16) {
        hash = Fold(LoadWord(key + i) ^ hash, LoadWord(key + i + 8) ^ keys_[1]);
      }
      hash = Fold(LoadWord(key + size - 16) ^ hash, LoadWord(key + size - 8) ^ keys_[2]);
    }
    return static_cast<uint32_t>(hash >> 32) ^ static_cast<uint32_t>(hash);
  }

 private:
  static uint64_t Fold(uint64_t a, uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  }

  std::array<uint64_t, 4> keys_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_KEY_WORDS_H_
