// The section of the durations in the full text: how long requests took, over all and per class, and the slowest paths.
//
//   PrintDurations(context, page);
//   PrintSlowPaths(context, page);
//
// Only for reports with Report::columns.duration. Durations are printed in the unit that suits them.
#ifndef LOGSTAT_SRC_REPORT_TEXT_DURATIONS_H_
#define LOGSTAT_SRC_REPORT_TEXT_DURATIONS_H_

#include <string>

#include "src/report/text_layout.h"
#include "src/report/text_words.h"

namespace logstat {

void PrintDurations(const TextContext& context, Page& page);

// The heading says so if memory did not suffice; then there are no lines.
std::string SlowPathsHeading(const Durations& durations);
void PrintSlowPaths(const TextContext& context, Page& page);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_DURATIONS_H_
