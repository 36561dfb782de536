// CSV by RFC 4180: a header, one row a line, CRLF; one file per section.
//
//   for (const std::string& name : CsvFiles(options.sections)) {   // known before the run: {"totals", "inputs", ...}
//     WriteCsvFile(report, name, sink);                            // into DIR/NAME.csv
//   }
//   MakeCsvWriter()->Write(report, sink);                          // the table of the only section that was asked for
//
// Columns have the names of the JSON report's members. Numbers are plain digits, shares and rates have six decimals,
// times are RFC 3339; a value that was not read is an empty field, and a section whose column no input has is a header
// without rows, so that a file of the last run never stays for one of this run. Lists of one section (failing, busiest)
// stand in one file, told apart by its first column.
#ifndef LOGSTAT_SRC_REPORT_CSV_H_
#define LOGSTAT_SRC_REPORT_CSV_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/report/writer.h"

namespace logstat {

// The tables of a report with these sections, by name.
std::vector<std::string> CsvFiles(SectionSet sections);

void WriteCsvFile(const Report& report, std::string_view name, const Sink& sink);

// One table can hold one section: of several, only the first is written.
std::unique_ptr<Writer> MakeCsvWriter();

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_CSV_H_
