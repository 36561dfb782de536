// Apache's configuration language: lines, continued by a backslash, of words and quotes.
//
//   ApacheLines lines(bytes);
//   while (std::optional<ApacheLine> line = lines.Next()) {
//     std::vector<std::string> words = ApacheWords(line->text);   // {"LogFormat", "%h \"%r\"", "short"}
//   }
//
// Pure functions of `bytes`, which must outlive the lines.
#ifndef LOGSTAT_SRC_FORMAT_APACHE_LINES_H_
#define LOGSTAT_SRC_FORMAT_APACHE_LINES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstat {

struct ApacheLine {
  std::string text;  // without the blanks around it and the backslashes that continue it
  size_t line = 0;   // the first one
};

class ApacheLines {
 public:
  explicit ApacheLines(std::string_view bytes) : bytes_(bytes) {}

  // The next line that is neither blank nor a comment.
  std::optional<ApacheLine> Next();

 private:
  std::string_view bytes_;
  size_t line_ = 0;
};

// Splits a line. In quotes of either kind the quote and the backslash may stand behind a backslash; a quote without an
// end reaches to the end of the line, as the server has it.
std::vector<std::string> ApacheWords(std::string_view line);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_APACHE_LINES_H_
