// The parts of a report that are not counted in tables: accounts of lines and bytes, inputs, errors, rejects.
#ifndef LOGSTAT_SRC_ANALYSIS_ASSEMBLE_H_
#define LOGSTAT_SRC_ANALYSIS_ASSEMBLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "logstat/options.h"
#include "logstat/report.h"
#include "src/analysis/input_notes.h"
#include "src/deliver/line_ledger.h"
#include "src/deliver/reject_log.h"
#include "src/plan/cursor.h"
#include "src/plan/plan.h"
#include "src/record/field.h"

namespace logstat {

// What delivery and the cursor know at the end of a run.
struct Accounts {
  const LineLedger& ledger;
  const std::vector<InputOutcome>& outcomes;
  const RejectLog& rejects;
  uint64_t filtered;
  int64_t newest_time;                   // kNoTime if there is none
  ColumnSet fields;                      // that at least one input has; empty if there is none whose format is known
  const std::vector<InputNotes>& notes;  // by input
};

ReportOptions MakeReportOptions(const Options& options);

// A report that says why nothing was read: unusable options.
Report FailedReport(const Options& options, const std::string& why);

// Fills inputs, errors, warnings, complete, columns, the line and byte counts of totals, the reject share and rejects.
// The counts of the aggregates must be in the report already.
void FillAccounts(const Plan& plan, const Accounts& accounts, bool interrupted, Report* report);

}  // namespace logstat

#endif  // LOGSTAT_SRC_ANALYSIS_ASSEMBLE_H_
