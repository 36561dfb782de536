// The tables of the sections that compare: how long requests took, and what changed. See tables.h.
//
//   AddDurationTables(report, tables);
//   AddChangeTable(report, tables);
#ifndef LOGSTAT_SRC_REPORT_TABLES_TRENDS_H_
#define LOGSTAT_SRC_REPORT_TABLES_TRENDS_H_

#include <vector>

#include "logstat/report.h"
#include "src/report/tables.h"

namespace logstat {

// The slowest paths, then all requests and each class.
void AddDurationTables(const Report& report, std::vector<ReportTable>& tables);

// What a table says of a change: field to ongoing, as the columns of the changes; without one as many empty values.
std::vector<Value> ChangeValues(const std::optional<Change>& change);
void AddChangeTable(const Report& report, std::vector<ReportTable>& tables);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TABLES_TRENDS_H_
