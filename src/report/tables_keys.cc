#include "src/report/tables_keys.h"

#include <algorithm>
#include <string>
#include <utility>

#include "src/catalog/agents.h"
#include "src/report/key_sections.h"
#include "src/report/keys.h"
#include "src/report/text_words.h"

namespace logstat {
namespace {

// The rows of a list by key.
struct ListOfKeys {
  const char* list;  // "busiest", "failing"; empty: the section has one list
  std::string_view title;
  const std::vector<KeyRow>& rows;
  uint64_t bound;
};

// A column that the lists of one section have and others do not.
struct OwnColumn {
  TableColumn column;
  Value (*value)(const KeyRow& row);
};

Value KindWord(AgentKind kind) {
  return Value::Words(AgentKindName(kind), kind == AgentKind::kScanner ? Tone::kClientError : Tone::kPlain);
}

Value DistinctOf(const std::optional<DistinctCount>& distinct) {
  if (!distinct.has_value()) return {};
  return distinct->error == 0 ? Value::Count(distinct->count) : Value::Estimate(distinct->count);
}
Value DistinctErrorOf(const std::optional<DistinctCount>& distinct) {
  return distinct.has_value() ? Value::Share(distinct->error) : Value{};
}

// A column that would be empty has no title: people do not see it.
std::vector<OwnColumn> OwnColumns(Section section, const std::vector<KeyRow>& rows) {
  const auto if_any = [&](auto has, const char* title) {
    return std::any_of(rows.begin(), rows.end(), has) ? title : "";
  };
  switch (section) {
    case Section::kPaths:
      return {{LabelColumn("static", AnyStatic(rows) ? "static" : ""),
               [](const KeyRow& row) { return row.is_static ? Value::Flag(*row.is_static) : Value{}; }},
              {NumberColumn("p95", if_any([](const KeyRow& row) { return row.p95_us.has_value(); }, "p95")),
               [](const KeyRow& row) { return row.p95_us ? Value::Duration(*row.p95_us) : Value{}; }}};
    case Section::kClients:
      return {
          {NumberColumn("distinct_paths",
                        if_any([](const KeyRow& row) { return row.distinct_paths.has_value(); }, "paths")),
           [](const KeyRow& row) { return DistinctOf(row.distinct_paths); }},
          {NumberColumn("distinct_paths_error"), [](const KeyRow& row) { return DistinctErrorOf(row.distinct_paths); }},
          {NumberColumn("agents", if_any([](const KeyRow& row) { return row.distinct_agents.has_value(); }, "agents")),
           [](const KeyRow& row) { return DistinctOf(row.distinct_agents); }},
          {NumberColumn("agents_error"), [](const KeyRow& row) { return DistinctErrorOf(row.distinct_agents); }},
          {LabelColumn("shared", if_any([](const KeyRow& row) { return row.shared == Shared::kLikely; }, "shared")),
           [](const KeyRow& row) { return row.shared ? Value::Words(SharedName(*row.shared)) : Value{}; }}};
    case Section::kAgents:
      return {{LabelColumn("kind", "kind"),
               [](const KeyRow& row) { return row.agent_kind ? KindWord(*row.agent_kind) : Value{}; }}};
    default:
      return {};
  }
}

ReportTable TableOfKeys(const Report& report, const KeySection& keys, const ListOfKeys& list) {
  ReportTable table{.name = std::string(SectionName(keys.section)),
                    .list = list.list,
                    .title = std::string(list.title),
                    .section = keys.section,
                    .read = keys.exists};
  if (list.bound != 0) table.note = BoundText(list.bound);
  const ColumnsRead read = report.columns;
  table.columns = {KeyColumn("key", std::string(keys.key)),
                   LabelColumn("missing"),
                   NumberColumn("count", "requests"),
                   NumberColumn("error"),
                   NumberColumn("bound"),
                   NumberColumn("server_errors", "server errors"),
                   NumberColumn("client_errors", "client errors"),
                   NumberColumn("aborted", "aborted"),
                   NumberColumn("share", "share"),
                   NumberColumn("bytes", read.bytes ? "sent" : "")};
  std::vector<OwnColumn> own = OwnColumns(keys.section, list.rows);
  for (const OwnColumn& column : own) table.columns.push_back(column.column);
  table.columns.push_back(LabelColumn("first_time", read.time ? "first" : ""));
  table.columns.push_back(LabelColumn("last_time", read.time ? "last" : ""));
  AddClassColumns(table.columns);
  table.rows = list.rows.size();
  table.row = [&rows = list.rows, kind = keys.kind, bound = list.bound, read, own = std::move(own)](size_t i) {
    const KeyRow& row = rows[i];
    const Outcomes& outcomes = row.outcomes;
    std::vector<Value> values{Value::Text(PrintableKey(row, kind, 0)),
                              Value::Flag(row.missing),
                              Value::Count(row.count, Tone::kPlain, row.error),
                              Value::Count(row.error),
                              Value::Count(bound),
                              Value::Count(outcomes.server_errors, Tone::kServerError),
                              Value::Count(outcomes.client_errors, Tone::kClientError),
                              Value::Count(outcomes.aborted, Tone::kClientError),
                              Value::Share(row.share),
                              Value::If(read.bytes, Value::Bytes(row.bytes))};
    for (const OwnColumn& column : own) values.push_back(column.value(row));
    values.push_back(Value::Time(row.first_time));
    values.push_back(Value::Time(row.last_time));
    AddClassCounts(row.classes, values);
    return values;
  };
  return table;
}

ReportTable AgentKindsTable(const Report& report, const KeySection& keys) {
  ReportTable table{.name = "agent_kinds",
                    .title = "User agents by kind",
                    .section = keys.section,
                    .part = true,
                    .read = keys.exists};
  const ColumnsRead read = report.columns;
  table.columns = {KeyColumn("kind", "kind"),
                   NumberColumn("agents", "agents"),
                   NumberColumn("count", "requests"),
                   NumberColumn("error"),
                   NumberColumn("server_errors", "server errors"),
                   NumberColumn("client_errors", "client errors"),
                   NumberColumn("aborted", "aborted"),
                   NumberColumn("share", "share"),
                   NumberColumn("bytes", read.bytes ? "sent" : "")};
  table.rows = report.agent_kinds.size();
  table.row = [&rows = report.agent_kinds, read](size_t i) {
    const AgentKindRow& row = rows[i];
    return std::vector<Value>{KindWord(row.kind),
                              Value::Count(row.agents),
                              Value::Count(row.count, Tone::kPlain, row.error),
                              Value::Count(row.error),
                              Value::Count(row.outcomes.server_errors, Tone::kServerError),
                              Value::Count(row.outcomes.client_errors, Tone::kClientError),
                              Value::Count(row.outcomes.aborted, Tone::kClientError),
                              Value::Share(row.share),
                              Value::If(read.bytes, Value::Bytes(row.bytes))};
  };
  return table;
}

}  // namespace

void AddKeyTables(const Report& report, std::vector<ReportTable>& tables) {
  for (const KeySection& keys : KeySections(report)) {
    if (keys.failing != nullptr) {
      tables.push_back(TableOfKeys(report, keys, {"failing", keys.failing_title, *keys.failing, keys.bounds.failing}));
    }
    if (keys.section == Section::kAgents) tables.push_back(AgentKindsTable(report, keys));
    const char* const list = keys.failing != nullptr ? "busiest" : "";
    tables.push_back(TableOfKeys(report, keys, {list, keys.busiest_title, *keys.busiest, keys.bounds.busiest}));
  }
}

}  // namespace logstat
