#include "src/cli/config_options.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <string_view>
#include <vector>

namespace logstat {
namespace {

bool IsForTheCommandLineOnly(std::string_view key) { return key == "config" || key == "help" || key == "version"; }

Status Apply(const ConfigSetting& setting, CLI::App& app, ConfigPlaces& places) {
  const std::string name = "--" + setting.key;
  CLI::Option* const option = app.get_option_no_throw(name);
  if (option == nullptr || setting.is_table || IsForTheCommandLineOnly(setting.key)) {
    return UsageError(
        fmt::format("{}: there is no option '{}'; keys are the long options of `logstat --help` without '--'",
                    setting.place, setting.key));
  }
  if (option->count() > 0) return OkStatus();  // set by the command line, or by a file that comes first
  const bool wants_flag = option->get_items_expected_max() == 0;
  if (wants_flag && !setting.is_flag) {
    return UsageError(fmt::format("{}: '{}' must be true or false", setting.place, setting.key));
  }
  if (!wants_flag && setting.is_flag && setting.key != "timing") {
    return UsageError(fmt::format("{}: '{}' needs a value, as {} does", setting.place, setting.key, name));
  }
  const bool takes_list = option->get_option_text() == "LIST";  // as one word, with commas
  const bool takes_one = !takes_list && option->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeLast;
  if (setting.values.empty() || (takes_one && setting.values.size() > 1)) {
    return UsageError(fmt::format("{}: '{}' takes one value", setting.place, setting.key));
  }
  if (setting.is_flag && setting.values[0] == "false") return OkStatus();
  if (takes_list) {
    option->add_result(fmt::format("{}", fmt::join(setting.values, ",")));
  } else {
    for (const std::string& value : setting.values) option->add_result(value);
  }
  option->run_callback();
  places.Add(name, setting.place);
  return OkStatus();
}

}  // namespace

Status ConfigPlaces::Explain(const Status& status) const {
  if (status.ok()) return status;
  const std::string message(status.message());
  const auto found = places_.find(message.substr(0, message.find_first_of(": ")));
  return found == places_.end() ? status : UsageError(fmt::format("{}: {}", found->second, message));
}

StatusOr<ConfigPlaces> ApplyConfig(CLI::App& app, const std::string& config_path) {
  ConfigPlaces places;
  for (const std::string& path : config_path.empty() ? DefaultConfigFiles() : std::vector<std::string>{config_path}) {
    const StatusOr<std::vector<ConfigSetting>> settings = ReadConfigFile(path);
    if (!settings.ok()) return settings.status();
    for (const ConfigSetting& setting : *settings) {
      if (!setting.table.empty()) {
        places.AddFinding(setting);
        continue;
      }
      if (Status status = Apply(setting, app, places); !status.ok()) return status;
    }
  }
  return places;
}

}  // namespace logstat
