// Which fields of a line each section of the report needs: the table behind "only these sections are read".
//
//   ColumnSet columns = ColumnsOf(options.sections);   // what the parser fills and the aggregates count
//
// The status of a line is always read. A section shows more if another section brings the column: codes have their
// bytes, times and top lists only then, so that `--sections codes` stays the fastest path. Their reasons, which no
// other section has, are read as soon as anything but the status is.
#ifndef LOGSTAT_SRC_PLAN_COLUMNS_H_
#define LOGSTAT_SRC_PLAN_COLUMNS_H_

#include "logstat/options.h"
#include "src/record/field.h"

namespace logstat {

ColumnSet ColumnsOf(Section section);

// The union over the sections of a set.
ColumnSet ColumnsOf(SectionSet sections);

}  // namespace logstat

#endif  // LOGSTAT_SRC_PLAN_COLUMNS_H_
