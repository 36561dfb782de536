// The tables of findings and of the rules that ran.
#ifndef LOGSTAT_SRC_REPORT_TABLES_FINDINGS_H_
#define LOGSTAT_SRC_REPORT_TABLES_FINDINGS_H_

#include <vector>

#include "src/report/tables.h"

namespace logstat {

void AddFindingTables(const Report& report, std::vector<ReportTable>& tables);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TABLES_FINDINGS_H_
