// The JSON output: one object whose shape is schema/report.schema.json.
//
//   MakeJsonWriter()->Write(report, sink);
//
// Each member of the top object starts on a line of its own and so does each row of its lists, so that the output
// can be read by eye, compared with diff, and is produced row by row without a second copy of the report in memory.
// Sections that were not asked for are absent, and so is every key whose column was not read.
// Shares, rates and confidence are rounded to six decimals and printed with as many as needed (0.1, not 0.100000).
#ifndef LOGSTAT_SRC_REPORT_JSON_H_
#define LOGSTAT_SRC_REPORT_JSON_H_

#include <memory>

#include "src/report/writer.h"

namespace logstat {

std::unique_ptr<Writer> MakeJsonWriter();

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_JSON_H_
