#include "src/format/apache_lines.h"

namespace logstat {
namespace {

constexpr std::string_view kApacheBlanks = " \t\r";

std::string_view TrimApacheLine(std::string_view text) {
  const size_t begin = text.find_first_not_of(kApacheBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kApacheBlanks) + 1 - begin);
}

}  // namespace

std::optional<ApacheLine> ApacheLines::Next() {
  while (!bytes_.empty()) {
    ApacheLine line{"", line_ + 1};
    for (bool goes_on = true; goes_on && !bytes_.empty();) {
      const size_t newline = bytes_.find('\n');
      std::string_view piece = bytes_.substr(0, newline);
      bytes_.remove_prefix(newline == std::string_view::npos ? bytes_.size() : newline + 1);
      ++line_;
      if (!piece.empty() && piece.back() == '\r') piece.remove_suffix(1);
      goes_on = !piece.empty() && piece.back() == '\\';
      if (goes_on) piece.remove_suffix(1);
      line.text += piece;
    }
    line.text = std::string(TrimApacheLine(line.text));
    if (!line.text.empty() && line.text[0] != '#') return line;
  }
  return std::nullopt;
}

std::vector<std::string> ApacheWords(std::string_view line) {
  std::vector<std::string> words;
  for (size_t i = line.find_first_not_of(kApacheBlanks); i < line.size();
       i = line.find_first_not_of(kApacheBlanks, i)) {
    std::string& word = words.emplace_back();
    if (line[i] != '"' && line[i] != '\'') {
      const size_t end = line.find_first_of(kApacheBlanks, i);
      word = line.substr(i, end == std::string_view::npos ? end : end - i);
      i = end;
      continue;
    }
    const char quote = line[i++];
    for (; i < line.size() && line[i] != quote; ++i) {
      const bool escapes = line[i] == '\\' && i + 1 < line.size() && (line[i + 1] == '\\' || line[i + 1] == quote);
      if (escapes) ++i;
      word.push_back(line[i]);
    }
    if (i < line.size()) ++i;
  }
  return words;
}

}  // namespace logstat
