// The timeline in two lines: requests, and server errors below them on the same axis, each with its peak; the second
// line says whether the errors are over. No errors, no second line; no timeline, no lines.
//
//   for (const Line& line : TrendLines(context)) page.Print(line);
#ifndef LOGSTAT_SRC_REPORT_TEXT_TREND_H_
#define LOGSTAT_SRC_REPORT_TEXT_TREND_H_

#include <vector>

#include "src/report/text_layout.h"
#include "src/report/text_words.h"

namespace logstat {

std::vector<Line> TrendLines(const TextContext& context);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_TREND_H_
