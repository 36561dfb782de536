// The tables of all lists by key (paths, clients, hosts, …) and of agents by kind: part of MakeTables().
//
//   AddKeyTables(report, tables);
#ifndef LOGSTAT_SRC_REPORT_TABLES_KEYS_H_
#define LOGSTAT_SRC_REPORT_TABLES_KEYS_H_

#include <vector>

#include "src/report/tables.h"

namespace logstat {

void AddKeyTables(const Report& report, std::vector<ReportTable>& tables);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TABLES_KEYS_H_
