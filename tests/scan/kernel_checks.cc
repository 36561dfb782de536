#include "tests/scan/kernel_checks.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace logstat {
namespace {

// What index_structure may scribble behind the last position.
constexpr size_t kPositionRoom = 64;

std::string Wrong(const Kernels& kernels, const char* what, size_t index, uint64_t expected, uint64_t got) {
  return std::string(kernels.name) + ": " + what + " [" + std::to_string(index) + "] is " + std::to_string(got) +
         ", scalar says " + std::to_string(expected);
}

// Room for positions that ends at an unreadable page, kept between calls because mapping is slow under emulation.
uint32_t* GuardedPositions(size_t entries, int which) {
  static constexpr size_t kMostEntries = (size_t{300} << 10) + kPositionRoom + 64;
  static GuardedMemory memory[2] = {GuardedMemory(kMostEntries * 4), GuardedMemory(kMostEntries * 4)};
  if (entries > kMostEntries) std::abort();
  return reinterpret_cast<uint32_t*>(memory[which].end()) - entries;
}

void FillFrom(uint8_t* bytes, size_t size, Random& random, const char* alphabet, size_t letters) {
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(alphabet[random() % letters]);
}

void FillNewlines(uint8_t* bytes, size_t size, Random&) { std::memset(bytes, '\n', size); }
void FillQuotes(uint8_t* bytes, size_t size, Random&) { std::memset(bytes, '"', size); }
void FillZeros(uint8_t* bytes, size_t size, Random&) { std::memset(bytes, 0, size); }

void FillAlternating(uint8_t* bytes, size_t size, Random&) {
  for (size_t i = 0; i < size; ++i) bytes[i] = i % 2 == 0 ? '\n' : '"';
}

void FillRandom(uint8_t* bytes, size_t size, Random& random) {
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(random());
}

void FillHighBytes(uint8_t* bytes, size_t size, Random& random) {
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(random() | 0x80);
}

// Bytes one bit or one step away from those that count, and now and then one that does.
void FillNearMisses(uint8_t* bytes, size_t size, Random& random) {
  static constexpr char kNear[] = {'\x0b', '\x09', '\x0e', '\x8a', '\x1a', '\x4a', '#',    '!',
                                   '\xa2', '\x02', '\x62', ' ',    '\x2a', '\x32', '\x0a', '"'};
  FillFrom(bytes, size, random, kNear, sizeof(kNear));
}

void FillDense(uint8_t* bytes, size_t size, Random& random) { FillFrom(bytes, size, random, "\n\"a", 3); }

// The shape of a combined line, with quoted parts of any length from none.
void FillLines(uint8_t* bytes, size_t size, Random& random) {
  for (size_t i = 0; i < size;) {
    for (int part = 0; part < 7 && i < size; ++part) {
      for (size_t letters = random() % 60; letters > 0 && i < size; --letters) bytes[i++] = 'x';
      if (i < size) bytes[i++] = part == 6 ? '\n' : '"';
    }
  }
}

std::string CheckBoth(const Kernels& kernels, const uint8_t* bytes, size_t size, uint32_t base) {
  std::string wrong = CheckCounts(kernels, bytes, size);
  if (wrong.empty()) wrong = CheckIndex(kernels, bytes, size, base);
  return wrong;
}

std::string At(const std::string& wrong, const Pattern& pattern, size_t size, size_t place) {
  if (wrong.empty()) return wrong;
  return wrong + " (" + pattern.name + ", size " + std::to_string(size) + ", place " + std::to_string(place) + ")";
}

std::vector<size_t> SizesAtGuardPages() {
  std::vector<size_t> sizes;
  for (size_t size = 0; size <= 200; ++size) sizes.push_back(size);
  // 255 steps of 64, 128 and 256 bytes are the most that byte counters hold; 4096 is a page.
  for (size_t middle : {size_t{256}, size_t{512}, size_t{1024}, size_t{4096}, size_t{8192}, size_t{255 * 64},
                        size_t{255 * 128}, size_t{255 * 256}}) {
    for (size_t size = middle - 66; size <= middle + 66; size += size % 64 == 3 ? 58 : 1) sizes.push_back(size);
  }
  sizes.push_back(size_t{300} << 10);
  return sizes;
}

}  // namespace

