// The run: its passes, in the order in which the data goes through them. Read this page first.
//
//   plan      which inputs, which columns, how many workers           src/plan
//   input     the next cell of bytes                                  src/input
//   scan      newlines and quotes                                     src/scan
//   format    lines to columns                                        src/format
//   record    the batch, and the selection of its counted rows        src/record
//   filter    the rows that --since, --until and --where leave of it  src/filter
//   aggregate the selected rows into tables                           src/aggregate
//   deliver   cells in their order: accounts, rejects, clocks;
//             lines in the order of their times, for findings         src/deliver
//   detect    what is suspicious                                      src/detect
//   report    one immutable value                                     src/report prints it
//
// A pass (pass.h) is everything from input to detect. Where key tables were over their budget and the inputs can be
// read again, a second one (recount.h) counts their keys exactly. Where a finding rests on lines that are gone, a second
// look at their cells (sample_lines.h) fetches three of them.
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "logstat/analyze.h"
#include "src/aggregate/aggregates.h"
#include "src/analysis/assemble.h"
#include "src/analysis/pass.h"
#include "src/analysis/recount.h"
#include "src/analysis/same_start.h"
#include "src/analysis/sample_lines.h"
#include "src/base/hash.h"
#include "src/deliver/tags.h"
#include "src/plan/plan.h"

namespace logstat {
namespace {

void FillFindings(Pass& pass, Report* report) {
  std::vector<std::string> paths;
  ByteMeaning meaning = ByteMeaning::kUnknown;
  bool first = true;
  for (size_t i = 0; i < pass.plan.inputs.inputs.size(); ++i) {
    paths.push_back(pass.plan.inputs.inputs[i].path);
    const InputOutcome& outcome = pass.cursor.outcomes()[i];
    const InputAccount& account = pass.ledger.account(i);
    if (account.lines == 0) continue;
    const bool stated = outcome.byte_meaning != ByteMeaning::kUnknown;
    const ByteMeaning its = stated ? outcome.byte_meaning : MeaningOfBytes(account.bodyless);
    meaning = first || its == meaning ? its : ByteMeaning::kUnknown;
    first = false;
  }
  KeyTexts texts;
  pass.detectors->Want(texts);
  for (const Field field : KeyTexts::kFields) {
    if (!texts.wants(field)) continue;
    pass.aggregates.ForEachKey(field, [&](std::string_view key) { texts.Offer(field, key); });
  }
  report->findings = pass.detectors->Finish(paths, texts, meaning, pass.cursor.fields());
  AddSampleLines(pass, pass.detectors->wishes(), &report->findings);
  report->findings.late_lines = pass.epochs->late_lines();
  report->findings.incomplete = report->findings.incomplete || pass.epochs->incomplete();
}

AggregatePlan MakeAggregatePlan(const Options& options, const Plan& plan) {
  AggregatePlan aggregates;
  aggregates.columns = plan.columns;
  if (plan.in_time_order) {
    aggregates.tags = FindingTags();
    for (const auto& [field, tag_of] : aggregates.tags) aggregates.columns.Insert(field);  // whatever the sections
    aggregates.columns.Insert(Field::kUser);
  }
  aggregates.sections = options.sections;
  aggregates.interval_seconds = options.interval_seconds;
  aggregates.table_bytes = plan.table_bytes;
  aggregates.workers = plan.threads;
  aggregates.seed = options.tuning.table_seed.has_value() ? TableSeed{*options.tuning.table_seed} : ProcessTableSeed();
  return aggregates;
}

}  // namespace

std::string CheckOptions(const Options& options) {
  const StatusOr<Plan> plan = MakePlan(options);
  return plan.ok() ? "" : Message(plan.status());
}

Report Analyze(const Options& options, RunControl& control) {
  StatusOr<Plan> plan = MakePlan(options);
  if (!plan.ok()) return FailedReport(options, Message(plan.status()));
  control.usage_error.clear();
  plan->source.stop = control.stop;

  Aggregates aggregates(MakeAggregatePlan(options, *plan));
  Pass pass(*plan, aggregates, control);
  control.threads_used = RunPass(pass);
  control.usage_error = pass.cursor.usage_error();
  if (!control.usage_error.empty()) return FailedReport(options, control.usage_error);
  // Everything is counted; of key tables over their budget what they kept, and within an error.

  Report report;
  report.options = MakeReportOptions(options);
  if (!plan->format.definition.empty()) report.options.format = plan->format.definition;
  aggregates.FillReport(report.options, &report);
  const std::string recount_warning = Recount(pass, &report);
  std::vector<std::string> copies = WarnOfSameStarts(plan->inputs, pass.cursor.outcomes());
  // Nothing below reads a byte of the log, but for sample lines.

  if (pass.detectors) FillFindings(pass, &report);
  const Accounts accounts{pass.ledger,         pass.cursor.outcomes(), pass.rejects, pass.filtered,
                          pass.clock.newest(), pass.cursor.fields(),   pass.notes};
  FillAccounts(*plan, accounts, control.stop.stop_requested(), &report);
  std::move(copies.begin(), copies.end(), std::back_inserter(report.warnings));
  if (!recount_warning.empty()) report.warnings.push_back(recount_warning);

  control.kernel_used = std::string(plan->kernels->name);
  control.mapped_used = std::any_of(pass.cursor.outcomes().begin(), pass.cursor.outcomes().end(),
                                    [](const InputOutcome& outcome) { return outcome.mapped; });
  return report;
}

}  // namespace logstat
