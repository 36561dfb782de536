// Findings as text: two lines each on the screen, everything in the full report.
#ifndef LOGSTAT_SRC_REPORT_TEXT_FINDINGS_H_
#define LOGSTAT_SRC_REPORT_TEXT_FINDINGS_H_

#include <cstddef>
#include <vector>

#include "src/report/text_layout.h"
#include "src/report/text_summary.h"

namespace logstat {

// The worst `most` findings that are more than information, two lines each: what happened; when, and what to do.
std::vector<Line> FindingLines(const TextContext& context, size_t most);

// How many findings FindingLines() can show.
size_t FindingsWorthALine(const Report& report);

// The section of the full report, under its heading: every finding with its evidence, then the rules that did not run.
void PrintFindings(const TextContext& context, Page& page);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_FINDINGS_H_