GuardedMemory::GuardedMemory(size_t size_bytes) {
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const size_t inside = (size_bytes + page - 1) / page * page;
  mapping_bytes_ = inside + 2 * page;
  mapping_ = mmap(nullptr, mapping_bytes_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping_ == MAP_FAILED) {
    std::perror("mmap");
    std::abort();
  }
  begin_ = static_cast<uint8_t*>(mapping_) + page;
  end_ = begin_ + inside;
  if (mprotect(begin_, inside, PROT_READ | PROT_WRITE) != 0) {
    std::perror("mprotect");
    std::abort();
  }
}

GuardedMemory::~GuardedMemory() { munmap(mapping_, mapping_bytes_); }

const std::vector<Pattern>& HostilePatterns() {
  static const std::vector<Pattern> patterns = {
      {"AllNewlines", FillNewlines},    {"AllQuotes", FillQuotes},     {"NoStructure", FillZeros},
      {"Alternating", FillAlternating}, {"RandomBytes", FillRandom},   {"HighBytes", FillHighBytes},
      {"NearMisses", FillNearMisses},   {"DenseStructure", FillDense}, {"CombinedLines", FillLines},
  };
  return patterns;
}

std::string CheckCounts(const Kernels& kernels, const uint8_t* bytes, size_t size) {
  const size_t expected = ScalarKernels().count_newlines(bytes, size);
  const size_t got = kernels.count_newlines(bytes, size);
  return got == expected ? std::string() : Wrong(kernels, "count_newlines", 0, expected, got);
}

std::string CheckIndex(const Kernels& kernels, const uint8_t* bytes, size_t size, uint32_t base) {
  std::vector<uint32_t> newlines(size);
  std::vector<uint32_t> marks(size);
  // A quote, what parts the fields of other formats, and the newline itself.
  for (const uint8_t mark : {'"', ' ', '\n'}) {
    const StructureCounts expected =
        ScalarKernels().index_structure(bytes, size, base, mark, newlines.data(), marks.data());

    uint32_t* const got_newlines = GuardedPositions(size + kPositionRoom, 0);
    uint32_t* const got_marks = GuardedPositions(size + kPositionRoom, 1);
    const StructureCounts got = kernels.index_structure(bytes, size, base, mark, got_newlines, got_marks);
    if (got.newlines != expected.newlines) {
      return Wrong(kernels, "number of newlines", 0, expected.newlines, got.newlines);
    }
    if (got.marks != expected.marks) return Wrong(kernels, "number of marks", mark, expected.marks, got.marks);
    for (size_t i = 0; i < got.newlines; ++i) {
      if (got_newlines[i] != newlines[i]) return Wrong(kernels, "newlines", i, newlines[i], got_newlines[i]);
    }
    for (size_t i = 0; i < got.marks; ++i) {
      if (got_marks[i] != marks[i]) return Wrong(kernels, "marks", i, marks[i], got_marks[i]);
    }
  }
  return std::string();
}

