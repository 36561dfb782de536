// The tables of a report: one description of every section's rows, which CSV, Markdown and HTML print each in its way.
//
//   for (const ReportTable& table : MakeTables(report)) {
//     for (size_t i = 0; i < table.rows; ++i) {
//       for (const Value& value : table.row(i)) Add(ForPeople(value, times));    // or ForPrograms(value, times)
//     }
//   }
//
// A new section of rows by key is one more row of KeySections() in key_sections.cc. Rows are made when they are asked
// for, so that a list of millions is never in memory twice. A table refers to its report, which must outlive it.
// Thread-safe to read.
#ifndef LOGSTAT_SRC_REPORT_TABLES_H_
#define LOGSTAT_SRC_REPORT_TABLES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "logstat/report.h"
#include "src/report/value.h"

namespace logstat {

struct TableColumn {
  std::string name;     // for programs: the member of JSON that holds the same
  std::string title{};  // for people; empty: not for them
  bool number = false;  // aligned to the right
  bool key = false;     // names the row
};

struct ReportTable {
  std::string name;     // of the section; "totals" and "inputs" are in every report
  std::string list{};   // which of several lists of the section: "busiest", "failing"
  std::string title{};  // for people; empty: not for them
  std::string note{};   // for people, a sentence about the list
  std::optional<Section> section{};
  bool part = false;  // details or sums of the section's own table
  bool read = true;   // false: no input has its column
  std::vector<TableColumn> columns{};
  size_t rows = 0;
  std::function<std::vector<Value>(size_t)> row{};  // as many values as columns
};

// Makers of columns: of numbers, of other values, of what names the row.
TableColumn NumberColumn(std::string name, std::string title = {});
TableColumn LabelColumn(std::string name, std::string title = {});
TableColumn KeyColumn(std::string name, std::string title);

// The columns 0xx to 9xx, which are for programs, and their values.
void AddClassColumns(std::vector<TableColumn>& columns);
void AddClassCounts(const ClassCounts& classes, std::vector<Value>& values);

// The tables of the sections that were asked for, in the order of every output; failing lists before the busiest.
std::vector<ReportTable> MakeTables(const Report& report);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TABLES_H_
