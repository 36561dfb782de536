#include "src/report/tables_trends.h"

#include <string>
#include <utility>

#include "src/report/keys.h"
#include "src/report/text_durations.h"

namespace logstat {
namespace {

std::vector<Value> DurationValues(std::string key, const DurationRow& row) {
  return {Value::Text(std::move(key)),  Value::Count(row.count),     Value::Duration(row.p50_us),
          Value::Duration(row.p90_us),  Value::Duration(row.p95_us), Value::Duration(row.p99_us),
          Value::Duration(row.p999_us), Value::Duration(row.max_us)};
}

ReportTable TableOfDurations(const Report& report, const char* list, std::string title, std::string key) {
  ReportTable table{.name = std::string(SectionName(Section::kDurations)),
                    .list = list,
                    .title = std::move(title),
                    .section = Section::kDurations,
                    .read = report.columns.duration};
  table.columns = {KeyColumn("key", std::move(key)), NumberColumn("count", "requests"), NumberColumn("p50", "p50"),
                   NumberColumn("p90", "p90"),       NumberColumn("p95", "p95"),        NumberColumn("p99", "p99"),
                   NumberColumn("p999", "p99.9"),    NumberColumn("max", "max")};
  return table;
}

}  // namespace

void AddDurationTables(const Report& report, std::vector<ReportTable>& tables) {
  const Durations& durations = report.durations;
  ReportTable paths = TableOfDurations(report, "paths", SlowPathsHeading(durations), "path");
  paths.rows = durations.paths.size();
  paths.row = [&rows = durations.paths](size_t i) { return DurationValues(PrintableKey(rows[i], 0), rows[i].row); };
  tables.push_back(std::move(paths));
  ReportTable classes = TableOfDurations(report, "classes", "Durations by class", "class");
  classes.rows = report.columns.duration ? durations.classes.size() + 1 : 0;
  classes.row = [&durations](size_t i) {
    if (i == 0) return DurationValues("all", durations.overall);
    return DurationValues(ClassLabel(durations.classes[i - 1].digit), durations.classes[i - 1].row);
  };
  tables.push_back(std::move(classes));
}

std::vector<Value> ChangeValues(const std::optional<Change>& change) {
  if (!change) return std::vector<Value>(8);
  return {Value::Words(ChangeFieldName(change->field)),
          Value::Text(PrintableKey(*change, 0)),
          Value::Share(change->before),
          Value::Share(change->after, Tone::kServerError),
          Value::Count(change->count),
          Value::Time(change->since),
          Value::Time(change->until),
          Value::Flag(change->ongoing)};
}

void AddChangeTable(const Report& report, std::vector<ReportTable>& tables) {
  ReportTable table{.name = std::string(SectionName(Section::kChanges)),
                    .title = "What changed: shares of all requests that failed",
                    .section = Section::kChanges,
                    .read = report.columns.time};
  table.columns = {LabelColumn("field", "what"),   KeyColumn("key", "key"),          NumberColumn("before", "before"),
                   NumberColumn("after", "after"), NumberColumn("count", "failed"),  LabelColumn("since", "since"),
                   LabelColumn("until", "until"),  LabelColumn("ongoing", "ongoing")};
  table.rows = report.changes.size();
  table.row = [&report](size_t i) { return ChangeValues(report.changes[i]); };
  tables.push_back(std::move(table));
}

}  // namespace logstat
