#include "src/input/sample.h"

#include "src/input/source.h"

namespace logstat {

std::optional<size_t> SampleEnd(std::string_view start) {
  const std::string_view bytes = start.substr(0, kSampleBytes);
  size_t end = 0;
  for (size_t line = 0; line < kSampleLines; ++line) {
    const size_t newline = bytes.find('\n', end);
    if (newline == std::string_view::npos) {
      if (bytes.size() == kSampleBytes) return kSampleBytes;
      return std::nullopt;
    }
    end = newline + 1;
  }
  return end;
}

}  // namespace logstat
