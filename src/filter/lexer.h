// The words of a --where expression.
//
//   Lexer lexer(R"(status >= 500 and path =~ "^/api/")");
//   StatusOr<Token> token = lexer.Next();     // kWord "status", at 0; … kString `^/api/`, at 26; … kEnd
//
// Views point into the text, which must outlive them.
#ifndef LOGSTAT_SRC_FILTER_LEXER_H_
#define LOGSTAT_SRC_FILTER_LEXER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "src/base/status.h"

namespace logstat {

struct Token {
  enum Kind {
    kWord,      // a name, number, address or time without quotes
    kString,    // what stands between the quotes, as it stands: see UnescapeString
    kOperator,  // == != < <= > >= =~ !~
    kOpen,
    kClose,
    kComma,
    kEnd,
  };
  Kind kind = kEnd;
  std::string_view text;
  size_t at = 0;  // where it begins, a string's opening quote included
  char quote = 0;

  bool Is(Kind wanted, std::string_view word) const { return kind == wanted && text == word; }
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  // Behind the last one comes kEnd, again and again. Errors have a mark.
  StatusOr<Token> Next();

  // An error about the byte `at` of the text.
  Status Error(size_t at, std::string_view message) const;

 private:
  StatusOr<Token> TakeString(char quote);

  std::string_view text_;
  size_t at_ = 0;
};

// The text that a string stands for: \\ \" \' \n \r \t \xNN are escapes, and nothing else may be. `bad_at` is set to
// the offset of what is none.
bool UnescapeString(std::string_view raw, std::string* text, size_t* bad_at);

// Of a pattern only the escape of its own quote is ours: everything else is RE2's.
std::string UnescapePattern(std::string_view raw, char quote);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FILTER_LEXER_H_
