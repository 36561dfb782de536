// Charts of the HTML report as inline SVG: classes and error rates over time, how often each error code occurred, and
// how long requests took (html_durations.h).
//
//   WriteHtmlCharts(report, times, out);
//
// Plots have no text inside, so that they stretch to any width without distorting it; axes and legends are HTML around
// them. Every column has a title that a browser shows under the pointer. More than 120 steps are drawn in groups, and
// what is longer ago than the log's first step does not exist: the axis is linear in time. Not thread-safe for one
// `out`.
#ifndef LOGSTAT_SRC_REPORT_HTML_CHARTS_H_
#define LOGSTAT_SRC_REPORT_HTML_CHARTS_H_

#include "logstat/report.h"
#include "src/report/pieces.h"
#include "src/report/times.h"

namespace logstat {

// Nothing if there is nothing to draw.
void WriteHtmlCharts(const Report& report, const TimeFormatter& times, Pieces& out);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_HTML_CHARTS_H_
