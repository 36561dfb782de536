// Hexadecimal digits, and the bytes that two of them spell in a URL: what a sender encoded, and how often.
//
//   HexDigit('f')                        // 15; -1: no digit
//   HexByte("x2F", 1)                    // 0x2F; -1: no two digits stand there
//   PercentByte("/a%2Fb", 2)             // 0x2F; -1: no code begins there
//   PercentDecoded("/a%2Fb%zz%2525")     // "/a/b%zz%25": once, and what is no code stays
//   ReadPercentCode("%25253D&c")         // {'=', 7 bytes, 3 levels}
//
// Digits in both cases, whatever the locale. Any bytes, any positions; what a code spells may be any byte, 0 too.
// Linear, pure, thread-safe. A digit is one load: rules look at every percent sign of a log.
#ifndef LOGSTAT_SRC_BASE_PERCENT_CODE_H_
#define LOGSTAT_SRC_BASE_PERCENT_CODE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace logstat {

inline constexpr std::array<int8_t, 256> kHexDigits = [] {
  std::array<int8_t, 256> digits{};
  digits.fill(-1);
  for (int8_t digit = 0; digit < 16; ++digit) {
    digits[static_cast<size_t>("0123456789abcdef"[digit])] = digit;
    digits[static_cast<size_t>("0123456789ABCDEF"[digit])] = digit;
  }
  return digits;
}();

constexpr int HexDigit(char c) { return kHexDigits[static_cast<uint8_t>(c)]; }
constexpr bool IsHexDigit(char c) { return HexDigit(c) >= 0; }

// The byte that two digits at text[at] spell, 0 to 255; -1 if they are none or the text ends before.
constexpr int HexByte(std::string_view text, size_t at) {
  if (at + 1 >= text.size()) return -1;
  const int high = HexDigit(text[at]);
  const int low = HexDigit(text[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// The same of "%2F" at text[at].
constexpr int PercentByte(std::string_view text, size_t at) {
  return at < text.size() && text[at] == '%' ? HexByte(text, at + 1) : -1;
}

// Every code of the text read once.
inline std::string PercentDecoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const int byte = PercentByte(text, i);
    decoded += byte < 0 ? text[i] : static_cast<char>(byte);
    if (byte >= 0) i += 2;
  }
  return decoded;
}

struct PercentCode {
  char value = '%';   // what was encoded
  size_t bytes = 1;   // of the code
  size_t levels = 0;  // how often it was encoded; 0: nothing was, the percent sign stands for itself
};

// The code at the front of a text that starts with "%", however often it was encoded again: "%26", "%2526", "%252526".
// "%25" with no code behind it is a percent sign that was encoded.
inline PercentCode ReadPercentCode(std::string_view text) {
  size_t at = 1;
  size_t levels = 1;
  while (text.substr(at, 2) == "25") {
    at += 2;
    ++levels;
  }
  const int byte = HexByte(text, at);
  return byte < 0 ? PercentCode{'%', at, levels - 1} : PercentCode{static_cast<char>(byte), at + 2, levels};
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_PERCENT_CODE_H_
