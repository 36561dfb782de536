// Everything that the program says on standard error: one line each, escaped; only a marked text takes two.
//
//   PrintError("access.log: cannot open: No such file or directory");   // logstat: access.log: cannot open: ...
//   PrintWarning("a.log and b.log are the same file: read once");       // logstat: warning: ...
#ifndef LOGSTAT_SRC_CLI_MESSAGE_H_
#define LOGSTAT_SRC_CLI_MESSAGE_H_

#include <cstddef>
#include <string_view>

namespace logstat {

// A file name or a piece of a log inside the message may hold anything: control bytes and bytes that are not UTF-8 are
// written as \xNN, so the message stays one line and cannot steer the terminal. A standard error that cannot be
// written is ignored: there is nobody to tell.
void PrintError(std::string_view message);
void PrintWarning(std::string_view message);
void PrintNote(std::string_view message);

// Behind an error: `text` on a line of its own, and on the next one a caret under its byte `at`. Of a long text only
// what stands around the place.
void PrintMark(std::string_view text, size_t at);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_MESSAGE_H_
