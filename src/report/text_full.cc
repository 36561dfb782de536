#include "src/report/text_full.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "logstat/status_codes.h"
#include "src/catalog/agents.h"
#include "src/report/escape.h"
#include "src/report/key_sections.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/text_changes.h"
#include "src/report/text_codes.h"
#include "src/report/text_durations.h"
#include "src/report/text_findings.h"
#include "src/report/text_summary.h"

namespace logstat {
namespace {

constexpr size_t kWideFrom = 120;         // columns from which key lists show all classes and times
constexpr size_t kRowsPerPortion = 1000;  // of a key list: laid out and let go
constexpr size_t kMaxBar = 60;

void PrintHeading(const TextContext& context, std::string_view title, Page& page) {
  page.Blank();
  Line line(context.look);
  line.Add(title, Style::kHeading);
  page.Print(line);
}

void PrintInputs(const TextContext& context, Page& page) {
  const std::vector<InputReport>& inputs = context.report.inputs;
  if (inputs.size() < 2) return;
  PrintHeading(context, "Inputs", page);
  Table table({{"lines", Align::kRight},
               {"size", Align::kRight},
               {"read", Align::kRight},
               {"format", Align::kLeft},
               {"input", Align::kLeft}});
  for (const InputReport& input : inputs) {
    std::string name = EscapeForTerminal(input.path);
    if (input.state == InputState::kCopy) name += fmt::format(" (the same as {})", EscapeForTerminal(input.copy_of));
    if (input.state == InputState::kNotAccessLog) name += " (not an access log)";
    if (!input.error.empty()) name += fmt::format(" ({})", EscapeForTerminal(input.error));
    const bool read = input.state == InputState::kRead || input.state == InputState::kPartial;
    table.Add({{read ? FormatCount(input.lines) : "-"},
               {read ? FormatSize(input.bytes) : "-"},
               {read ? FormatShare(input.confidence) : "-"},
               {EscapeForTerminal(input.format)},
               {name, input.error.empty() ? Style::kPlain : Style::kServerError}});
  }
  page.Print(table.Titles(context.look, kIndent));
  page.PrintAll(table.TakeLines(context.look, kIndent));
}

void PrintClasses(const TextContext& context, Page& page) {
  Table table(
      {{"class", Align::kLeft}, {"requests", Align::kRight}, {"share", Align::kRight}, {"meaning", Align::kLeft}});
  for (const ClassRow& row : context.report.classes) {
    table.Add({{ClassLabel(row.digit)},
               {FormatCount(row.count)},
               {FormatShare(row.share)},
               {std::string(FindStatusClass(row.digit).gloss)}});
  }
  page.Print(table.Titles(context.look, kIndent));
  page.PrintAll(table.TakeLines(context.look, kIndent));
}

// The date always stands with the time, so that every line can be found by it.
std::string PointTime(const TextContext& context, const TimelinePoint& point) {
  if (!point.time) return "(no time)";
  const bool seconds = context.report.timeline.interval_seconds < 60;
  return seconds ? context.times.DateAndTime(*point.time) : context.times.DateAndMinute(*point.time);
}

// Server errors are the part of the bar that is drawn "▒".
void AddPointBar(const TimelinePoint& point, uint64_t largest, size_t cells, Line& line) {
  const double scale = largest == 0 ? 0 : 1 / static_cast<double>(largest);
  const double share = static_cast<double>(point.outcomes.server_errors) * scale;
  const size_t failed = std::min(cells, CellCount(Bar(share, cells)));
  std::string failed_bar;
  for (size_t i = 0; i < failed; ++i) failed_bar += "▒";
  line.Add(failed_bar, Style::kServerError);
  const double rest =
      static_cast<double>(point.count) * scale * static_cast<double>(cells) - static_cast<double>(failed);
  if (rest > 0 && cells > failed) line.Add(Bar(rest / static_cast<double>(cells - failed), cells - failed));
}

std::string TimelineHeading(const Timeline& timeline) {
  if (timeline.interval_seconds == 0) return "Timeline";
  const std::string step = FormatDuration(timeline.interval_seconds);
  const bool failing = std::any_of(timeline.points.begin(), timeline.points.end(),
                                   [](const TimelinePoint& point) { return point.outcomes.server_errors != 0; });
  return fmt::format("Timeline, steps of {}{}{}", step, timeline.coarsened ? " (coarsened)" : "",
                     failing ? ", server errors drawn ▒" : "");
}

void PrintTimeline(const TextContext& context, Page& page) {
  const Timeline& timeline = context.report.timeline;
  const bool bytes = context.report.columns.bytes;
  Table table({{"time", Align::kLeft},
               {bytes ? "sent" : "", Align::kRight},
               {"5xx", Align::kRight},
               {"4xx", Align::kRight},
               {"requests", Align::kRight}});
  uint64_t largest = 0;
  for (const TimelinePoint& point : timeline.points) {
    largest = std::max(largest, point.count);
    const Outcomes& outcomes = point.outcomes;
    table.Add({{PointTime(context, point)},
               {bytes ? FormatSize(point.bytes) : ""},
               {FormatCount(outcomes.server_errors), outcomes.server_errors != 0 ? Style::kServerError : Style::kLabel},
               {FormatCount(outcomes.client_errors), outcomes.client_errors != 0 ? Style::kClientError : Style::kLabel},
               {FormatCount(point.count)}});
  }
  const Line titles = table.Titles(context.look, kIndent);
  page.Print(titles);
  std::vector<Line> lines = table.TakeLines(context.look, kIndent);
  const size_t bar_at = titles.cells() + 2;
  const size_t width = context.look.Width();
  const size_t cells = width > bar_at ? std::min(width - bar_at, kMaxBar) : 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    lines[i].PadTo(bar_at);
    AddPointBar(timeline.points[i], largest, cells, lines[i]);
    page.Print(lines[i]);
  }
}

TableCell KindCell(AgentKind kind) {
  return {std::string(AgentKindName(kind)), kind == AgentKind::kScanner ? Style::kClientError : Style::kPlain};
}

// "1,204", "~1,200,000" if it is an estimate.
std::string FormatDistinct(const std::optional<DistinctCount>& distinct) {
  if (!distinct.has_value()) return "";
  return (distinct->error != 0 ? "~" : "") + FormatCount(distinct->count);
}

// A list by key, with the errors of each key.
class KeyList {
 public:
  KeyList(const TextContext& context, const KeySection& keys, const std::vector<KeyRow>& rows)
      : context_(context),
        kind_(keys.kind),
        wide_(context.look.Width() >= kWideFrom),
        table_(Columns(context, wide_, keys, rows)) {}

