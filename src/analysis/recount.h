// The second pass over the inputs, for exact counts in lists by key that did not fit --max-memory.
//
//   aggregates.FillReport(options, &report);         // with counts that are within an error
//   std::string warning = Recount(pass, &report);    // filled anew with exact ones, if that can be
//
// The keys that the tables kept are counted again, with the same format, filter and choice of the client, over the
// bytes that the first pass read of each input: what was appended since is not looked at. Only the columns that these
// tables need are parsed; statuses, the timeline, findings and accounts are known, and stay as they are. It takes no
// memory that the first pass did not take.
//
// It needs inputs that are files, a standard input that is one included. Where it cannot be, or the run was stopped, or
// the second pass did not see what the first one saw (the log was rewritten, replaced, or shrank), the report stays as
// it was, with a bound and an error in each row.
#ifndef LOGSTAT_SRC_ANALYSIS_RECOUNT_H_
#define LOGSTAT_SRC_ANALYSIS_RECOUNT_H_

#include <string>

#include "logstat/report.h"
#include "src/analysis/pass.h"

namespace logstat {

// `first`: the pass that has ended. Returns a warning of one line if the files did not stay as they were; else empty.
// Afterwards the tables of the pass serve for the texts of their keys only.
std::string Recount(Pass& first, Report* report);

}  // namespace logstat

#endif  // LOGSTAT_SRC_ANALYSIS_RECOUNT_H_
