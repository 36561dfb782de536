#include "src/format/line_format.h"

namespace logstat {

bool IsIgnoredLine(std::string_view line) {
  if (!line.empty() && line[0] > '#') return false;  // most lines
  return line.substr(0, 1) == "#" || line.find_first_not_of(std::string_view(" \t\r\0", 4)) == std::string_view::npos;
}

}  // namespace logstat
