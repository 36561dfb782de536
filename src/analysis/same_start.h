// Inputs that begin with the same bytes: one may be a copy of the other, and then its lines are counted twice.
//
//   for (std::string& warning : WarnOfSameStarts(plan.inputs, outcomes)) report.warnings.push_back(std::move(warning));
//
// Files that were read are compared as they lie there, without decoding: their first MiB, or all of those that have
// less. A MiB is read only of files whose first 4 KiB are the same, so that a month of rotated logs costs no time.
// One line each, in the order of the inputs; empty files are nobody's copy. Reads files; thread-safe.
#ifndef LOGSTAT_SRC_ANALYSIS_SAME_START_H_
#define LOGSTAT_SRC_ANALYSIS_SAME_START_H_

#include <string>
#include <vector>

#include "src/plan/cursor.h"
#include "src/plan/expand.h"

namespace logstat {

std::vector<std::string> WarnOfSameStarts(const InputList& list, const std::vector<InputOutcome>& outcomes);

}  // namespace logstat

#endif  // LOGSTAT_SRC_ANALYSIS_SAME_START_H_
