// --fail-on, --quiet-if-clean, --limit-codes, --too-long-codes, and the table [finding] of a configuration file:
//
//   [finding]
//   allow-clients = ["10.0.0.0/8"]     # also allow-agents, allow-paths: no finding rests on these
//   crawlers = ["66.249.64.0/19"]      # findings about these are one severity lower
//   [finding.414-flood]
//   threshold = 10
//   window = "2m"
//   on = false
#ifndef LOGSTAT_SRC_CLI_FINDING_OPTIONS_H_
#define LOGSTAT_SRC_CLI_FINDING_OPTIONS_H_

#include <string>
#include <vector>

#include "src/base/status.h"
#include "src/cli/config_file.h"
#include "src/cli/options.h"

namespace logstat {

// As typed; empty: not given.
struct RawFindings {
  std::string fail_on, limit_codes, too_long_codes;
  bool quiet_if_clean = false;
};

// `settings` are those of a configuration's table [finding].
Status SetFindings(const RawFindings& raw, const std::vector<ConfigSetting>& settings, CliOptions& options);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_FINDING_OPTIONS_H_
