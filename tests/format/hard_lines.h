// Lines that real servers write and that are easy to read wrong, one of each kind, and what they say.
#ifndef LOGSTAT_TESTS_FORMAT_HARD_LINES_H_
#define LOGSTAT_TESTS_FORMAT_HARD_LINES_H_

#include <cstdint>
#include <optional>
#include <ostream>
#include <string_view>
#include <vector>

#include "src/record/record_batch.h"

namespace logstat {

// A field that is not given must be absent.
struct HardLine {
  using Text = std::optional<std::string_view>;
  const char* name;
  std::string_view line;
  LineKind kind = LineKind::kCounted;
  uint16_t status = 0;
  int64_t bytes = kNoBytes;
  bool has_time = true;  // 22/Nov/2026:13:00:00 +0000
  Text client = {};
  Text user = {};
  Text method = {};
  Text target = {};
  Text path = {};
  Text query = {};
  Text protocol = {};
  Text referrer = {};
  Text agent = {};
  Text host = {};
  const char* format = "combined";

  friend std::ostream& operator<<(std::ostream& out, const HardLine& line) { return out << line.name; }
};

inline constexpr int64_t kHardLineTime = 1795352400000;

const std::vector<HardLine>& HardLines();

}  // namespace logstat

#endif  // LOGSTAT_TESTS_FORMAT_HARD_LINES_H_
