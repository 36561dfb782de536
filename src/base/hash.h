// The two kinds of hash, which are never mixed up because they are two types of seed.
//
// Keys are written by attackers, so the slot of a key in a table depends on a seed that is random per process
// (TableHash). What is merged across processes, or decides which partition a key belongs to and therefore what is
// printed when memory is short, must not depend on chance: it uses a fixed seed (SketchHash). Nothing that is printed
// may depend on the table seed.
#ifndef LOGSTAT_SRC_BASE_HASH_H_
#define LOGSTAT_SRC_BASE_HASH_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace logstat {

struct TableSeed {
  uint64_t value;
};

// A seed from the system's random source, the same for the whole process.
TableSeed ProcessTableSeed();

// Changing it changes which keys are left out where memory is short, and so what is printed.
inline constexpr uint64_t kSketchSeed = 0x6c6f67737461740aULL;

inline uint64_t TableHash(const uint8_t* bytes, size_t size, TableSeed seed) {
  return XXH3_64bits_withSeed(bytes, size, seed.value);
}

inline uint64_t SketchHash(const uint8_t* bytes, size_t size) { return XXH3_64bits_withSeed(bytes, size, kSketchSeed); }
inline uint64_t SketchHash(std::string_view text) {
  return XXH3_64bits_withSeed(text.data(), text.size(), kSketchSeed);
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_HASH_H_
