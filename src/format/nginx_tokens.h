// nginx's configuration language: words, quotes, comments, blocks.
//
//   NginxTokens tokens(path, bytes);
//   StatusOr<NginxDirective> next = tokens.Next();   // {"log_format", "main", "$remote_addr ", "- $status"}, ';'
//
// `bytes` must outlive it. Errors are one line with file and line.
#ifndef LOGSTAT_SRC_FORMAT_NGINX_TOKENS_H_
#define LOGSTAT_SRC_FORMAT_NGINX_TOKENS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/format/conf_formats.h"

namespace logstat {

struct NginxDirective {
  std::vector<std::string> words;  // without quotes and escapes; empty before a '}' and at the end
  char end = 0;                    // ';' or '{' behind the words, '}' alone, 0: the end of the file
  size_t line = 0;                 // where the first word, or else the end, stands
};

class NginxTokens {
 public:
  NginxTokens(const std::string& path, std::string_view bytes) : path_(path), bytes_(bytes) {}

  StatusOr<NginxDirective> Next();

  // Skips the rest of a block whose '{' was read last and whose content is a program in Lua (`*_by_lua_block`).
  Status SkipLuaBlock();

 private:
  bool AtEnd() const { return at_ == bytes_.size(); }
  char Peek() const { return bytes_[at_]; }
  void Advance() { line_ += bytes_[at_++] == '\n' ? 1 : 0; }
  void SkipBlanksAndComments();
  StatusOr<std::string> QuotedWord();
  std::string BareWord();
  void AppendEscaped(std::string& word);
  Status Error(size_t line, std::string_view why) const;

  std::string path_;
  std::string_view bytes_;
  size_t at_ = 0;
  size_t line_ = 1;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_NGINX_TOKENS_H_
