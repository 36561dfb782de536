#include "src/analysis/recount.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <utility>

#include "src/analysis/read_again.h"

namespace logstat {
namespace {

std::string ChangedWarning(const std::string& path) {
  return fmt::format(
      "{}: changed while it was read, so lists over --max-memory could not be counted exactly: their counts have an "
      "error",
      path == "-" ? "standard input" : path);
}

bool AllAreFiles(const Pass& first) {
  for (size_t i = 0; i < first.plan.inputs.inputs.size(); ++i) {
    if (WasRead(first, i) && !IsFile(first, i)) return false;
  }
  return true;
}

// The path of an input that is not what it was; empty if there is none.
std::string FindChanged(const Pass& first) {
  for (size_t i = 0; i < first.plan.inputs.inputs.size(); ++i) {
    if (WasRead(first, i) && !IsAsItWas(first, i)) return first.plan.inputs.inputs[i].path;
  }
  return {};
}

// The plan of the first pass for what it read, with the columns that the keys need.
Plan PlanRecount(const Pass& first, ColumnSet fields) {
  Plan plan = first.plan;
  plan.in_time_order = false;
  plan.columns = fields | ColumnSet{Field::kStatus};
  plan.read_columns = plan.columns | plan.filter.columns();
  if (plan.read_columns.Contains(Field::kClient)) plan.read_columns = plan.read_columns | plan.client.columns();
  // A row shows its first and last time, and its bytes.
  for (const Field field : {Field::kTime, Field::kBytes}) {
    if (first.plan.read_columns.Contains(field)) plan.read_columns.Insert(field);
  }
  for (size_t i = 0; i < plan.inputs.inputs.size(); ++i) {
    PlannedInput& input = plan.inputs.inputs[i] = SamePart(first, i);
    if (!WasRead(first, i) && input.error.empty()) input.error = "gave no line";
  }
  return plan;
}

}  // namespace

std::string Recount(Pass& first, Report* report) {
  Aggregates& aggregates = first.aggregates;
  const ColumnSet fields = aggregates.over_budget();
  if (fields == ColumnSet{} || first.control.stop.stop_requested() || !AllAreFiles(first)) return {};
  std::string changed = FindChanged(first);
  if (!changed.empty()) return ChangedWarning(changed);
  for (size_t i = 0; i < first.plan.inputs.inputs.size(); ++i) {
    if (WasRead(first, i) && !PutBack(first, i)) return {};
  }

  aggregates.BeginRecount();
  const Plan plan = PlanRecount(first, fields);
  Pass second(plan, aggregates, first.control);
  second.bytes_before = first.bytes_done;
  RunPass(second);
  const bool saw_the_same = aggregates.EndRecount();
  if (first.control.stop.stop_requested()) return {};
  changed = FindChanged(first);
  if (!changed.empty()) return ChangedWarning(changed);
  if (!saw_the_same) {
    return "lists over --max-memory could not be counted exactly, because a second reading of the inputs saw "
           "other lines or too many kinds of them: their counts have an error";
  }

  Report exact;
  exact.options = report->options;
  aggregates.FillReport(exact.options, &exact);
  *report = std::move(exact);
  return {};
}

}  // namespace logstat
