// The files of a configuration: reads the main one, and those that it includes, each where it is included.
//
//   ConfFiles files;
//   Status status = files.Read("nginx.conf", [&](const ConfText& text) { return Parse(text); });
//   // and in Parse, at `include conf.d/*.conf;`
//   status = files.Include("conf.d/*.conf", place, IfMissing::kGap, [&](const ConfText& text) { return Parse(text); });
//
// A file that includes itself, however indirectly, is an error; so are more than 10,000 files and one of more than
// 16 MiB. Not thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_CONF_FILE_H_
#define LOGSTAT_SRC_FORMAT_CONF_FILE_H_

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/status.h"
#include "src/format/conf_formats.h"

namespace logstat {

struct ConfText {
  const std::string& path;
  const std::string& bytes;
};
using ConfParser = std::function<Status(const ConfText& text)>;

enum class IfMissing { kGap, kNothing };

class ConfFiles {
 public:
  // Errors begin with the path; those of `parse` are passed on.
  Status Read(const std::string& path, const ConfParser& parse);

  // Every file that `pattern`, an absolute path or one below the working directory, names or matches, in the order of
  // their names; of a directory the files in it and below. No match is no error, as in both servers. A file that cannot
  // be read is a gap, said at `place`.
  Status Include(const std::string& pattern, const ConfPlace& place, IfMissing if_missing, const ConfParser& parse);

  std::vector<std::string>& gaps() { return gaps_; }

 private:
  using FileId = std::pair<dev_t, ino_t>;

  Status ReadFile(const std::string& path, const ConfParser& parse, bool* missing);
  Status IncludeOne(const std::string& path, const ConfPlace& place, const ConfParser& parse);

  std::vector<std::pair<FileId, std::string>> open_;  // the files that are being read, the main one first
  size_t files_read_ = 0;
  std::vector<std::string> gaps_;
};

// "nginx.conf:12: why"
Status ConfError(const ConfPlace& place, std::string_view why);

// `path` below `directory` unless it is absolute; the directory of "nginx.conf" is "".
std::string PathBelow(std::string_view directory, std::string_view path);
std::string DirectoryOf(std::string_view path);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_CONF_FILE_H_
