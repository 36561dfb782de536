// Lines that real servers write and that are easy to read wrong, one of each kind, and what they say.
#ifndef LOGSTAT_TESTS_FORMAT_HARD_LINES_H_
#define LOGSTAT_TESTS_FORMAT_HARD_LINES_H_

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace logstat {

struct HardLine {
  const char* name;
  std::string_view line;
  // "no_status" and the like, or status, byte count, "no time" if it is not 22/Nov/2026:13:00:00 +0000, and every field
  // that is present as name<text>, in this order: client user host method target path query protocol referrer agent.
  std::string_view says;
  std::string format = "combined";  // that of the input, which is not always that of the line

  friend std::ostream& operator<<(std::ostream& out, const HardLine& line) { return out << line.name; }
};

const std::vector<HardLine>& HardLines();

}  // namespace logstat

#endif  // LOGSTAT_TESTS_FORMAT_HARD_LINES_H_
