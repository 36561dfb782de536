// Findings as text: a few lines each on the screen, everything in the full report.
#ifndef LOGSTAT_SRC_REPORT_TEXT_FINDINGS_H_
#define LOGSTAT_SRC_REPORT_TEXT_FINDINGS_H_

#include <cstddef>
#include <vector>

#include "src/report/text_layout.h"
#include "src/report/text_words.h"

namespace logstat {

// The worst `most` findings that are more than information, in at most `max_lines` lines: what happened and when, in
// whole sentences; then, as far as there are lines, what to do about each. Behind them, if a filter keeps rules from
// running, how many.
std::vector<Line> FindingLines(const TextContext& context, size_t max_lines, size_t most);

// The section of the full report, under its heading: every finding with its evidence, then the rules that did not run,
// with their ids or in one line.
void PrintFindings(const TextContext& context, bool rule_ids, Page& page);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_FINDINGS_H_
