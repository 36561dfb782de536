#include "src/format/nginx_tokens.h"

#include "src/format/conf_file.h"

namespace logstat {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Status NginxTokens::Error(size_t line, std::string_view why) const { return ConfError({path_, line}, why); }

void NginxTokens::SkipBlanksAndComments() {
  while (!AtEnd()) {
    if (Peek() == '#') {
      while (!AtEnd() && Peek() != '\n') Advance();
    } else if (IsBlank(Peek())) {
      Advance();
    } else {
      return;
    }
  }
}

// At a backslash. nginx knows \" \' \\ \t \r \n; before any other character the backslash stays.
void NginxTokens::AppendEscaped(std::string& word) {
  Advance();
  if (AtEnd()) return word.push_back('\\');
  const char c = Peek();
  Advance();
  switch (c) {
    case '"':
    case '\'':
    case '\\':
      return word.push_back(c);
    case 't':
      return word.push_back('\t');
    case 'r':
      return word.push_back('\r');
    case 'n':
      return word.push_back('\n');
    default:
      word.push_back('\\');
      word.push_back(c);
  }
}

StatusOr<std::string> NginxTokens::QuotedWord() {
  const char quote = Peek();
  const size_t line = line_;
  std::string word;
  for (Advance(); !AtEnd() && Peek() != quote;) {
    if (Peek() == '\\') {
      AppendEscaped(word);
    } else {
      word.push_back(Peek());
      Advance();
    }
  }
  if (AtEnd()) return Error(line, "the quote has no end");
  Advance();
  return word;
}

// Up to a blank, ';' or '{'; the brace of ${name} belongs to the word.
std::string NginxTokens::BareWord() {
  std::string word;
  while (!AtEnd() && !IsBlank(Peek()) && Peek() != ';') {
    if (Peek() == '\\') {
      AppendEscaped(word);
      continue;
    }
    if (Peek() == '{' && (word.empty() || word.back() != '$')) break;
    word.push_back(Peek());
    Advance();
  }
  return word;
}

StatusOr<NginxDirective> NginxTokens::Next() {
  NginxDirective directive;
  while (true) {
    SkipBlanksAndComments();
    if (directive.words.empty()) directive.line = line_;
    if (AtEnd()) {
      if (directive.words.empty()) return directive;
      return Error(directive.line, "'" + directive.words[0] + "' has no ';' behind it");
    }
    const char c = Peek();
    if (c == ';' || c == '{' || (c == '}' && directive.words.empty())) {
      Advance();
      if (c == ';' && directive.words.empty()) continue;
      directive.end = c;
      return directive;
    }
    if (c == '"' || c == '\'') {
      StatusOr<std::string> word = QuotedWord();
      if (!word.ok()) return word.status();
      directive.words.push_back(*std::move(word));
    } else {
      directive.words.push_back(BareWord());
    }
  }
}

Status NginxTokens::SkipLuaBlock() {
  const size_t line = line_;
  for (size_t depth = 1; !AtEnd();) {
    const char c = Peek();
    if (bytes_.substr(at_, 2) == "--") {
      while (!AtEnd() && Peek() != '\n') Advance();
    } else if (c == '"' || c == '\'') {
      const StatusOr<std::string> word = QuotedWord();
      if (!word.ok()) return word.status();
    } else {
      Advance();
      if (c == '{') ++depth;
      if (c == '}' && --depth == 0) return OkStatus();
    }
  }
  return Error(line, "the block has no '}'");
}

}  // namespace logstat
