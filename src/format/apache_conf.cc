#include "src/format/apache_conf.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "src/base/ascii.h"
#include "src/format/apache_lines.h"
#include "src/format/conf_file.h"

namespace logstat {
namespace {

// What mod_log_config writes if nothing is said.
constexpr std::string_view kDefault = R"(%h %l %u %t "%r" %>s %b)";

// A virtual host, or 0 for the server.
using Scope = size_t;

struct Definition {
  Scope scope = 0;
  bool is_alternative = false;  // in a negated condition
  ConfFormat format;
};

struct RawUse {
  Scope scope = 0;
  std::string log;
  std::string format;  // a nickname or a string; empty: the default of the scope
  ConfPlace place;
};

// Looks the formats of the uses up when everything has been read, as the server does when it opens its logs.
class Resolver {
 public:
  explicit Resolver(const std::vector<Definition>& definitions) {
    for (const Definition& definition : definitions) {
      const Key key{definition.scope, definition.format.name};
      const auto [known, is_new] = indexes_.emplace(key, found_.formats.size());
      if (is_new) {
        found_.formats.push_back(definition.format);
      } else if (!definition.is_alternative) {
        found_.formats[known->second] = definition.format;
      }
    }
  }

  void Add(const RawUse& use) {
    const std::string what = use.format.empty() ? DefaultOf(use) : use.format;
    const auto named = Find(use.scope, what);
    if (named != indexes_.end()) {
      found_.uses.push_back(ConfUse{use.log, named->second});
    } else if (what.find('%') != std::string::npos) {
      found_.uses.push_back(ConfUse{use.log, found_.formats.size()});
      found_.formats.push_back(ConfFormat{"", what, ConfDialect::kApache, ConfEscape::kDefault, use.place});
    } else {
      found_.gaps.push_back(fmt::format("{}:{}: CustomLog uses a format '{}' that no LogFormat defines", use.place.file,
                                        use.place.line, what));
    }
  }

  ConfFormats Take() { return std::move(found_); }

 private:
  using Key = std::pair<Scope, std::string>;

  std::map<Key, size_t>::const_iterator Find(Scope scope, const std::string& name) const {
    const auto own = indexes_.find(Key{scope, name});
    return own != indexes_.end() ? own : indexes_.find(Key{0, name});
  }

  // A string or a nickname.
  std::string DefaultOf(const RawUse& use) const {
    const auto found = Find(use.scope, "");
    return found == indexes_.end() ? std::string(kDefault) : found_.formats[found->second].text;
  }

  std::map<Key, size_t> indexes_;
  ConfFormats found_;
};

class ApacheConf {
 public:
  StatusOr<ConfFormats> Read(const std::string& path) {
    directory_ = DirectoryOf(path);
    const Status status = files_.Read(path, [this](const ConfText& text) { return Parse(text); });
    if (!status.ok()) return status;
    Resolver resolver(definitions_);
    for (const RawUse& use : uses_) resolver.Add(use);
    ConfFormats found = resolver.Take();
    found.gaps.insert(found.gaps.begin(), files_.gaps().begin(), files_.gaps().end());
    return found;
  }

 private:
  struct Section {
    std::string name;  // lower case
    size_t line = 0;
    Scope scope_before = 0;
    bool alternative_before = false;
  };

  // One file. Sections begin and end in the same file.
  Status Parse(const ConfText& text) {
    std::vector<Section> sections;
    ApacheLines lines(text.bytes);
    while (std::optional<ApacheLine> line = lines.Next()) {
      const ConfPlace place{text.path, line->line};
      const std::string expanded = Expand(line->text);
      Status status;
      if (expanded[0] != '<') {
        status = Take(ApacheWords(expanded), place);
      } else if (expanded.compare(0, 2, "</") == 0) {
        status = End(expanded, place, sections);
      } else {
        Begin(expanded, place, sections);
      }
      if (!status.ok()) return status;
    }
    if (sections.empty()) return OkStatus();
    return ConfError({text.path, sections.back().line}, fmt::format("<{}> has no end", sections.back().name));
  }

  void Begin(const std::string& line, const ConfPlace& place, std::vector<Section>& sections) {
    const size_t end = std::min(line.find_first_of(" \t>"), line.size());
    const std::string name = LowerAscii(line.substr(1, end - 1));
    sections.push_back(Section{name, place.line, scope_, alternative_});
    if (name == "virtualhost") scope_ = ++scopes_;
    const size_t condition = line.find_first_not_of(" \t", end);
    const bool negated = name.compare(0, 2, "if") == 0 && condition < line.size() && line[condition] == '!';
    if (negated || name.compare(0, 4, "else") == 0) alternative_ = true;
  }

  Status End(const std::string& line, const ConfPlace& place, std::vector<Section>& sections) {
    const std::string name = LowerAscii(line.substr(2, std::min(line.find_first_of(" \t>"), line.size()) - 2));
    if (sections.empty() || sections.back().name != name) {
      return ConfError(place, sections.empty() ? fmt::format("</{}> without its <{}>", name, name)
                                               : fmt::format("</{}> ends <{}> of line {}", name, sections.back().name,
                                                             sections.back().line));
    }
    scope_ = sections.back().scope_before;
    alternative_ = sections.back().alternative_before;
    sections.pop_back();
    return OkStatus();
  }

  Status Take(const std::vector<std::string>& words, const ConfPlace& place) {
    if (words.size() < 2) return OkStatus();
    const std::string name = LowerAscii(words[0]);
    if (name == "include" || name == "includeoptional") {
      return files_.Include(PathBelow(IncludeBase(), words[1]), place,
                            name == "include" ? IfMissing::kGap : IfMissing::kNothing,
                            [this](const ConfText& text) { return Parse(text); });
    }
    if (name == "serverroot") server_root_ = words[1];
    if (name == "define") defines_[words[1]] = words.size() > 2 ? words[2] : "";
    if (name == "undefine") defines_.erase(words[1]);
    if (name == "logformat") {
      ConfFormat format{words.size() > 2 ? words[2] : "", words[1], ConfDialect::kApache, ConfEscape::kDefault, place};
      definitions_.push_back(Definition{scope_, alternative_, std::move(format)});
    } else if ((name == "customlog" || name == "globallog") && words.size() > 2) {
      uses_.push_back(RawUse{scope_, words[1], words[2], place});
    } else if (name == "transferlog") {
      uses_.push_back(RawUse{scope_, words[1], "", place});
    }
    return OkStatus();
  }

  // ${NAME} by what Define said; others stay, as they do in the server, which also knows its environment.
  std::string Expand(const std::string& text) const {
    std::string expanded;
    size_t done = 0;
    for (size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 2)) {
      const size_t close = text.find('}', at);
      if (close == std::string::npos) break;
      const auto found = defines_.find(text.substr(at + 2, close - at - 2));
      if (found == defines_.end()) continue;
      expanded.append(text, done, at - done).append(found->second);
      done = close + 1;
    }
    return expanded.append(text, done, std::string::npos);
  }

  std::string IncludeBase() const {
    std::error_code ignored;
    return std::filesystem::is_directory(server_root_, ignored) ? server_root_ : directory_;
  }

  std::string directory_, server_root_;
  std::map<std::string, std::string> defines_;
  Scope scope_ = 0, scopes_ = 0;
  bool alternative_ = false;
  ConfFiles files_;
  std::vector<Definition> definitions_;
  std::vector<RawUse> uses_;
};

}  // namespace

StatusOr<ConfFormats> ReadApacheConf(const std::string& path) { return ApacheConf().Read(path); }

}  // namespace logstat
