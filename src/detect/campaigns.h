// Many clients that do the same at the same time are one finding.
//
//   FoldCampaigns(findings);
//
// Five or more findings of one id about clients, overlapping in time, each with at least half of its events on one and
// the same path, become one finding about that path with a list of its clients: an operator reads one line about an
// attack, not five hundred. Those of another time of the log that are five or more are episodes of the same finding.
// Its lists are the sums of those of its members, as far as these go (five of each), and its
// samples the earliest of theirs. Pure.
#ifndef LOGSTAT_SRC_DETECT_CAMPAIGNS_H_
#define LOGSTAT_SRC_DETECT_CAMPAIGNS_H_

#include <vector>

#include "logstat/findings.h"

namespace logstat {

void FoldCampaigns(std::vector<Finding>& findings);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CAMPAIGNS_H_