  void Print(const std::vector<KeyRow>& rows, Page& page) {
    for (size_t i = 0; i < rows.size(); ++i) {
      table_.Add(Cells(rows[i]));
      if (table_.rows() < kRowsPerPortion && i + 1 < rows.size()) continue;
      if (i < kRowsPerPortion) page.Print(table_.Titles(context_.look, kIndent));
      page.PrintAll(table_.TakeLines(context_.look, kIndent));
    }
  }

 private:
  static std::vector<Table::Column> Columns(const TextContext& context, bool wide, const KeySection& keys,
                                            const std::vector<KeyRow>& rows) {
    const ColumnsRead& read = context.report.columns;
    const auto any = [&](auto has) { return std::any_of(rows.begin(), rows.end(), has); };
    const bool p95 = any([](const KeyRow& row) { return row.p95_us.has_value(); });
    const bool paths = any([](const KeyRow& row) { return row.distinct_paths.has_value(); });
    const bool agents = any([](const KeyRow& row) { return row.distinct_agents.has_value(); });
    const bool kind = keys.section == Section::kAgents || AnyStatic(rows) ||
                      any([](const KeyRow& row) { return row.shared == Shared::kLikely; });
    return {{"requests", Align::kRight},
            {"share", Align::kRight},
            {read.bytes ? "sent" : "", Align::kRight},
            {wide ? "2xx" : "", Align::kRight},
            {wide ? "3xx" : "", Align::kRight},
            {"4xx", Align::kRight},
            {"5xx", Align::kRight},
            {wide ? "aborted" : "", Align::kRight},
            {p95 ? "p95" : "", Align::kRight},
            {paths ? "paths" : "", Align::kRight},
            {agents ? "agents" : "", Align::kRight},
            {wide && read.time ? "first – last" : "", Align::kLeft},
            {kind ? "kind" : "", Align::kLeft},
            {std::string(keys.key), Align::kLeft}};
  }

  static TableCell Kind(const KeyRow& row) {
    if (row.is_static.value_or(false)) return {"static"};
    if (row.shared == Shared::kLikely) return {"shared"};
    return row.agent_kind ? KindCell(*row.agent_kind) : TableCell{};
  }

  std::vector<TableCell> Cells(const KeyRow& row) const {
    const Outcomes& outcomes = row.outcomes;
    const auto count = [](uint64_t value, Style style) {
      return TableCell{FormatCount(value), value == 0 ? Style::kLabel : style};
    };
    const bool times = wide_ && row.first_time && row.last_time;
    return {{FormatBound(row.count, row.error)},
            {FormatShare(row.share)},
            {context_.report.columns.bytes ? FormatSize(row.bytes) : ""},
            wide_ ? count(row.classes[2], Style::kPlain) : TableCell{},
            wide_ ? count(row.classes[3], Style::kPlain) : TableCell{},
            count(outcomes.client_errors, Style::kClientError),
            count(outcomes.server_errors, Style::kServerError),
            wide_ ? count(outcomes.aborted, Style::kClientError) : TableCell{},
            {row.p95_us ? FormatMicroseconds(*row.p95_us) : ""},
            {FormatDistinct(row.distinct_paths)},
            {FormatDistinct(row.distinct_agents)},
            {times ? FormatSpan(context_.times, *row.first_time, *row.last_time) : "", Style::kLabel},
            Kind(row),
            {PrintableKey(row, kind_, 0)}};
  }

