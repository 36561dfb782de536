// The tables of classes, codes and time: part of MakeTables().
//
//   AddStatusTables(report, tables);     // classes, codes, codes_paths, codes_clients, codes_reasons, timeline
#ifndef LOGSTAT_SRC_REPORT_TABLES_STATUS_H_
#define LOGSTAT_SRC_REPORT_TABLES_STATUS_H_

#include <vector>

#include "src/report/tables.h"

namespace logstat {

void AddStatusTables(const Report& report, std::vector<ReportTable>& tables);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TABLES_STATUS_H_
