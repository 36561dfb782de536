// Holds one kernel table against the scalar one. Used by the unit tests and by the small program that runs under an
// emulator for another processor, so it knows no test framework: a check returns what is wrong, or an empty string.
//
//   for (const Pattern& pattern : HostilePatterns()) {
//     std::string wrong = CheckAtEveryAlignment(kernels, pattern);
//   }
//
// Bytes, from arrays and positions all end at unreadable pages, exactly as far away as kernels.h allows: a kernel that
// reads or scribbles one byte more dies here.
#ifndef LOGSTAT_TESTS_SCAN_KERNEL_CHECKS_H_
#define LOGSTAT_TESTS_SCAN_KERNEL_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "src/scan/kernels.h"

namespace logstat {

// Writable memory between two unreadable pages.
class GuardedMemory {
 public:
  explicit GuardedMemory(size_t size_bytes);  // rounded up to pages
  ~GuardedMemory();
  GuardedMemory(const GuardedMemory&) = delete;
  GuardedMemory& operator=(const GuardedMemory&) = delete;

  uint8_t* begin() const { return begin_; }  // the byte before is unreadable
  uint8_t* end() const { return end_; }      // this byte is unreadable

 private:
  void* mapping_;
  size_t mapping_bytes_;
  uint8_t* begin_;
  uint8_t* end_;
};

using Random = std::mt19937_64;

// How to fill a range: the name is the edge case.
struct Pattern {
  const char* name;
  void (*fill)(uint8_t* bytes, size_t size, Random& random);
};

const std::vector<Pattern>& HostilePatterns();

// Sizes 0 to 200 at each of the 64 alignments; newlines and quotes behind the range, which must not count.
std::string CheckAtEveryAlignment(const Kernels& kernels, const Pattern& pattern);

// Sizes around the multiples of 64, around 4096, around the kernels' 255-step flush and up to 300 KiB, the allowed
// over-read ending at an unreadable page; then the same with an unreadable page in front.
std::string CheckAtGuardPages(const Kernels& kernels, const Pattern& pattern);

// Rows with random from and limit (from >= limit too) in every pattern, `found` an array of its own, `from` and
// `limit`.
std::string CheckFirstOf(const Kernels& kernels, const Pattern& pattern);

// One call each on [bytes, bytes + size); `wrong` says the first difference from the scalar kernel.
std::string CheckCounts(const Kernels& kernels, const uint8_t* bytes, size_t size);
std::string CheckIndex(const Kernels& kernels, const uint8_t* bytes, size_t size, uint32_t base);
std::string CheckRows(const Kernels& kernels, const uint8_t* bytes, const std::vector<uint32_t>& from,
                      const std::vector<uint32_t>& limit, uint8_t a, uint8_t b);

}  // namespace logstat

#endif  // LOGSTAT_TESTS_SCAN_KERNEL_CHECKS_H_
