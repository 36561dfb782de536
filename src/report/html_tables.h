// Tables of the HTML report: one per table of tables.h, and those of each code.
//
//   WriteHtmlTable(table, times, out);    // <div class="scroll"><table>...
//
// Cells carry data-v where their text does not sort. Not thread-safe for one `out`.
#ifndef LOGSTAT_SRC_REPORT_HTML_TABLES_H_
#define LOGSTAT_SRC_REPORT_HTML_TABLES_H_

#include <string>
#include <string_view>
#include <vector>

#include "src/report/keys.h"
#include "src/report/pieces.h"
#include "src/report/tables.h"

namespace logstat {

// Whether the table has anything for people: rows, or something to say about them.
bool IsForPeople(const ReportTable& table);

void WriteHtmlTable(const ReportTable& table, const TimeFormatter& times, Pieces& out);

// The keys of one code: what they are ("path"), how often each occurred, and what `gloss`, if there is one, says of it.
void WriteHtmlTops(std::string_view what, const std::vector<KeyCount>& tops, KeyKind kind, uint64_t bound, Pieces& out,
                   std::string (*gloss)(std::string_view) = nullptr);

// The class of a tone: "bad", "warn" or "".
std::string_view ToneClass(Tone tone);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_HTML_TABLES_H_
