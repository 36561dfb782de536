// The text with everything: every section that was asked for, in the order of the report.
//
//   PrintFull(context, page);
//
// With no limit on the width (a pipe) keys are whole and stand last in their lines, so that the numbers line up and
// `grep` and `awk` see them uncut.
#ifndef LOGSTAT_SRC_REPORT_TEXT_FULL_H_
#define LOGSTAT_SRC_REPORT_TEXT_FULL_H_

#include "src/report/text_layout.h"
#include "src/report/text_summary.h"

namespace logstat {

void PrintFull(const TextContext& context, Page& page);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_FULL_H_
