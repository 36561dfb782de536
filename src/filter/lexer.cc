#include "src/filter/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace logstat {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_.:/+-").find(c) != std::string_view::npos;
}

constexpr std::string_view kOperators[] = {"==", "!=", "<=", ">=", "=~", "!~", "<", ">"};

// What other languages write, and what it is called here.
struct Habit {
  std::string_view written, meant;
};
constexpr Habit kHabits[] = {{"&&", "and"}, {"||", "or"}, {"=", "== (or =~ for a pattern)"}, {"!", "not"}, {"~", "=~"}};

}  // namespace

Status Lexer::Error(size_t at, std::string_view message) const {
  return UsageErrorAt(fmt::format("--where: {}", message), {std::string(text_), std::min(at, text_.size())});
}

StatusOr<Token> Lexer::Next() {
  while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
  const size_t begin = at_;
  if (begin == text_.size()) return Token{Token::kEnd, {}, begin};
  const auto take = [&](Token::Kind kind, size_t size) {
    at_ = begin + size;
    return Token{kind, text_.substr(begin, size), begin};
  };
  const char first = text_[begin];
  if (first == '"' || first == '\'') return TakeString(first);
  if (first == '(') return take(Token::kOpen, 1);
  if (first == ')') return take(Token::kClose, 1);
  if (first == ',') return take(Token::kComma, 1);
  for (const std::string_view op : kOperators) {
    if (text_.substr(begin, op.size()) == op) return take(Token::kOperator, op.size());
  }
  size_t end = begin;
  while (end < text_.size() && IsWordByte(text_[end])) ++end;
  if (end > begin) return take(Token::kWord, end - begin);
  for (const Habit& habit : kHabits) {
    if (text_.substr(begin, habit.written.size()) != habit.written) continue;
    return Error(begin, fmt::format("'{}' is no operator; write {}", habit.written, habit.meant));
  }
  return Error(begin, "this character has no meaning outside of quotes");
}

StatusOr<Token> Lexer::TakeString(char quote) {
  const size_t begin = at_;
  size_t end = begin + 1;
  while (end < text_.size() && text_[end] != quote) end += text_[end] == '\\' ? 2 : 1;
  if (end >= text_.size()) return Error(begin, fmt::format("the text that begins here has no closing {}", quote));
  at_ = end + 1;
  return Token{Token::kString, text_.substr(begin + 1, end - begin - 1), begin, quote};
}

bool UnescapeString(std::string_view raw, std::string* text, size_t* bad_at) {
  text->clear();
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\') {
      *text += raw[i];
      continue;
    }
    *bad_at = i++;
    const char escaped = i < raw.size() ? raw[i] : '\0';
    static constexpr std::string_view kNames = "\\\"'nrt", kValues = "\\\"'\n\r\t";
    if (const size_t known = kNames.find(escaped); known != std::string_view::npos) {
      *text += kValues[known];
    } else if (escaped == 'x') {
      const std::string_view digits = raw.substr(i + 1, 2);
      unsigned byte = 0;
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
      if (error != std::errc() || end != digits.data() + 2) return false;
      *text += static_cast<char>(byte);
      i += 2;
    } else {
      return false;
    }
  }
  return true;
}

std::string UnescapePattern(std::string_view raw, char quote) {
  std::string pattern;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\' && i + 1 < raw.size()) {
      if (raw[i + 1] != quote) pattern += '\\';
      ++i;
    }
    pattern += raw[i];
  }
  return pattern;
}

}  // namespace logstat
