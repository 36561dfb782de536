#include "src/input/file_mark.h"

#include <sys/stat.h>
#include <unistd.h>

namespace logstat {

FileMark MarkFile(const std::string& path) {
  FileMark mark;
  struct stat info;
  const bool is_standard_input = path == "-";
  const int failed = is_standard_input ? fstat(STDIN_FILENO, &info) : stat(path.c_str(), &info);
  if (failed != 0 || !S_ISREG(info.st_mode)) return mark;
  mark.is_regular = true;
  mark.device = info.st_dev;
  mark.inode = info.st_ino;
  mark.size_bytes = static_cast<uint64_t>(info.st_size);
  mark.changed_seconds = info.st_mtim.tv_sec;
  mark.changed_nanoseconds = info.st_mtim.tv_nsec;
  if (is_standard_input) mark.start = lseek(STDIN_FILENO, 0, SEEK_CUR);
  return mark;
}

bool IsStillThere(const FileMark& then, const FileMark& now) {
  if (!then.is_regular || !now.is_regular || then.device != now.device || then.inode != now.inode) return false;
  const bool is_same_time =
      then.changed_seconds == now.changed_seconds && then.changed_nanoseconds == now.changed_nanoseconds;
  return now.size_bytes > then.size_bytes || (now.size_bytes == then.size_bytes && is_same_time);
}

bool Rewind(const std::string& path, const FileMark& mark) {
  return path != "-" || (mark.start >= 0 && lseek(STDIN_FILENO, mark.start, SEEK_SET) == mark.start);
}

}  // namespace logstat
