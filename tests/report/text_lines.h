// The lines of a text report, for the tests of it.
#ifndef LOGSTAT_TESTS_REPORT_TEXT_LINES_H_
#define LOGSTAT_TESTS_REPORT_TEXT_LINES_H_

#include <cstddef>
#include <string>
#include <vector>

namespace logstat {

// Without their ends.
inline std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    if (end == std::string::npos) break;
    begin = end + 1;
  }
  return lines;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_REPORT_TEXT_LINES_H_
