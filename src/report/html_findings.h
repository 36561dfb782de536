// The findings of the HTML report: each with all its evidence, readable without scripts.
//
//   WriteHtmlFindings(report, times, out);    // <section aria-labelledby="findings">...
//
// Findings of high and worse are open, the others show what happened and open at a click. Text of the log is masked and
// made visible (finding_text.h), then quoted for HTML. Not thread-safe for one `out`.
#ifndef LOGSTAT_SRC_REPORT_HTML_FINDINGS_H_
#define LOGSTAT_SRC_REPORT_HTML_FINDINGS_H_

#include "logstat/report.h"
#include "src/report/pieces.h"
#include "src/report/times.h"

namespace logstat {

// Nothing where findings were not asked for, or the log has no times.
void WriteHtmlFindings(const Report& report, const TimeFormatter& times, Pieces& out);

// How many there are, as a link to them for the head of the page; likewise.
void WriteHtmlFindingsLink(const Report& report, Pieces& out);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_HTML_FINDINGS_H_
