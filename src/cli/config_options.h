// Settings of configuration files into the options that the command line left open.
//
//   StatusOr<ConfigPlaces> places = ApplyConfig(app, config_path);   // behind app.parse()
//   return places->Explain(status);                                  // an error about a value names its place
//
// An option that the command line has is left alone; of two files the user's own wins. Not thread-safe.
#ifndef LOGSTAT_SRC_CLI_CONFIG_OPTIONS_H_
#define LOGSTAT_SRC_CLI_CONFIG_OPTIONS_H_

#include <map>
#include <string>
#include <vector>

#include "src/base/status.h"
#include "src/cli/config_file.h"

namespace CLI {
class App;
}

namespace logstat {

class ConfigPlaces {
 public:
  void Add(const std::string& option, const std::string& place) { places_[option] = place; }

  // The settings of the table [finding], those of the file that counts first.
  const std::vector<ConfigSetting>& findings() const { return findings_; }
  void AddFinding(const ConfigSetting& setting) { findings_.push_back(setting); }

  // An error about an option that a file set, as "--top: …", with the place of that setting in front.
  Status Explain(const Status& status) const;

 private:
  std::map<std::string, std::string> places_;  // by option: "--top"
  std::vector<ConfigSetting> findings_;
};

// Reads the file of --config, or those that are read without it.
StatusOr<ConfigPlaces> ApplyConfig(CLI::App& app, const std::string& config_path);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_CONFIG_OPTIONS_H_
