// --since, --until, --now, --where, --client, --trusted-proxy: which lines a run counts.
//
//   RawFilter raw;                                     // filled by CLI11
//   Status status = SetFilter(raw, "UTC", analysis);
//
// Relative times become absolute here, because the library knows no clock. --where and --client are checked with all
// other options of the analysis, when it is planned.
#ifndef LOGSTAT_SRC_CLI_FILTER_OPTIONS_H_
#define LOGSTAT_SRC_CLI_FILTER_OPTIONS_H_

#include <string>
#include <vector>

#include "logstat/options.h"
#include "src/base/status.h"

namespace logstat {

// As typed; empty: not given.
struct RawFilter {
  std::string since, until, now, where, client;
  std::vector<std::string> trusted_proxies;
};

Status SetFilter(const RawFilter& raw, const std::string& time_zone, Options& analysis);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_FILTER_OPTIONS_H_
