#include "src/format/pasted_string.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "src/base/ascii.h"
#include "src/format/apache_lines.h"
#include "src/format/nginx_tokens.h"

namespace logstat {
namespace {

constexpr std::string_view kPastedBlanks = " \t\r\n";

std::string_view TrimPasted(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kPastedBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kPastedBlanks) + 1);
}

// The strings of a log_format, joined; nothing if it is none.
std::optional<std::string> NginxString(std::string directive) {
  if (directive.back() != ';') directive.push_back(';');
  const StatusOr<NginxDirective> read = NginxTokens("", directive).Next();
  if (!read.ok() || read->end != ';') return std::nullopt;
  const std::vector<std::string>& words = read->words;
  std::string joined;
  for (size_t i = words.size() > 2 && words[2].starts_with("escape=") ? 3 : 2; i < words.size(); ++i)
    joined += words[i];
  return joined;
}

// The string of a directive of Apache or HAProxy that stands in the line's word of this number.
std::string WordOfLine(std::string_view text, size_t number) {
  const std::optional<ApacheLine> line = ApacheLines(text).Next();
  const std::vector<std::string> words = ApacheWords(line.has_value() ? line->text : "");
  return number < words.size() ? words[number] : "";
}

// The number of the word that is the string; 0: it is no directive of Apache.
size_t PlaceOfString(std::string_view directive) {
  if (EqualsIgnoringCase(directive, "LogFormat")) return 1;
  return EqualsIgnoringCase(directive, "CustomLog") || EqualsIgnoringCase(directive, "GlobalLog") ? 2 : 0;
}

bool IsQuotedAsAWhole(std::string_view text) {
  if (text.size() < 2 || (text[0] != '"' && text[0] != '\'')) return false;
  size_t end = 1;
  while (end < text.size() && text[end] != text[0]) end += text[end] == '\\' ? 2 : 1;
  return end + 1 == text.size();
}

}  // namespace

StatusOr<std::string> StringOfPasted(std::string_view text) {
  std::string_view pasted = TrimPasted(text);
  const std::string_view name = pasted.substr(0, pasted.find_first_of(kPastedBlanks));
  if (name == "log_format" || name.starts_with("escape=")) {
    const std::string before = name == "log_format" ? "" : "log_format pasted ";
    if (std::optional<std::string> joined = NginxString(before + std::string(pasted))) return *std::move(joined);
    return UsageError(fmt::format("format string: '{}' without its strings, or a quote has no end", name));
  }
  if (name.starts_with('\'') && pasted.find('$') != std::string_view::npos) {
    const std::optional<std::string> joined = NginxString(fmt::format("log_format pasted {}", pasted));
    const bool is_string = joined.has_value() && joined->find_first_of(" {") != std::string::npos;
    return is_string ? *joined : std::string(text);
  }
  if (const size_t place = PlaceOfString(name); place > 0) {
    std::string string = WordOfLine(pasted, place);
    if (string.find('%') != std::string::npos) return string;
    return UsageError(fmt::format("format string: this {} holds none; give the LogFormat that it names", name));
  }
  if (name == "log-format") {
    pasted = TrimPasted(pasted.substr(name.size()));
    return IsQuotedAsAWhole(pasted) ? WordOfLine(pasted, 0) : std::string(pasted);
  }
  if (pasted.ends_with(';')) pasted = TrimPasted(pasted.substr(0, pasted.size() - 1));
  if (!IsQuotedAsAWhole(pasted) || pasted.find(' ') == std::string_view::npos) return std::string(text);
  if (pasted.find('$') == std::string_view::npos) return WordOfLine(pasted, 0);
  return NginxString(fmt::format("log_format pasted {};", pasted)).value_or(std::string(text));
}

}  // namespace logstat
