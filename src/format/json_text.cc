#include "src/format/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>

namespace logstat {
namespace {

// The value of exactly `digits` hexadecimal digits at the front of `text`.
std::optional<uint32_t> HexAtFront(std::string_view text, size_t digits) {
  uint32_t value = 0;
  if (text.size() < digits) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value, 16);
  if (error != std::errc() || end != text.data() + digits) return std::nullopt;
  return value;
}

void AppendUtf8(uint32_t code_point, std::string& out) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | ((code_point >> shift) & 0x3f)); };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xc0 | code_point >> 6);
    tail(0);
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xe0 | code_point >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0 | code_point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

constexpr bool IsHighSurrogate(uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool IsLowSurrogate(uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

// Appends what `\uXXXX` at the front of `text` means and returns its length: 6, 12 for a pair, 0 if it is none.
size_t TakeUnicode(std::string_view text, std::string& out) {
  const std::optional<uint32_t> unit = HexAtFront(text.substr(2), 4);
  if (!unit.has_value() || IsLowSurrogate(*unit)) return 0;
  if (!IsHighSurrogate(*unit)) {
    AppendUtf8(*unit, out);
    return 6;
  }
  if (text.substr(6, 2) != "\\u") return 0;
  const std::optional<uint32_t> low = HexAtFront(text.substr(8), 4);
  if (!low.has_value() || !IsLowSurrogate(*low)) return 0;
  AppendUtf8(0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00), out);
  return 12;
}

// Appends what the escape at the front of `text` means and returns its length, 0 if it is none.
size_t TakeEscape(std::string_view text, std::string& out) {
  static constexpr std::string_view kLetters = "\"\\/bfnrt";
  static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (text.size() < 2) return 0;
  if (text[1] == 'u') return TakeUnicode(text, out);
  if (text[1] == 'x') {
    const std::optional<uint32_t> byte = HexAtFront(text.substr(2), 2);
    if (!byte.has_value()) return 0;
    out += static_cast<char>(*byte);
    return 4;
  }
  const size_t letter = kLetters.find(text[1]);
  if (letter == std::string_view::npos) return 0;
  out += kMeanings[letter];
  return 2;
}

}  // namespace

std::string_view UnescapeJson(std::string_view text, std::string& scratch) {
  size_t backslash = text.find('\\');
  if (backslash == std::string_view::npos) return text;
  scratch.clear();
  while (backslash != std::string_view::npos) {
    scratch.append(text, 0, backslash);
    text.remove_prefix(backslash);
    const size_t taken = TakeEscape(text, scratch);
    if (taken == 0) scratch += '\\';
    text.remove_prefix(taken == 0 ? 1 : taken);
    backslash = text.find('\\');
  }
  scratch.append(text);
  return scratch;
}

std::string_view WithoutExponent(std::string_view text, std::string& scratch) {
  constexpr size_t kLongestNumber = 40;
  const auto is_exponent = [](char c) { return c == 'e' || c == 'E'; };
  if (text.size() > kLongestNumber || std::none_of(text.begin(), text.end(), is_exponent)) return text;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value > -1e18 && value < 1e18)) return text;
  scratch = fmt::format("{:.9f}", value);
  scratch.erase(scratch.find_last_not_of('0') + 1);
  if (scratch.back() == '.') scratch.pop_back();
  return scratch;
}

}  // namespace logstat
