// Where a string, a scalar, an array or an object of JSON ends; see json_scanner.h for what is forgiven.
//
//   bool escaped = false;
//   size_t close = FindStringEnd(line, open + 1, &escaped);   // of the closing quote; npos: the line ends before
//
// kJsonReadBehind bytes behind the line must be readable in all of these; what they hold changes nothing.
#ifndef LOGSTAT_SRC_FORMAT_JSON_TOKENS_H_
#define LOGSTAT_SRC_FORMAT_JSON_TOKENS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace logstat {

inline constexpr size_t kJsonReadBehind = 64;

inline uint64_t JsonWord(const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

// Whether two texts of `size` > 0 bytes are equal; eight bytes behind both may be read. Neither a call of memcmp nor a
// loop over bytes is as fast for some ten bytes.
inline bool SameBytes(const char* a, const char* b, size_t size) {
  for (; size > 8; size -= 8, a += 8, b += 8) {
    if (JsonWord(a) != JsonWord(b)) return false;
  }
  return (JsonWord(a) ^ JsonWord(b)) << (64 - 8 * size) == 0;  // little-endian: the first byte is the lowest
}

// The first quote or backslash at or behind `from`, or a number >= size if there is none. Looks at 32 bytes at once, so
// that most values need one step: a loop whose length nobody can foretell costs more than the bytes.
inline size_t FindQuoteOrBackslash(const char* line, size_t from, size_t size) {
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const auto found_in = [&](const char* bytes) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
    const __m128i found = _mm_or_si128(_mm_cmpeq_epi8(chunk, quote), _mm_cmpeq_epi8(chunk, backslash));
    return static_cast<uint32_t>(_mm_movemask_epi8(found));
  };
  for (; from < size; from += 32) {
    const uint32_t found = found_in(line + from) | found_in(line + from + 16) << 16;
    if (found != 0) return from + static_cast<size_t>(std::countr_zero(found));
  }
#else
  // The highest bit of each byte that is zero; exact up to the first one.
  const auto zero_bytes = [](uint64_t word) { return (word - 0x0101010101010101) & ~word & 0x8080808080808080; };
  for (; from < size; from += 8) {
    const uint64_t word = JsonWord(line + from);
    const uint64_t found = zero_bytes(word ^ 0x2222222222222222) | zero_bytes(word ^ 0x5c5c5c5c5c5c5c5c);
    if (found != 0) return from + static_cast<size_t>(std::countr_zero(found)) / 8;
  }
#endif
  return from;
}

inline bool IsJsonSpace(char c) { return c == ' ' || c == '\t'; }

// The first byte at or behind `from` that is no space, or line.size().
inline size_t SkipJsonSpace(std::string_view line, size_t from) {
  while (from < line.size() && IsJsonSpace(line[from])) ++from;
  return from;
}

// Whether the quote at this position may close a string: `,`, `:`, `}`, `]` or the line's end follows.
inline bool ClosesString(std::string_view line, size_t quote) {
  const size_t next = SkipJsonSpace(line, quote + 1);
  return next >= line.size() || line[next] == ',' || line[next] == ':' || line[next] == '}' || line[next] == ']';
}

// The position of the quote that closes the string whose first byte is at `from`; npos if none does.
size_t FindStringEnd(std::string_view line, size_t from, bool* escaped);

// The end of the value without quotes that begins at `from`, spaces behind it included; line.size() if it is cut. In an
// object a comma ends it only if a key or the object's end follows, in an array any does.
size_t FindScalarEnd(std::string_view line, size_t from, bool in_array);

// The position behind the bracket that closes `depth` containers, open at `from`; npos if the line ends before.
size_t SkipContainer(std::string_view line, size_t from, size_t depth);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_JSON_TOKENS_H_
