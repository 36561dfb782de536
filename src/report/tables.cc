#include "src/report/tables.h"

#include <algorithm>
#include <string>
#include <utility>

#include "src/report/escape.h"
#include "src/report/keys.h"
#include "src/report/tables_findings.h"
#include "src/report/tables_keys.h"
#include "src/report/tables_status.h"
#include "src/report/tables_trends.h"
#include "src/report/text_words.h"

namespace logstat {
namespace {

ReportTable TotalsTable(const Report& report) {
  ReportTable table{.name = "totals"};
  table.columns = {NumberColumn("lines"),
                   NumberColumn("counted"),
                   NumberColumn("filtered"),
                   NumberColumn("rejected"),
                   NumberColumn("ignored"),
                   NumberColumn("bytes_read"),
                   NumberColumn("response_bytes"),
                   LabelColumn("first_time"),
                   LabelColumn("last_time"),
                   NumberColumn("distinct_clients"),
                   NumberColumn("distinct_clients_error"),
                   NumberColumn("time_unknown"),
                   NumberColumn("clock_outliers"),
                   LabelColumn("complete")};
  table.rows = 1;
  table.row = [&report](size_t) {
    const Totals& totals = report.totals;
    const ColumnsRead& read = report.columns;
    return std::vector<Value>{Value::Count(totals.lines),
                              Value::Count(totals.counted),
                              Value::Count(totals.filtered),
                              Value::Count(totals.rejected),
                              Value::Count(totals.ignored),
                              Value::Bytes(totals.bytes_read),
                              Value::If(read.bytes, Value::Bytes(totals.response_bytes)),
                              Value::Time(totals.first_time),
                              Value::Time(totals.last_time),
                              Value::If(read.client, Value::Count(totals.distinct_clients)),
                              Value::If(read.client, Value::Share(totals.distinct_clients_error)),
                              Value::If(read.time, Value::Count(totals.time_unknown)),
                              Value::If(read.time, Value::Count(totals.clock_outliers)),
                              Value::Flag(report.complete)};
  };
  return table;
}

ReportTable InputsTable(const Report& report) {
  ReportTable table{.name = "inputs", .title = "Inputs"};
  const auto any = [&](std::string InputReport::*text) {
    return std::any_of(report.inputs.begin(), report.inputs.end(),
                       [&](const InputReport& input) { return !(input.*text).empty(); });
  };
  const bool any_error = any(&InputReport::error);
  const bool any_copy = any(&InputReport::copy_of);
  table.columns = {KeyColumn("path", "input"),
                   LabelColumn("state", "state"),
                   LabelColumn("format", "format"),
                   NumberColumn("confidence", "read"),
                   NumberColumn("lines", "lines"),
                   NumberColumn("rejected", "rejected"),
                   NumberColumn("bytes", "size"),
                   LabelColumn("byte_meaning"),
                   LabelColumn("error", any_error ? "error" : ""),
                   LabelColumn("copy_of", any_copy ? "the same as" : "")};
  table.rows = report.inputs.size();
  table.row = [&report](size_t i) {
    const InputReport& input = report.inputs[i];
    const bool read = input.state == InputState::kRead || input.state == InputState::kPartial;
    const auto text = [](const std::string& raw) {
      return Value::If(!raw.empty(), Value::Text(EscapeForTerminal(raw)));
    };
    return std::vector<Value>{
        text(input.path),
        Value::Words(InputStateName(input.state), input.state == InputState::kRead ? Tone::kPlain : Tone::kClientError),
        text(input.format),
        Value::If(read, Value::Share(input.confidence)),
        Value::If(read, Value::Count(input.lines)),
        Value::If(read, Value::Count(input.rejected, Tone::kClientError)),
        Value::If(read, Value::Bytes(input.bytes)),
        input.byte_meaning ? Value::Words(ByteMeaningName(*input.byte_meaning)) : Value{},
        text(input.error),
        text(input.copy_of)};
  };
  return table;
}

ReportTable SummaryTable(const Report& report) {
  ReportTable table{.name = "summary", .section = Section::kSummary};
  table.columns = {
      LabelColumn("first_time"),         LabelColumn("last_time"),           NumberColumn("rps_mean"),
      NumberColumn("rps_peak_minute"),   NumberColumn("rps_last_5_minutes"), NumberColumn("error_rate_overall"),
      NumberColumn("error_rate_recent"), NumberColumn("error_rate_before"),  NumberColumn("reject_share"),
      LabelColumn("top_change_field"),   LabelColumn("top_change_key"),      NumberColumn("top_change_before"),
      NumberColumn("top_change_after"),  NumberColumn("top_change_count"),   LabelColumn("top_change_since"),
      LabelColumn("top_change_until"),   LabelColumn("top_change_ongoing")};
  table.rows = 1;
  table.row = [&report](size_t) {
    const Summary& summary = report.summary;
    const bool timed = report.columns.time;
    const auto share = [](const std::optional<double>& rate) {
      return Value::If(rate.has_value(), Value::Share(rate.value_or(0)));
    };
    std::vector<Value> values{Value::Time(report.totals.first_time),
                              Value::Time(report.totals.last_time),
                              Value::If(timed, Value::Rate(summary.mean_requests_per_second)),
                              Value::If(timed, Value::Rate(summary.peak_minute_requests_per_second)),
                              Value::If(timed, Value::Rate(summary.last_5_minutes_requests_per_second)),
                              Value::Share(summary.error_rate),
                              share(summary.recent_error_rate),
                              share(summary.error_rate_before),
                              Value::Share(summary.reject_share)};
    for (Value& value : ChangeValues(summary.top_change)) values.push_back(std::move(value));
    return values;
  };
  return table;
}

// One row per sample; a reason without samples has one row, too.
ReportTable RejectsTable(const Report& report) {
  ReportTable table{.name = "rejects", .title = "Rejected lines", .section = Section::kRejects};
  table.columns = {LabelColumn("reason", "reason"), NumberColumn("count", "lines"), LabelColumn("path", "file"),
                   NumberColumn("line", "line"),    NumberColumn("offset"),         KeyColumn("text", "sample")};
  struct Place {
    const RejectRow* reject;
    const LineSample* sample;  // null: none
  };
  std::vector<Place> places;
  for (const RejectRow& reject : report.rejects) {
    if (reject.samples.empty()) places.push_back(Place{&reject, nullptr});
    for (const LineSample& sample : reject.samples) places.push_back(Place{&reject, &sample});
  }
  table.rows = places.size();
  table.row = [places = std::move(places)](size_t i) {
    const auto& [reject, sample] = places[i];
    std::vector<Value> values{Value::Text(EscapeForTerminal(reject->reason)), Value::Count(reject->count)};
    if (sample == nullptr) {
      values.resize(6);
      return values;
    }
    values.push_back(Value::Text(EscapeForTerminal(sample->path)));
    values.push_back(Value::Count(sample->line));
    values.push_back(Value::Count(sample->offset));
    values.push_back(Value::Text(SampleText(*sample)));
    return values;
  };
  return table;
}

}  // namespace

TableColumn NumberColumn(std::string name, std::string title) {
  return {.name = std::move(name), .title = std::move(title), .number = true};
}
TableColumn LabelColumn(std::string name, std::string title) {
  return {.name = std::move(name), .title = std::move(title)};
}
TableColumn KeyColumn(std::string name, std::string title) {
  return {.name = std::move(name), .title = std::move(title), .key = true};
}

void AddClassColumns(std::vector<TableColumn>& columns) {
  for (int digit = 0; digit < static_cast<int>(kClassCount); ++digit)
    columns.push_back(NumberColumn(ClassLabel(digit)));
}
void AddClassCounts(const ClassCounts& classes, std::vector<Value>& values) {
  for (uint64_t count : classes) values.push_back(Value::Count(count));
}

std::vector<ReportTable> MakeTables(const Report& report) {
  std::vector<ReportTable> tables;
  tables.push_back(TotalsTable(report));
  tables.push_back(InputsTable(report));
  tables.push_back(SummaryTable(report));
  AddFindingTables(report, tables);
  AddStatusTables(report, tables);
  AddKeyTables(report, tables);
  AddDurationTables(report, tables);
  AddChangeTable(report, tables);
  tables.push_back(RejectsTable(report));
  std::erase_if(tables, [&](const ReportTable& table) {
    return table.section.has_value() && !report.options.sections.Contains(*table.section);
  });
  return tables;
}

}  // namespace logstat
