// Whether a path still is the file that it was, so that the same bytes can be read once more.
//
//   const FileMark mark = MarkFile(path);          // before it is opened
//   ...                                            // read n decoded bytes
//   if (IsStillThere(mark, MarkFile(path)) && Rewind(path, mark)) settings.most_bytes = n;  // and open it again
//
// A pipe, a terminal or a socket gives its bytes once. A file that only grew still has those that were read; one that
// has another size or time of change otherwise, or that was replaced, as by logrotate, may not. What a writer changes
// without a trace in size and time must be found by whoever compares what was read.
// "-" is standard input: its mark says where in the file it stood, and Rewind() puts it there. Thread-compatible.
#ifndef LOGSTAT_SRC_INPUT_FILE_MARK_H_
#define LOGSTAT_SRC_INPUT_FILE_MARK_H_

#include <cstdint>
#include <string>

namespace logstat {

struct FileMark {
  bool is_regular = false;  // false also if it cannot be examined; nothing below is known then
  uint64_t device = 0;
  uint64_t inode = 0;
  uint64_t size_bytes = 0;
  int64_t changed_seconds = 0;
  int64_t changed_nanoseconds = 0;
  int64_t start = 0;  // of standard input
};

FileMark MarkFile(const std::string& path);

bool IsStillThere(const FileMark& then, const FileMark& now);

// False if standard input cannot be put back; a path that is opened anew needs nothing.
bool Rewind(const std::string& path, const FileMark& mark);

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_FILE_MARK_H_
