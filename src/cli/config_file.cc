#include "src/cli/config_file.h"

#include <fmt/format.h>
#include <unistd.h>

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

namespace logstat {
namespace {

std::string PlaceOf(const std::string& path, const toml::source_region& source) {
  return fmt::format("{}:{}:{}", path, source.begin.line, source.begin.column);
}

// A value as it would be typed; false if it is none of those that an option can have.
bool AppendText(const toml::node& node, std::vector<std::string>& values) {
  if (const auto* text = node.as_string()) {
    values.push_back(text->get());
  } else if (const auto* boolean = node.as_boolean()) {
    values.emplace_back(boolean->get() ? "true" : "false");
  } else if (const auto* integer = node.as_integer()) {
    values.push_back(fmt::format("{}", integer->get()));
  } else if (const auto* number = node.as_floating_point()) {
    values.push_back(fmt::format("{}", number->get()));
  } else if (node.is_date() || node.is_date_time()) {
    std::ostringstream text;
    node.visit([&text](const auto& value) {
      if constexpr (toml::is_date<decltype(value)> || toml::is_date_time<decltype(value)>) text << value;
    });
    values.push_back(text.str());
  } else {
    return false;
  }
  return true;
}

using PlacedSetting = std::pair<toml::source_position, ConfigSetting>;

// The settings of a table and, of [finding], of the tables in it.
Status AppendSettings(const std::string& path, const std::string& name, const toml::table& table,
                      std::vector<PlacedSetting>& settings) {
  for (const auto& [key, node] : table) {
    ConfigSetting setting;
    setting.key = key.str();
    setting.table = name;
    setting.place = PlaceOf(path, key.source());
    setting.is_flag = node.is_boolean();
    setting.is_table = node.is_table();
    const bool is_finding = name.empty() ? setting.key == "finding" : name == "finding";
    if (setting.is_table && is_finding) {
      const std::string inner = name.empty() ? setting.key : name + "." + setting.key;
      if (Status status = AppendSettings(path, inner, *node.as_table(), settings); !status.ok()) return status;
      if (!name.empty()) settings.emplace_back(key.source().begin, std::move(setting));
      continue;
    }
    bool readable = true;
    if (const toml::array* list = node.as_array()) {
      for (const toml::node& item : *list) readable = readable && AppendText(item, setting.values);
    } else if (!setting.is_table) {
      readable = AppendText(node, setting.values);
    }
    if (!readable) {
      return UsageError(fmt::format("{}: '{}' must be a text, a number, true, false, or a list of these",
                                    PlaceOf(path, node.source()), setting.key));
    }
    settings.emplace_back(key.source().begin, std::move(setting));
  }
  return OkStatus();
}

}  // namespace

StatusOr<std::vector<ConfigSetting>> ReadConfigFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad()) {
    return UsageError(fmt::format("--config: cannot read '{}': {}", path, std::strerror(errno)));
  }
  const toml::parse_result parsed = toml::parse(std::string_view(text));
  if (parsed.failed()) {
    return UsageError(fmt::format("{}: {}", PlaceOf(path, parsed.error().source()), parsed.error().description()));
  }
  std::vector<PlacedSetting> settings;
  Status status = AppendSettings(path, "", parsed.table(), settings);
  if (!status.ok()) return status;
  std::sort(settings.begin(), settings.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<ConfigSetting> result;
  for (auto& [position, setting] : settings) result.push_back(std::move(setting));
  return result;
}

std::vector<std::string> DefaultConfigFiles() {
  std::vector<std::string> files;
  const char* const base = std::getenv("XDG_CONFIG_HOME");
  const char* const home = std::getenv("HOME");
  if (base != nullptr && base[0] == '/') {
    files.push_back(fmt::format("{}/logstat/config.toml", base));
  } else if (home != nullptr && home[0] == '/') {
    files.push_back(fmt::format("{}/.config/logstat/config.toml", home));
  }
  files.emplace_back("/etc/logstat.toml");
  std::erase_if(files, [](const std::string& path) { return access(path.c_str(), F_OK) != 0; });
  return files;
}

}  // namespace logstat
