// The chart of durations in the HTML report: what half of the requests took, 90, 99 and 99.9 % of them, over all, per
// class and of the slowest paths, as bars on one logarithmic scale.
//
//   WriteHtmlDurations(report, out);    // <figure class="durations">...
//
// As in html_charts.h, the drawing has no text inside and stretches to any width. Every bar says its percentiles, to
// the pointer and to a screen reader; the tables of the section have all of them. Not thread-safe for one `out`.
#ifndef LOGSTAT_SRC_REPORT_HTML_DURATIONS_H_
#define LOGSTAT_SRC_REPORT_HTML_DURATIONS_H_

#include "logstat/report.h"
#include "src/report/pieces.h"

namespace logstat {

// Whether there is something to draw: the section was asked for, and a request was timed.
bool HasDurationChart(const Report& report);

// Only if there is.
void WriteHtmlDurations(const Report& report, Pieces& out);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_HTML_DURATIONS_H_