  const TextContext& context_;
  KeyKind kind_;
  bool wide_;
  Table table_;
};

void PrintKeyList(const TextContext& context, std::string_view heading, const KeySection& keys,
                  const std::vector<KeyRow>& rows, uint64_t bound, Page& page) {
  if (rows.empty() && bound == 0) return;
  std::string title(heading);
  if (bound != 0) title += fmt::format(" ({})", BoundText(bound));
  PrintHeading(context, title, page);
  KeyList(context, keys, rows).Print(rows, page);
}

void PrintAgentKinds(const TextContext& context, Page& page) {
  if (context.report.agent_kinds.empty()) return;
  PrintHeading(context, "User agents by kind", page);
  const bool bytes = context.report.columns.bytes;
  Table table({{"requests", Align::kRight},
               {"share", Align::kRight},
               {bytes ? "sent" : "", Align::kRight},
               {"4xx", Align::kRight},
               {"5xx", Align::kRight},
               {"agents", Align::kRight},
               {"kind", Align::kLeft}});
  for (const AgentKindRow& row : context.report.agent_kinds) {
    const auto& [server_errors, client_errors, aborted] = row.outcomes;
    table.Add({{FormatBound(row.count, row.error)},
               {FormatShare(row.share)},
               {bytes ? FormatSize(row.bytes) : ""},
               {FormatCount(client_errors), client_errors != 0 ? Style::kClientError : Style::kLabel},
               {FormatCount(server_errors), server_errors != 0 ? Style::kServerError : Style::kLabel},
               {FormatCount(row.agents)},
               KindCell(row.kind)});
  }
  page.Print(table.Titles(context.look, kIndent));
  page.PrintAll(table.TakeLines(context.look, kIndent));
}

void PrintRejects(const TextContext& context, Page& page) {
  for (const RejectRow& row : context.report.rejects) {
    Line line(context.look);
    line.PadTo(kIndent).Add(EscapeForTerminal(row.reason), Style::kClientError).Add(" ").Add(FormatCount(row.count));
    page.Print(line);
    for (const LineSample& sample : row.samples) {
      Line text(context.look);
      text.PadTo(2 * kIndent).Add(fmt::format("{}:{}", EscapeForTerminal(sample.path), sample.line));
      // Where there is little room, the line itself says more.
      const bool offset = context.look.columns == 0 || context.look.columns >= kWideFrom;
      text.Add(offset ? fmt::format(" (offset {}): ", sample.offset) : ": ", Style::kLabel);
      text.Add(SampleText(sample));
      page.Print(text);
    }
  }
}

}  // namespace

void PrintFull(const TextContext& context, bool rule_ids, Page& page) {
  const Report& report = context.report;
  page.PrintAll(SummaryLines(context, HeadForm::kFull));
  PrintInputs(context, page);
  if (context.Asked(Section::kFindings) && report.columns.time) {
    PrintHeading(context, "Findings", page);
    PrintFindings(context, rule_ids, page);
  }
  if (context.Asked(Section::kClasses) && !report.classes.empty()) {
    PrintHeading(context, "Classes", page);
    PrintClasses(context, page);
  }
  if (context.Asked(Section::kCodes) && !report.codes.empty()) {
    PrintHeading(context, "Codes, worst first", page);
    PrintCodes(context, page);
  }
  if (context.Asked(Section::kTimeline) && !report.timeline.points.empty()) {
    PrintHeading(context, TimelineHeading(report.timeline), page);
    PrintTimeline(context, page);
  }
  for (const KeySection& keys : KeySections(report)) {
    if (!keys.exists) continue;
    if (keys.section == Section::kAgents) PrintAgentKinds(context, page);
    if (keys.failing != nullptr) {
      PrintKeyList(context, keys.failing_title, keys, *keys.failing, keys.bounds.failing, page);
    }
    PrintKeyList(context, keys.busiest_title, keys, *keys.busiest, keys.bounds.busiest, page);
  }
  if (context.Asked(Section::kDurations) && report.columns.duration) {
    PrintHeading(context, "Durations", page);
    PrintDurations(context, page);
    PrintHeading(context, SlowPathsHeading(report.durations), page);
    PrintSlowPaths(context, page);
  }
  if (context.Asked(Section::kChanges) && !report.changes.empty()) {
    PrintHeading(context, "Changes, shares of all requests", page);
    PrintChanges(context, page);
  }
  if (context.Asked(Section::kRejects) && !report.rejects.empty()) {
    PrintHeading(context, "Rejected lines", page);
    PrintRejects(context, page);
  }
}

}  // namespace logstat
