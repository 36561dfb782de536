// The HTML report: one file without anything from outside, to be mailed, read without scripts, and printed.
//
//   MakeHtmlWriter()->Write(report, sink);
//
// The page is src/report/html/page.html; html_tables.h and html_charts.h make what goes into its slots. Text is quoted
// by QuoteForHtml (escape.h) in every place; a Content-Security-Policy lets the browser load nothing and run one
// script, the one that sorts tables.
#ifndef LOGSTAT_SRC_REPORT_HTML_H_
#define LOGSTAT_SRC_REPORT_HTML_H_

#include <memory>

#include "src/report/writer.h"

namespace logstat {

std::unique_ptr<Writer> MakeHtmlWriter();

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_HTML_H_
