// The text with everything: every section that was asked for, in the order of the report.
//
//   PrintFull(context, /*rule_ids=*/false, page);
//
// With no limit on the width (a pipe) keys are whole and stand last in their lines, so that the numbers line up and
// `grep` and `awk` see them uncut.
#ifndef LOGSTAT_SRC_REPORT_TEXT_FULL_H_
#define LOGSTAT_SRC_REPORT_TEXT_FULL_H_

#include "src/report/text_layout.h"
#include "src/report/text_words.h"

namespace logstat {

// `rule_ids`: the rules that did not run are named, see WriterSettings.
void PrintFull(const TextContext& context, bool rule_ids, Page& page);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_FULL_H_
