#include "src/detect/nesting.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace logstat {
namespace {

constexpr size_t kMostBytes = 4096;
constexpr int kMostRounds = 4;

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string Decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_coded =
        text[i] == '%' && i + 2 < text.size() && HexValue(text[i + 1]) >= 0 && HexValue(text[i + 2]) >= 0;
    decoded += is_coded ? static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2])) : text[i];
    if (is_coded) i += 2;
  }
  return decoded;
}

}  // namespace

size_t NestingDepth(std::string_view target) {
  std::string text(target.substr(0, kMostBytes));
  for (int round = 0; round < kMostRounds && text.find('%') != std::string::npos; ++round) text = Decode(text);
  constexpr std::string_view kBetween = "/?&=#;";
  std::unordered_map<std::string_view, size_t> counts;
  size_t depth = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    const size_t length = std::min(rest.find_first_of(kBetween), rest.size());
    if (length > 0) depth = std::max(depth, ++counts[rest.substr(0, length)]);
    rest.remove_prefix(std::min(length + 1, rest.size()));
  }
  return depth;
}

}  // namespace logstat
