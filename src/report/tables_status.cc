#include "src/report/tables_status.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>

#include "logstat/status_codes.h"
#include "src/catalog/reasons.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/text_words.h"

namespace logstat {
namespace {

ReportTable ClassesTable(const Report& report) {
  ReportTable table{.name = "classes", .title = "Classes", .section = Section::kClasses};
  table.columns = {KeyColumn("class", "class"), NumberColumn("count", "requests"), NumberColumn("share", "share"),
                   LabelColumn("name"), LabelColumn("gloss", "meaning")};
  table.rows = report.classes.size();
  table.row = [&report](size_t i) {
    const ClassRow& row = report.classes[i];
    const StatusClass& known = FindStatusClass(row.digit);
    const Tone tone = row.digit == 0 ? Tone::kClientError : ToneOfCode(row.digit * 100);
    return std::vector<Value>{Value::Words(ClassLabel(row.digit), tone), Value::Count(row.count),
                              Value::Share(row.share), Value::Words(known.name), Value::Words(known.gloss)};
  };
  return table;
}

ReportTable CodesTable(const Report& report) {
  ReportTable table{.name = "codes", .title = "Codes, worst first", .section = Section::kCodes};
  const ColumnsRead read = report.columns;
  table.columns = {KeyColumn("code", "code"),
                   LabelColumn("class"),
                   NumberColumn("count", "requests"),
                   NumberColumn("share", "share"),
                   NumberColumn("bytes", read.bytes ? "sent" : ""),
                   LabelColumn("first_time", read.time ? "first" : ""),
                   LabelColumn("last_time", read.time ? "last" : ""),
                   LabelColumn("name"),
                   LabelColumn("gloss", "meaning"),
                   LabelColumn("meaning"),
                   LabelColumn("standard_note"),
                   LabelColumn("top_path"),
                   NumberColumn("top_path_count"),
                   LabelColumn("top_client"),
                   NumberColumn("top_client_count")};
  table.rows = report.codes.size();
  table.row = [read, codes = WorstFirst(report)](size_t i) {
    const CodeRow& row = *codes[i];
    const Tone tone = ToneOfCode(row.code);
    const StatusCode* known = FindStatusCode(row.code);
    std::vector<Value> values{Value::Words(CodeLabel(row.code), tone),
                              Value::Words(ClassLabel(row.code / 100)),
                              Value::Count(row.count),
                              Value::Share(row.share),
                              Value::If(read.bytes, Value::Bytes(row.bytes)),
                              Value::Time(row.first_time),
                              Value::Time(row.last_time),
                              known == nullptr ? Value{} : Value::Words(known->name),
                              Value::Words(CodeGloss(row.code)),
                              known == nullptr ? Value{} : Value::Words(known->meaning),
                              known == nullptr ? Value{} : Value::Words(known->standard_note)};
    const auto add_top = [&](const std::vector<KeyCount>& tops, KeyKind kind) {
      values.push_back(tops.empty() ? Value{} : Value::Text(PrintableKey(tops[0], kind, 0)));
      values.push_back(tops.empty() ? Value{} : Value::Count(tops[0].count));
    };
    add_top(row.top_paths, KeyKind::kRequest);
    add_top(row.top_clients, KeyKind::kOther);
    return values;
  };
  return table;
}

// The top lists of all codes in one table, with what `gloss` says of each key. For people they stand with each code.
ReportTable CodeTopsTable(const Report& report, std::string name, KeyKind kind, std::vector<KeyCount> CodeRow::*tops,
                          uint64_t CodeRow::*bound, bool read, std::string (*gloss)(std::string_view) = nullptr) {
  ReportTable table{.name = std::move(name), .section = Section::kCodes, .part = true, .read = read};
  table.columns = {LabelColumn("code"),   LabelColumn("key"),    LabelColumn("missing"),
                   NumberColumn("count"), NumberColumn("error"), NumberColumn("bound")};
  if (gloss != nullptr) table.columns.push_back(LabelColumn("gloss"));
  struct Place {
    const CodeRow* code;
    size_t index;
  };
  std::vector<Place> places;
  for (const CodeRow* code : WorstFirst(report)) {
    for (size_t i = 0; i < (code->*tops).size(); ++i) places.push_back(Place{code, i});
  }
  table.rows = places.size();
  table.row = [places = std::move(places), kind, tops, bound, gloss](size_t i) {
    const CodeRow& code = *places[i].code;
    const KeyCount& top = (code.*tops)[places[i].index];
    std::vector<Value> values{Value::Words(CodeLabel(code.code)),
                              Value::Text(PrintableKey(top, kind, 0)),
                              Value::Flag(top.missing),
                              Value::Count(top.count),
                              Value::Count(top.error),
                              Value::Count(code.*bound)};
    if (gloss != nullptr) values.push_back(Value::Words(gloss(top.key)));
    return values;
  };
  return table;
}

ReportTable TimelineTable(const Report& report) {
  const Timeline& timeline = report.timeline;
  ReportTable table{.name = "timeline", .section = Section::kTimeline, .read = report.columns.time};
  table.title = timeline.interval_seconds == 0
                    ? "Timeline"
                    : fmt::format("Timeline, steps of {}", FormatDuration(timeline.interval_seconds));
  if (timeline.coarsened) table.note = "The step asked for would have had more than 4,096 points.";
  const bool bytes = report.columns.bytes;
  table.columns = {KeyColumn("time", "time"),
                   NumberColumn("count", "requests"),
                   NumberColumn("server_errors", "server errors"),
                   NumberColumn("error_rate", "error rate"),
                   NumberColumn("client_errors", "client errors"),
                   NumberColumn("aborted", "aborted"),
                   NumberColumn("bytes", bytes ? "sent" : "")};
  AddClassColumns(table.columns);
  std::set<int> codes;
  for (const TimelinePoint& point : timeline.points) {
    for (const CodeCount& code : point.codes) codes.insert(code.code);
  }
  for (int code : codes) table.columns.push_back(NumberColumn(CodeLabel(code)));
  table.rows = timeline.points.size();
  table.row = [&timeline, bytes, codes = std::vector<int>(codes.begin(), codes.end())](size_t i) {
    const TimelinePoint& point = timeline.points[i];
    const Outcomes& outcomes = point.outcomes;
    const double count = static_cast<double>(point.count);
    std::vector<Value> values{
        Value::Time(point.time),
        Value::Count(point.count),
        Value::Count(outcomes.server_errors, Tone::kServerError),
        Value::Share(point.count == 0 ? 0 : static_cast<double>(outcomes.server_errors) / count, Tone::kServerError),
        Value::Count(outcomes.client_errors, Tone::kClientError),
        Value::Count(outcomes.aborted, Tone::kClientError),
        Value::If(bytes, Value::Bytes(point.bytes))};
    AddClassCounts(point.classes, values);
    auto next = point.codes.begin();  // ascending, as `codes`
    for (int code : codes) {
      const bool here = next != point.codes.end() && next->code == code;
      values.push_back(Value::Count(here ? next->count : 0));
      if (here) ++next;
    }
    return values;
  };
  return table;
}

}  // namespace

void AddStatusTables(const Report& report, std::vector<ReportTable>& tables) {
  tables.push_back(ClassesTable(report));
  tables.push_back(CodesTable(report));
  tables.push_back(CodeTopsTable(report, "codes_paths", KeyKind::kRequest, &CodeRow::top_paths,
                                 &CodeRow::top_paths_bound, report.columns.path));
  tables.push_back(CodeTopsTable(report, "codes_clients", KeyKind::kOther, &CodeRow::top_clients,
                                 &CodeRow::top_clients_bound, report.columns.client));
  tables.push_back(CodeTopsTable(report, "codes_reasons", KeyKind::kOther, &CodeRow::top_reasons,
                                 &CodeRow::top_reasons_bound, report.columns.reason, ReasonGloss));
  tables.push_back(TimelineTable(report));
}

}  // namespace logstat
