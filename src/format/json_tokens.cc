#include "src/format/json_tokens.h"

namespace logstat {

size_t FindStringEnd(std::string_view line, size_t from, bool* escaped) {
  for (size_t at = from; (at = FindQuoteOrBackslash(line.data(), at, line.size())) < line.size();) {
    if (line[at] == '\\') {
      *escaped = true;
      at += 2;
    } else if (ClosesString(line, at)) {
      return at;
    } else {
      ++at;
    }
  }
  return std::string_view::npos;
}

size_t FindScalarEnd(std::string_view line, size_t from, bool in_array) {
  for (size_t end = from; end < line.size(); ++end) {
    const char c = line[end];
    if (c == '}' || c == ']' || c == '"' || c == '{' || c == '[') return end;
    if (c != ',') continue;
    if (in_array) return end;
    const size_t next = SkipJsonSpace(line, end + 1);
    if (next >= line.size() || line[next] == '"' || line[next] == '}') return end;
  }
  return line.size();
}

size_t SkipContainer(std::string_view line, size_t from, size_t depth) {
  bool escaped = false;
  for (size_t at = from; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '"') {
      at = FindStringEnd(line, at + 1, &escaped);
      if (at == std::string_view::npos) return at;
    }
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return at + 1;
  }
  return std::string_view::npos;
}

}  // namespace logstat
