// A report as text for a screen, its lines, and what is in them; for the tests of the writers.
#ifndef LOGSTAT_TESTS_REPORT_TEXT_LINES_H_
#define LOGSTAT_TESTS_REPORT_TEXT_LINES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "src/report/writer.h"

namespace logstat {

inline WriterSettings Screen(size_t columns, size_t rows) { return {false, columns, rows, true}; }

inline std::string Text(const Report& report, WriterSettings settings) {
  return Render(report, OutputKind::kText, settings);
}

inline size_t Occurrences(const std::string& text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

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
