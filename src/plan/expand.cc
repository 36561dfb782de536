#include "src/plan/expand.h"

#include <dirent.h>
#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <string_view>
#include <tuple>
#include <utility>

namespace logstat {
namespace {

using FileId = std::pair<dev_t, ino_t>;

struct Candidate {
  PlannedInput input;
  std::optional<FileId> file;  // empty: could not be examined, so it is a copy of nothing
};

bool Examine(const std::string& path, struct stat& info) {
  return (path == "-" ? fstat(STDIN_FILENO, &info) : stat(path.c_str(), &info)) == 0;
}

// The names in a directory that are files and not hidden; `error` is set if it cannot be read.
std::vector<std::string> FileNames(const std::string& directory, std::string& error) {
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(opendir(directory.c_str()), &closedir);
  std::vector<std::string> names;
  if (stream == nullptr) {
    error = fmt::format("cannot open directory: {}", std::strerror(errno));
    return names;
  }
  while (true) {
    errno = 0;
    const dirent* entry = readdir(stream.get());
    if (entry == nullptr) break;
    struct stat info;
    if (entry->d_name[0] == '.') continue;
    if (fstatat(dirfd(stream.get()), entry->d_name, &info, 0) != 0) {
      if (errno != EACCES) continue;  // deleted just now, or a link that leads nowhere
      error = fmt::format("cannot look at its files: {}; the directory must be searchable (chmod +x)",
                          std::strerror(EACCES));
      return names;
    }
    if (S_ISREG(info.st_mode)) names.emplace_back(entry->d_name);
  }
  if (errno != 0) error = fmt::format("cannot read directory: {}", std::strerror(errno));
  return names;
}

class Expander {
 public:
  void AddArgument(const std::string& path) {
    struct stat info;
    const bool exists = Examine(path, info) || errno != ENOENT;
    if (exists || !AddMatches(path)) AddPath(path);
  }

  InputList Take() {
    std::sort(candidates_.begin(), candidates_.end(),
              [](const Candidate& a, const Candidate& b) { return Rank(a.input) < Rank(b.input); });
    InputList list;
    std::map<FileId, size_t> first_of;
    for (Candidate& candidate : candidates_) {
      PlannedInput& input = candidate.input;
      const size_t index = list.inputs.size();
      if (candidate.file.has_value()) {
        const auto [first, is_new] = first_of.emplace(*candidate.file, index);
        if (!is_new) {
          PlannedInput& original = list.inputs[first->second];
          input.copy_of = first->second;
          original.from_directory = original.from_directory && input.from_directory;
          list.warnings.push_back(fmt::format("{}: the same file as {}, read once", input.path, original.path));
        }
      }
      list.inputs.push_back(std::move(input));
    }
    candidates_.clear();
    return list;
  }

 private:
  // Bytes of the path, standard input first; of the same path, the one that was named.
  static std::tuple<bool, std::string_view, bool> Rank(const PlannedInput& input) {
    return {input.path != "-", input.path, input.from_directory};
  }

  PlannedInput& Add(const std::string& path, std::optional<FileId> file) {
    Candidate& candidate = candidates_.emplace_back();
    candidate.input.path = path;
    candidate.file = file;
    return candidate.input;
  }

  void AddPath(const std::string& path) {
    struct stat info;
    if (!Examine(path, info)) {
      Add(path, std::nullopt);
    } else if (S_ISDIR(info.st_mode) && path != "-") {
      AddDirectory(path);
    } else {
      Add(path, FileId(info.st_dev, info.st_ino));
    }
  }

  // False if `pattern` is none or nothing matches. What matches is not taken for a pattern again.
  bool AddMatches(const std::string& pattern) {
    if (pattern.find_first_of("*?[") == std::string::npos) return false;
    glob_t matches = {};
    const bool matched = glob(pattern.c_str(), GLOB_NOSORT, nullptr, &matches) == 0;
    for (size_t i = 0; matched && i < matches.gl_pathc; ++i) AddPath(matches.gl_pathv[i]);
    globfree(&matches);
    return matched;
  }

  void AddDirectory(const std::string& directory) {
    std::string error;
    const std::vector<std::string> names = FileNames(directory, error);
    for (const std::string& name : names) {
      const std::string path = directory + (directory.back() == '/' ? "" : "/") + name;
      struct stat info;
      if (!Examine(path, info)) continue;  // deleted just now, as log rotation does
      Add(path, FileId(info.st_dev, info.st_ino)).from_directory = true;
    }
    if (error.empty() && names.empty()) {
      error = "directory has no files to read (hidden files and subdirectories are left out)";
    }
    if (!error.empty()) Add(directory, std::nullopt).error = error;
  }

  std::vector<Candidate> candidates_;
};

}  // namespace

InputList ExpandInputs(const std::vector<std::string>& paths) {
  Expander expander;
  for (const std::string& path : paths) expander.AddArgument(path);
  return expander.Take();
}

}  // namespace logstat
