// A configuration file: TOML whose keys are the long options' names.
//
//   StatusOr<std::vector<ConfigSetting>> settings = ReadConfigFile("/etc/logstat.toml");
//   for (const ConfigSetting& setting : *settings) setting.key, setting.values, setting.place;
//
// Strings, numbers, booleans, dates and arrays of these. Which keys exist, and what their values must be, is the
// command line's to say (config_options.h). Errors name the file, the line and the column.
#ifndef LOGSTAT_SRC_CLI_CONFIG_FILE_H_
#define LOGSTAT_SRC_CLI_CONFIG_FILE_H_

#include <string>
#include <vector>

#include "src/base/status.h"

namespace logstat {

struct ConfigSetting {
  std::string key;                  // "max-memory"
  std::vector<std::string> values;  // as on the command line
  bool is_flag = false;             // a boolean: one value, "true" or "false"
  bool is_table = false;            // `[key]`: no option is one; `[finding.key]` stands before its own settings
  std::string table{};              // that it stands in: "finding", "finding.414-flood"; empty: the top
  std::string place;                // "/etc/logstat.toml:3:1"
};

// In the order of the file.
StatusOr<std::vector<ConfigSetting>> ReadConfigFile(const std::string& path);

// The files that are read without --config, and exist: the user's own, whose settings win, then the system's.
std::vector<std::string> DefaultConfigFiles();

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_CONFIG_FILE_H_
