// Four hours of an ordinary afternoon with a campaign of every kind, as a seed decides.
//
//   WovenLog log = MakeCampaignLog({.seed = 1, .rate = 2, .half = 0});
//
// The first hour is harmless, then the campaigns begin within 40 minutes, and near the end all hosts are silent for a
// while. A report lists five findings of a rule, so the kinds of one rule are dealt out over two logs, `half` 0 and 1;
// rules with one kind only are in both.
#ifndef LOGSTAT_TESTS_DETECT_CAMPAIGN_LOG_H_
#define LOGSTAT_TESTS_DETECT_CAMPAIGN_LOG_H_

#include <cstdint>

#include "tests/detect/woven_log.h"

namespace logstat {

struct CampaignLogSettings {
  uint64_t seed = 1;
  double rate = 1;  // times the threshold; campaigns of single events are left out below 1
  size_t half = 0;
  int64_t visits = 250;  // of people, in the busiest hour
};

WovenLog MakeCampaignLog(const CampaignLogSettings& settings);

// The same lines, no two of which are more than a minute out of order. Lines of one second keep their order: which of
// them came first nobody can know but by where they stand.
std::vector<WovenLine> Shuffled(const std::vector<WovenLine>& lines, uint64_t seed);

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_CAMPAIGN_LOG_H_
