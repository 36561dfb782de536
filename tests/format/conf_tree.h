// A configuration of several files in a temporary directory, and its formats in words.
#ifndef LOGSTAT_TESTS_FORMAT_CONF_TREE_H_
#define LOGSTAT_TESTS_FORMAT_CONF_TREE_H_

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/status.h"
#include "src/format/conf_formats.h"
#include "tests/input/temp_dir.h"

namespace logstat {

class ConfTree {
 public:
  ConfTree(std::initializer_list<std::pair<std::string_view, std::string_view>> files) {
    for (const auto& [name, content] : files) {
      std::filesystem::create_directories(std::filesystem::path(dir_.Path(name)).parent_path());
      dir_.Write(name, content);
    }
  }

  std::string Path(std::string_view name) const { return dir_.Path(name); }

  // A message without the name of the temporary directory.
  std::string Relative(std::string text) const {
    const std::string prefix = dir_.path() + "/";
    for (size_t at; (at = text.find(prefix)) != std::string::npos;) text.erase(at, prefix.size());
    return text;
  }

  // "name@file:line=text" of every format that stands in a file, "log>name" of every use, "!gap" of every gap.
  std::vector<std::string> Say(const StatusOr<ConfFormats>& conf) const {
    if (!conf.ok()) return {"error: " + Relative(Message(conf.status()))};
    std::vector<std::string> said;
    for (const ConfFormat& format : conf->formats) {
      if (format.place.line == 0) continue;
      said.push_back(Relative(format.name + "@" + format.place.file + ":" + std::to_string(format.place.line) + "=" +
                              format.text));
    }
    for (const ConfUse& use : conf->uses) said.push_back(use.log + ">" + conf->formats[use.format].name);
    for (const std::string& gap : conf->gaps) said.push_back("!" + Relative(gap));
    return said;
  }

 private:
  TempDir dir_;
};

}  // namespace logstat

#endif  // LOGSTAT_TESTS_FORMAT_CONF_TREE_H_
