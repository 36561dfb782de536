// The page of the HTML report, src/report/html/page.html with its style and script in place, built into the program.
//
//   std::string_view page = HtmlTemplate();    // "<!doctype html>... {{summary}} ..."
//
// Slots in double braces are filled by html.cc. Constant data.
#ifndef LOGSTAT_SRC_REPORT_HTML_TEMPLATE_H_
#define LOGSTAT_SRC_REPORT_HTML_TEMPLATE_H_

#include <string_view>

namespace logstat {

std::string_view HtmlTemplate();

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_HTML_TEMPLATE_H_
