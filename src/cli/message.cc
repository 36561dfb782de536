#include "src/cli/message.h"

#include <unistd.h>

#include <algorithm>
#include <string>

#include "src/report/escape.h"

namespace logstat {
namespace {

// One write, so that lines of several processes do not mix.
void WriteToStandardError(const std::string& text) {
  ssize_t ignored = write(STDERR_FILENO, text.data(), text.size());
  (void)ignored;
}

void PrintLine(std::string_view prefix, std::string_view message) {
  WriteToStandardError(std::string(prefix) + EscapeForTerminal(message) + "\n");
}

// `at`, or up to three bytes before it, where a character of UTF-8 begins.
size_t CharacterStart(std::string_view text, size_t at) {
  for (int i = 0; i < 3 && at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; ++i)
    --at;
  return at;
}

}  // namespace

void PrintError(std::string_view message) { PrintLine("logstat: ", message); }
void PrintWarning(std::string_view message) { PrintLine("logstat: warning: ", message); }
void PrintNote(std::string_view message) { PrintLine("logstat: note: ", message); }

void PrintMark(std::string_view text, size_t at) {
  constexpr size_t kBefore = 50, kCells = 76;
  const size_t begin = at > kBefore ? CharacterStart(text, at - kBefore) : 0;
  at = std::max(CharacterStart(text, at), begin);
  const std::string before = (begin > 0 ? "…" : "") + EscapeForTerminal(text.substr(begin, at - begin));
  const std::string line = before + EscapeForTerminal(text.substr(at));
  // What is escaped takes up to four times its bytes; the place itself is always shown.
  const size_t cells = std::max(kCells, CellCount(before) + 10);
  WriteToStandardError("  " + CutToCells(line, cells) + "\n  " + std::string(CellCount(before), ' ') + "^\n");
}

}  // namespace logstat
