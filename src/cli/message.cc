#include "src/cli/message.h"

#include <unistd.h>

#include <string>

#include "src/report/escape.h"

namespace logstat {
namespace {

void PrintLine(std::string_view prefix, std::string_view message) {
  std::string line(prefix);
  line.append(EscapeForTerminal(message)).append("\n");
  // One write, so that lines of several processes do not mix.
  ssize_t ignored = write(STDERR_FILENO, line.data(), line.size());
  (void)ignored;
}

}  // namespace

void PrintError(std::string_view message) { PrintLine("logstat: ", message); }
void PrintWarning(std::string_view message) { PrintLine("logstat: warning: ", message); }
void PrintNote(std::string_view message) { PrintLine("logstat: note: ", message); }

}  // namespace logstat
