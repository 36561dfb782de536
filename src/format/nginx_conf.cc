#include "src/format/nginx_conf.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "src/format/conf_file.h"
#include "src/format/nginx_tokens.h"

namespace logstat {
namespace {

constexpr std::string_view kNginxCombined =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent")";

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

struct NamedUse {
  std::string log, name;
  ConfPlace place;
};

class NginxConf {
 public:
  StatusOr<ConfFormats> Read(const std::string& path) {
    directory_ = DirectoryOf(path);
    const Status status = files_.Read(path, [this](const ConfText& text) { return Parse(text); });
    if (!status.ok()) return status;
    AddCombined();
    ResolveUses();
    found_.gaps = std::move(files_.gaps());
    return std::move(found_);
  }

 private:
  // One file. Blocks begin and end in the same file.
  Status Parse(const ConfText& text) {
    NginxTokens tokens(text.path, text.bytes);
    std::vector<size_t> blocks;  // the lines of those that are open
    size_t foreign = 0;          // this many open blocks, and the first ones of them, are stream's or mail's
    while (true) {
      const StatusOr<NginxDirective> next = tokens.Next();
      if (!next.ok()) return next.status();
      const ConfPlace place{text.path, next->line};
      Status status;
      if (next->end == '{') {
        const std::string_view name = next->words.empty() ? "" : std::string_view(next->words[0]);
        if (EndsWith(name, "_by_lua_block")) {
          status = tokens.SkipLuaBlock();
        } else {
          blocks.push_back(next->line);
          if (foreign > 0 || name == "stream" || name == "mail") ++foreign;
        }
      } else if (next->end == '}') {
        if (blocks.empty()) return ConfError(place, "'}' without its '{'");
        blocks.pop_back();
        if (foreign > 0) --foreign;
      } else if (next->end == 0) {
        if (blocks.empty()) return OkStatus();
        return ConfError({text.path, blocks.back()}, "the block has no '}'");
      } else if (foreign == 0) {
        status = Take(next->words, place);
      }
      if (!status.ok()) return status;
    }
  }

  Status Take(const std::vector<std::string>& words, const ConfPlace& place) {
    if (words[0] == "include" && words.size() == 2) {
      return files_.Include(PathBelow(directory_, words[1]), place, IfMissing::kGap,
                            [this](const ConfText& text) { return Parse(text); });
    }
    if (words[0] == "log_format") return TakeFormat(words, place);
    if (words[0] == "access_log" && words.size() > 1 && words[1] != "off") {
      uses_.push_back(NamedUse{words[1], words.size() > 2 ? words[2] : "combined", place});
    }
    return OkStatus();
  }

  // log_format name [escape=default|json|none] string ...
  Status TakeFormat(const std::vector<std::string>& words, const ConfPlace& place) {
    if (words.size() < 3) return ConfError(place, "log_format needs a name and a string");
    ConfFormat format{words[1], "", ConfDialect::kNginx, ConfEscape::kDefault, place};
    size_t first = 2;
    if (words[2].compare(0, 7, "escape=") == 0) {
      const std::string_view how = std::string_view(words[2]).substr(7);
      if (how != "default" && how != "json" && how != "none") {
        return ConfError(place, fmt::format("log_format: '{}' is none of escape=default, json, none", words[2]));
      }
      format.escape = how == "json" ? ConfEscape::kJson : how == "none" ? ConfEscape::kNone : ConfEscape::kDefault;
      first = 3;
    }
    for (size_t i = first; i < words.size(); ++i) format.text += words[i];
    found_.formats.push_back(std::move(format));
    return OkStatus();
  }

  void AddCombined() {
    const auto named = [](const ConfFormat& format) { return format.name == "combined"; };
    if (std::any_of(found_.formats.begin(), found_.formats.end(), named)) return;
    found_.formats.push_back(
        ConfFormat{"combined", std::string(kNginxCombined), ConfDialect::kNginx, ConfEscape::kDefault, {"nginx", 0}});
  }

  void ResolveUses() {
    for (NamedUse& use : uses_) {
      const auto found = std::find_if(found_.formats.begin(), found_.formats.end(),
                                      [&](const ConfFormat& format) { return format.name == use.name; });
      if (found == found_.formats.end()) {
        files_.gaps().push_back(fmt::format("{}:{}: access_log uses a format '{}' that no log_format defines",
                                            use.place.file, use.place.line, use.name));
      } else {
        found_.uses.push_back(ConfUse{std::move(use.log), static_cast<size_t>(found - found_.formats.begin())});
      }
    }
  }

  std::string directory_;
  ConfFiles files_;
  std::vector<NamedUse> uses_;
  ConfFormats found_;
};

}  // namespace

StatusOr<ConfFormats> ReadNginxConf(const std::string& path) { return NginxConf().Read(path); }

}  // namespace logstat
