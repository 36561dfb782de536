// What both forms of the text output begin with.
//
//   TextContext context(report, Look{80, false});
//   for (const Line& line : SummaryLines(context, HeadForm::kScreen)) page.Print(line);
//
// Thread-safe.
#ifndef LOGSTAT_SRC_REPORT_TEXT_SUMMARY_H_
#define LOGSTAT_SRC_REPORT_TEXT_SUMMARY_H_

#include <cstdint>
#include <vector>

#include "src/report/text_layout.h"
#include "src/report/text_words.h"

namespace logstat {

// "input", "span", "only", "options", "lines", "rejects", "changed", "errors", "classes": one labelled line each, those
// that have something to say; before them what went wrong, on one screen at most two lines of it. The accounting is
// always there. The rates of parts of the log have a line of their own where lines are not scarce.
enum class HeadForm : uint8_t { kScreen, kFull };
std::vector<Line> SummaryLines(const TextContext& context, HeadForm form);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_SUMMARY_H_
