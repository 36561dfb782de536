#include "src/format/conf_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace logstat {
namespace {

constexpr size_t kMaxFiles = 10000;
constexpr off_t kMaxFileBytes = off_t{16} << 20;

// Closes a descriptor at the end of its scope.
struct Closer {
  int descriptor;
  ~Closer() { close(descriptor); }
};

StatusOr<std::string> ReadAll(int descriptor) {
  std::string bytes;
  char buffer[1 << 16];
  while (true) {
    const ssize_t got = read(descriptor, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return ErrnoStatus(errno, "cannot read");
    if (got == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(got));
  }
}

// What `pattern` names or matches, by name.
std::vector<std::string> Matches(const std::string& pattern) {
  std::vector<std::string> paths;
  glob_t found = {};
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0) paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  std::sort(paths.begin(), paths.end());  // glob's own order depends on the locale
  return paths;
}

std::vector<std::string> FilesBelow(const std::string& directory) {
  std::vector<std::string> paths;
  std::error_code ignored;  // what cannot be listed has no files
  constexpr auto kOptions = std::filesystem::directory_options::skip_permission_denied;
  for (std::filesystem::recursive_directory_iterator entry(directory, kOptions, ignored), end; entry != end;
       entry.increment(ignored)) {
    if (entry->is_regular_file(ignored)) paths.push_back(entry->path().string());
    if (paths.size() > kMaxFiles) break;
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool IsDirectory(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

}  // namespace

Status ConfError(const ConfPlace& place, std::string_view why) {
  return UsageError(fmt::format("{}:{}: {}", place.file, place.line, why));
}

std::string DirectoryOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash + 1));
}

std::string PathBelow(std::string_view directory, std::string_view path) {
  if (directory.empty() || path.substr(0, 1) == "/") return std::string(path);
  return fmt::format("{}{}{}", directory, directory.back() == '/' ? "" : "/", path);
}

Status ConfFiles::Read(const std::string& path, const ConfParser& parse) {
  bool missing = false;
  return ReadFile(path, parse, &missing);
}

// `missing` is set if the file itself could not be read, whatever is wrong further down.
Status ConfFiles::ReadFile(const std::string& path, const ConfParser& parse, bool* missing) {
  *missing = true;
  if (++files_read_ > kMaxFiles) return UsageError(fmt::format("{}: more than {} files are included", path, kMaxFiles));
  // A named pipe without a writer would block.
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return UsageError(fmt::format("{}: cannot open: {}", path, std::strerror(errno)));
  const Closer closer{descriptor};
  struct stat info;
  if (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
    return UsageError(fmt::format("{}: not a regular file", path));
  }
  if (info.st_size > kMaxFileBytes) return UsageError(fmt::format("{}: more than 16 MiB, no configuration", path));
  const StatusOr<std::string> bytes = ReadAll(descriptor);
  if (!bytes.ok()) return UsageError(fmt::format("{}: {}", path, Message(bytes.status())));

  *missing = false;
  open_.emplace_back(FileId(info.st_dev, info.st_ino), path);
  Status status = parse(ConfText{path, *bytes});
  open_.pop_back();
  return status;
}

Status ConfFiles::Include(const std::string& pattern, const ConfPlace& place, IfMissing if_missing,
                          const ConfParser& parse) {
  std::vector<std::string> paths = Matches(pattern);
  const bool is_pattern = pattern.find_first_of("*?[") != std::string::npos;
  if (paths.empty() && !is_pattern && if_missing == IfMissing::kGap) paths.push_back(pattern);
  for (const std::string& path : paths) {
    const std::vector<std::string> files = IsDirectory(path) ? FilesBelow(path) : std::vector<std::string>{path};
    for (const std::string& file : files) {
      if (Status status = IncludeOne(file, place, parse); !status.ok()) return status;
    }
  }
  return OkStatus();
}

Status ConfFiles::IncludeOne(const std::string& path, const ConfPlace& place, const ConfParser& parse) {
  struct stat info;
  if (stat(path.c_str(), &info) == 0) {
    for (const auto& [id, name] : open_) {
      if (id == FileId(info.st_dev, info.st_ino)) {
        return ConfError(place,
                         fmt::format("includes {}, which is being read: the configuration includes itself", name));
      }
    }
  }
  bool missing = false;
  const Status status = ReadFile(path, parse, &missing);
  if (!missing || files_read_ > kMaxFiles) return status;
  gaps_.push_back(fmt::format("{}:{}: {}", place.file, place.line, Message(status)));
  return OkStatus();
}

}  // namespace logstat
