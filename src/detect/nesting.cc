#include "src/detect/nesting.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "src/base/percent_code.h"

namespace logstat {
namespace {

constexpr size_t kMostBytes = 4096;
constexpr int kMostRounds = 4;

}  // namespace

size_t NestingDepth(std::string_view target) {
  std::string text(target.substr(0, kMostBytes));
  for (int round = 0; round < kMostRounds && text.find('%') != std::string::npos; ++round) {
    text = PercentDecoded(text);
  }
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
