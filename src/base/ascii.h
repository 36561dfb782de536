// Characters of ASCII, whatever the locale: letters in small, digits, blanks. All other bytes stay as they are.
//
//   LowerAscii('A')                          // 'a'
//   LowerAscii(path)                         // a copy
//   EndsWithIgnoringCase(path, "/wp-login.php")
//   Is(method, "GET")
//   TrimBlanks("  7 ")                       // "7"
//
// Ours because Abseil as Debian builds it takes another string_view than the standard's. Pure; thread-safe.
#ifndef LOGSTAT_SRC_BASE_ASCII_H_
#define LOGSTAT_SRC_BASE_ASCII_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace logstat {

// Whether the text is the literal. With its size known the compiler compares words; operator== calls memcmp, which took
// 4 % of a run that looks at three texts of each line.
template <size_t N>
constexpr bool Is(std::string_view text, const char (&literal)[N]) {
  return text.size() == N - 1 && __builtin_memcmp(text.data(), literal, N - 1) == 0;
}

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Without the spaces (0x20 only) at its ends.
constexpr std::string_view TrimBlanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

constexpr char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

inline std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = LowerAscii(c);
  return lower;
}

constexpr bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return LowerAscii(x) == LowerAscii(y); });
}

constexpr bool EndsWithIgnoringCase(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && EqualsIgnoringCase(text.substr(text.size() - end.size()), end);
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_ASCII_H_
