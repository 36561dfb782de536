// Where a quoted field ends: the rule of escapes that all readers of a line share.
//
//   size_t close = FindUnescapedQuote(line, open + 1);   // npos if there is none
//
// Apache writes a quote inside a field as \" and a backslash as \\, nginx writes neither (\x22, \x5C); so a backslash
// takes the next byte with it, whatever that is. Pure.
#ifndef LOGSTAT_SRC_FORMAT_QUOTES_H_
#define LOGSTAT_SRC_FORMAT_QUOTES_H_

#include <cstddef>
#include <string_view>

#include "src/base/find_byte.h"

namespace logstat {

// The first quote at or behind `from` that is not escaped. `from` must be the text's start or stand behind a quote:
// escapes are counted from there.
inline size_t FindUnescapedQuote(std::string_view text, size_t from) {
  if (from >= text.size()) return std::string_view::npos;
  const size_t first = FindByte(text, '"', from);
  if (first == std::string_view::npos || FindByte(text.substr(0, first), '\\', from) == std::string_view::npos) {
    return first;
  }
  for (size_t i = from; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i;
    }
  }
  return std::string_view::npos;
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_QUOTES_H_
