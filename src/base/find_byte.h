// The first of a byte in a text that is probably near: the end of a word, of a number, of a name.
//
//   size_t space = FindByte("GET /", ' ');   // 3; npos if there is none
//
// memchr() is best for long searches, but the call and its set-up cost 5 to 7 ns, as long as the search itself in the
// short fields of a log. Sixteen bytes are looked at here first, eight at a time, then it is called. Pure.
#ifndef LOGSTAT_SRC_BASE_FIND_BYTE_H_
#define LOGSTAT_SRC_BASE_FIND_BYTE_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace logstat {

inline size_t FindByte(std::string_view text, char byte, size_t from = 0) {
  static_assert(std::endian::native == std::endian::little, "the lowest byte of a word is its first");
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kHighBits = 0x8080808080808080;
  constexpr size_t kNear = 16;
  const size_t near_end = text.size() > from + kNear ? from + kNear : text.size();
  for (; from + 8 <= near_end; from += 8) {
    uint64_t word;
    std::memcpy(&word, text.data() + from, sizeof(word));
    word ^= kOnes * static_cast<uint8_t>(byte);
    // A high bit for each zero byte; those above the first one may be wrong.
    const uint64_t zeros = (word - kOnes) & ~word & kHighBits;
    if (zeros != 0) return from + static_cast<size_t>(std::countr_zero(zeros)) / 8;
  }
  if (near_end == text.size()) {
    for (; from < text.size(); ++from) {
      if (text[from] == byte) return from;
    }
    return std::string_view::npos;
  }
  const void* found = std::memchr(text.data() + from, byte, text.size() - from);
  return found == nullptr ? std::string_view::npos : static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_FIND_BYTE_H_
