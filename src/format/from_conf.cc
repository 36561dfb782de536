#include "src/format/from_conf.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "src/format/apache_conf.h"
#include "src/format/conf_file.h"
#include "src/format/nginx_conf.h"

namespace logstat {
namespace {

struct Wanted {
  std::string path;
  std::string name;  // empty: none given
};

Wanted SplitName(std::string_view text) {
  std::error_code ignored;
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || std::filesystem::exists(std::string(text), ignored)) {
    return {std::string(text), ""};
  }
  return {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

std::string PlaceOf(const ConfFormat& format) {
  return format.place.line == 0 ? "built in" : fmt::format("{}:{}", format.place.file, format.place.line);
}

// "timed (nginx.conf:12, used by /var/log/nginx/a.log)"
std::string Describe(const ConfFormats& conf, size_t index) {
  constexpr size_t kMostLogs = 3;
  const ConfFormat& format = conf.formats[index];
  std::vector<std::string> logs;
  for (const ConfUse& use : conf.uses) {
    if (use.format == index && std::find(logs.begin(), logs.end(), use.log) == logs.end()) logs.push_back(use.log);
  }
  const size_t more = logs.size() - std::min(logs.size(), kMostLogs);
  logs.resize(logs.size() - more);
  if (more > 0) logs.push_back(fmt::format("{} more", more));
  return fmt::format("{} ({}{}{})", format.name.empty() ? "a string without a name" : format.name, PlaceOf(format),
                     logs.empty() ? "" : ", used by ", fmt::join(logs, ", "));
}

std::string DescribeAll(const ConfFormats& conf, const std::vector<size_t>& indexes) {
  std::string all;
  for (const size_t index : indexes) all += (all.empty() ? "" : "; ") + Describe(conf, index);
  return all;
}

std::string GapsOf(const ConfFormats& conf) {
  if (conf.gaps.empty()) return "";
  const size_t more = conf.gaps.size() - 1;
  return fmt::format("; not all could be read: {}{}", conf.gaps[0],
                     more == 0 ? "" : fmt::format(" (and {} more)", more));
}

// Those of `indexes` whose text is not the text of an earlier one.
std::vector<size_t> Different(const ConfFormats& conf, const std::vector<size_t>& indexes) {
  std::vector<size_t> different;
  for (const size_t index : indexes) {
    const bool known = std::any_of(different.begin(), different.end(), [&](size_t other) {
      return conf.formats[other].text == conf.formats[index].text &&
             conf.formats[other].escape == conf.formats[index].escape;
    });
    if (!known) different.push_back(index);
  }
  return different;
}

StatusOr<ConfFormat> ByName(const ConfFormats& conf, const Wanted& wanted) {
  std::vector<size_t> named, all;
  for (size_t i = 0; i < conf.formats.size(); ++i) {
    if (conf.formats[i].name == wanted.name) named.push_back(i);
    if (!conf.formats[i].name.empty()) all.push_back(i);
  }
  const std::vector<size_t> different = Different(conf, named);
  if (different.size() == 1) return conf.formats[different[0]];
  if (different.size() > 1) {
    return UsageError(fmt::format("--from-conf: {}: '{}' has different definitions; give the one you mean with -f: {}",
                                  wanted.path, wanted.name, DescribeAll(conf, different)));
  }
  return UsageError(fmt::format("--from-conf: {}: there is no format '{}'; {}{}", wanted.path, wanted.name,
                                all.empty() ? "none is defined" : "defined are " + DescribeAll(conf, all),
                                GapsOf(conf)));
}

StatusOr<ConfFormat> ByUse(const ConfFormats& conf, const std::string& path) {
  std::vector<size_t> used, all;
  for (size_t i = 0; i < conf.formats.size(); ++i) {
    if (!conf.formats[i].name.empty()) all.push_back(i);
    const bool is_used =
        std::any_of(conf.uses.begin(), conf.uses.end(), [i](const ConfUse& use) { return use.format == i; });
    if (is_used) used.push_back(i);
  }
  const std::vector<size_t> different = Different(conf, used);
  if (different.size() == 1 && conf.gaps.empty()) return conf.formats[different[0]];
  if (different.size() == 1) {
    return UsageError(fmt::format("--from-conf: which format? name it, as in {}:{}{}", path,
                                  conf.formats[different[0]].name.empty() ? "NAME" : conf.formats[different[0]].name,
                                  GapsOf(conf)));
  }
  if (different.empty() && all.empty()) {
    return UsageError(fmt::format("--from-conf: {}: no log format is defined or used in it{}", path, GapsOf(conf)));
  }
  return UsageError(fmt::format("--from-conf: which format? {}, name one as in {}:NAME: {}{}",
                                different.empty() ? "no access log is written" : "the logs have different ones", path,
                                DescribeAll(conf, different.empty() ? all : different), GapsOf(conf)));
}

// The part of a line of configuration that is no comment, without blanks at its end.
std::string_view ContentOfLine(std::string_view line) {
  const size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos || line[first] == '#') return {};
  size_t comment = line.size();
  for (size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (line[at - 1] == ' ' || line[at - 1] == '\t') {
      comment = at;
      break;
    }
  }
  line = line.substr(first, comment - first);
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

}  // namespace

bool LooksLikeNginx(std::string_view text) {
  size_t nginx = 0, apache = 0;
  while (!text.empty()) {
    const size_t newline = text.find('\n');
    const std::string_view line = ContentOfLine(text.substr(0, newline));
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
    if (line.empty()) continue;
    if (line.front() == '<') ++apache;
    if (line.back() == ';' || line.back() == '{' || line.back() == '}') ++nginx;
  }
  return nginx > apache;
}

StatusOr<ConfFormat> FormatFromConf(std::string_view path_and_name) {
  const Wanted wanted = SplitName(path_and_name);
  bool is_nginx = false;
  Status status = ConfFiles().Read(wanted.path, [&](const ConfText& text) {
    is_nginx = LooksLikeNginx(text.bytes);
    return OkStatus();
  });
  if (!status.ok()) return UsageError("--from-conf: " + Message(status));
  const StatusOr<ConfFormats> conf = is_nginx ? ReadNginxConf(wanted.path) : ReadApacheConf(wanted.path);
  if (!conf.ok()) return UsageError("--from-conf: " + Message(conf.status()));
  return wanted.name.empty() ? ByUse(*conf, wanted.path) : ByName(*conf, wanted);
}

}  // namespace logstat
