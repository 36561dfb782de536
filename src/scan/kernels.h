// The vector kernels: bytes in, positions out. One table entry per instruction set, chosen once per run.
//
//   const Kernels& kernels = BestKernels();
//   size_t lines = kernels.count_newlines(bytes, size);
//
// Every kernel has a scalar twin of the same name in scalar.cc, which is the reference for ever: tests and the fuzzer
// hold each entry of AllKernels() against it. All functions are pure and thread-safe. Kernels may read (never write)
// up to kOverread bytes beyond the range that they are given, as each says below; Block guarantees these bytes. What
// these bytes hold changes no answer. Nothing is read before the range.
#ifndef LOGSTAT_SRC_SCAN_KERNELS_H_
#define LOGSTAT_SRC_SCAN_KERNELS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace logstat {

inline constexpr size_t kOverread = 64;

// How many positions index_structure found.
struct StructureCounts {
  size_t newlines;
  size_t marks;
};

struct Kernels {
  std::string_view name;  // "scalar", "SSSE3", "SSE4", "AVX2", "AVX3", "AVX3_DL", "NEON"
  bool (*supported)();    // whether this processor can run it

  // The number of '\n' in [bytes, bytes + size). Reads nothing at or behind bytes + size + kOverread - 1, and nothing
  // at all if size is 0.
  size_t (*count_newlines)(const uint8_t* bytes, size_t size);

  // Writes the position (relative to `bytes`, plus `base`) of every '\n' to `newlines` and of every `mark` (a quote, or
  // the byte that parts the fields of a line) to `marks`, ascending. Both arrays must have room for size + 64 entries:
  // kernels write in groups and may scribble behind the last position. size < 2^32 - base. Reads as count_newlines
  // does.
  StructureCounts (*index_structure)(const uint8_t* bytes, size_t size, uint32_t base, uint8_t mark, uint32_t* newlines,
                                     uint32_t* marks);

  // For each of `rows` rows: found[i] is the position of the first byte equal to `a` or `b` in
  // [from[i], limit[i]), or limit[i] if there is none (also if from[i] >= limit[i]). Positions are relative to
  // `bytes`. `found` may be the same array as `from` or `limit`. Reads kOverread bytes from min(from[i], limit[i]) on,
  // then from every kOverread-th byte after it that is below limit[i]: nothing at or behind limit[i] + kOverread, so
  // each limit must lie within the readable bytes; from may be any number.
  void (*first_of)(const uint8_t* bytes, const uint32_t* from, const uint32_t* limit, size_t rows, uint8_t a, uint8_t b,
                   uint32_t* found);
};

// Every kernel that was compiled in, best first, the scalar one last. Some may not be supported here.
std::span<const Kernels> AllKernels();

// The scalar reference.
const Kernels& ScalarKernels();

// The first supported one. The environment variable LOGSTAT_KERNEL=NAME overrides, if NAME is compiled in and
// supported; see FindKernels for reporting a wrong name.
const Kernels& BestKernels();

// By name, if compiled in and supported here; else null.
const Kernels* FindKernels(std::string_view name);

}  // namespace logstat

#endif  // LOGSTAT_SRC_SCAN_KERNELS_H_