std::string CheckRows(const Kernels& kernels, const uint8_t* bytes, const std::vector<uint32_t>& from,
                      const std::vector<uint32_t>& limit, uint8_t a, uint8_t b) {
  const size_t rows = from.size();
  std::vector<uint32_t> expected(rows);
  ScalarKernels().first_of(bytes, from.data(), limit.data(), rows, a, b, expected.data());

  const auto differs = [&](const char* what, const uint32_t* got) {
    for (size_t row = 0; row < rows; ++row) {
      if (got[row] != expected[row]) {
        return Wrong(kernels, what, row, expected[row], got[row]) + " from " + std::to_string(from[row]) + " limit " +
               std::to_string(limit[row]);
      }
    }
    return std::string();
  };
  // Neither array may be read or written one row too far.
  uint32_t* const own_found = GuardedPositions(rows, 0);
  kernels.first_of(bytes, from.data(), limit.data(), rows, a, b, own_found);
  std::string wrong = differs("first_of", own_found);
  if (!wrong.empty()) return wrong;
  uint32_t* const same_from = GuardedPositions(rows, 0);
  std::copy(from.begin(), from.end(), same_from);
  kernels.first_of(bytes, same_from, limit.data(), rows, a, b, same_from);
  wrong = differs("first_of with found == from", same_from);
  if (!wrong.empty()) return wrong;
  uint32_t* const same_limit = GuardedPositions(rows, 1);
  std::copy(limit.begin(), limit.end(), same_limit);
  kernels.first_of(bytes, from.data(), same_limit, rows, a, b, same_limit);
  return differs("first_of with found == limit", same_limit);
}

std::string CheckAtEveryAlignment(const Kernels& kernels, const Pattern& pattern) {
  Random random(1);
  const GuardedMemory memory(4096);
  for (size_t alignment = 0; alignment < 64; ++alignment) {
    for (size_t size = 0; size <= 200; ++size) {
      uint8_t* const bytes = memory.begin() + 64 + alignment;
      FillAlternating(memory.begin(), 64 + alignment + size + kOverread, random);
      pattern.fill(bytes, size, random);
      const std::string wrong = At(CheckBoth(kernels, bytes, size, 7), pattern, size, alignment);
      if (!wrong.empty()) return wrong;
    }
  }
  return std::string();
}

std::string CheckAtGuardPages(const Kernels& kernels, const Pattern& pattern) {
  Random random(2);
  const GuardedMemory memory((size_t{300} << 10) + kOverread);
  for (size_t size : SizesAtGuardPages()) {
    // kernels.h: nothing at or behind size + kOverread - 1, and nothing at all of an empty range.
    const size_t behind = size == 0 ? 0 : kOverread - 1;
    uint8_t* const last = memory.end() - behind - size;
    pattern.fill(last, size + behind, random);
    // The greatest base that size allows: positions may use all 32 bits.
    const uint32_t base = UINT32_MAX - static_cast<uint32_t>(size);
    std::string wrong = At(CheckBoth(kernels, last, size, base), pattern, size, 1);
    if (!wrong.empty()) return wrong;
    pattern.fill(memory.begin(), size, random);
    wrong = At(CheckBoth(kernels, memory.begin(), size, 0), pattern, size, 0);
    if (!wrong.empty()) return wrong;
  }
  return std::string();
}

std::string CheckFirstOf(const Kernels& kernels, const Pattern& pattern) {
  Random random(3);
  const GuardedMemory memory(8192);
  static constexpr uint8_t kSought[][2] = {{' ', '"'}, {'\n', '"'}, {'\n', '\n'}, {0x80, 0xff}, {0, 0x7f}};
  for (size_t size : {size_t{0}, size_t{1}, size_t{63}, size_t{64}, size_t{65}, size_t{128}, size_t{1000}}) {
    uint8_t* const bytes = memory.end() - kOverread - size;
    pattern.fill(bytes, size + kOverread, random);
    std::vector<uint32_t> from;
    std::vector<uint32_t> limit;
    for (size_t row = 0; row < 2000; ++row) {
      // One row in eight ends at the last readable byte, one in eight starts nowhere near the bytes.
      limit.push_back(static_cast<uint32_t>(row % 8 == 0 ? size : random() % (size + 1)));
      from.push_back(row % 8 == 1 ? static_cast<uint32_t>(random() | 0x8000'0000u)
                                  : static_cast<uint32_t>(random() % (size + 1)));
    }
    for (const auto& sought : kSought) {
      const std::string wrong =
          At(CheckRows(kernels, bytes, from, limit, sought[0], sought[1]), pattern, size, sought[0]);
      if (!wrong.empty()) return wrong;
    }
  }
  return std::string();
}

}  // namespace logstat
