#include "src/report/text_screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "src/report/escape.h"
#include "src/report/key_sections.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/text_findings.h"
#include "src/report/text_summary.h"
#include "src/report/text_trend.h"

namespace logstat {
namespace {

constexpr size_t kMinRows = 24;
constexpr size_t kFailingShown = 10;   // keys of a failing list, at most
constexpr size_t kTimesFrom = 110;     // columns from which a code shows its first and last time
constexpr double kTinyShare = 0.0001;  // below it the count says more, and "<0.01 %" would cost the gloss a letter
constexpr size_t kTopPathFrom = 150;   // columns from which it shows its top path
constexpr size_t kTopPathCells = 48;   // and what is left for it there

// First and last time of a code, as short as the span of the report allows.
std::string ShortSpan(const TextContext& context, const CodeRow& row) {
  const Totals& totals = context.report.totals;
  if (!row.first_time || !row.last_time) return {};
  const TimeFormatter& times = context.times;
  if (totals.first_time && totals.last_time && times.SameDay(*totals.first_time, *totals.last_time)) {
    const std::string first = times.Clock(*row.first_time);
    const std::string last = times.Clock(*row.last_time);
    return first == last ? first : fmt::format("{} – {}", first, last);
  }
  return fmt::format("{} {} – {} {}", times.ShortDate(*row.first_time), times.ShortClock(*row.first_time),
                     times.ShortDate(*row.last_time), times.ShortClock(*row.last_time));
}

// The codes that got no line of their own: "200 1,890,211  304 40,112", as many as fit, each of them whole.
Line OtherCodes(const TextContext& context, const std::vector<const CodeRow*>& codes, size_t from) {
  constexpr size_t kGap = 2;
  Line line = LabelledLine(context, fmt::format("+{} more", codes.size() - from));
  for (size_t i = from, at = kMargin; i < codes.size(); ++i) {
    const std::string label = CodeLabel(codes[i]->code);
    const std::string count = FormatCount(codes[i]->count);
    const size_t end = at + label.size() + 1 + count.size();
    const size_t ellipsis = i + 1 == codes.size() ? 0 : kGap + 1;
    line.PadTo(at);
    if (end + ellipsis > context.look.Width()) return line.Add("…");
    line.Add(label, StyleOfCode(codes[i]->code)).Add(" ").Add(count);
    at = end + kGap;
  }
  return line;
}

// At most `max_lines` lines about the codes, worst first; with `titled` one more above them.
std::vector<Line> CodeLines(const TextContext& context, size_t max_lines, bool titled) {
  const std::vector<const CodeRow*> codes = WorstFirst(context.report);
  const bool all = codes.size() <= max_lines;
  const size_t shown = all ? codes.size() : max_lines - 1;
  const size_t width = context.look.Width();
  const bool spans = width >= kTimesFrom && context.report.columns.time;
  const bool paths = width >= kTopPathFrom && context.report.columns.path;
  const auto title = [&](bool shown_at_all, const char* text) { return titled && shown_at_all ? text : ""; };
  Table table({{"", Align::kLeft, kLabelCells},
               {"", Align::kRight},
               {title(true, "count"), Align::kRight},
               {title(true, "share"), Align::kRight},
               {title(true, "meaning"), Align::kLeft},
               {title(spans, "first – last"), Align::kLeft},
               {title(paths, "top path"), Align::kLeft}});
  for (size_t i = 0; i < shown; ++i) {
    const CodeRow& row = *codes[i];
    const Style style = StyleOfCode(row.code);
    std::vector<TableCell> cells = {{i == 0 ? "codes" : "", Style::kLabel},
                                    {CodeLabel(row.code), style},
                                    {FormatCount(row.count), style},
                                    {row.share < kTinyShare ? "~0 %" : FormatShare(row.share)},
                                    {CodeGloss(row.code)}};
    cells.push_back({spans ? ShortSpan(context, row) : "", Style::kLabel});
    if (paths && !row.top_paths.empty()) {
      cells.push_back({PrintableKey(row.top_paths[0], KeyKind::kRequest, kTopPathCells)});
    }
    table.Add(std::move(cells));
  }
  table.TightenTo(width);
  std::vector<Line> lines;
  if (titled) lines.push_back(table.Titles(context.look, 0));
  for (Line& line : table.TakeLines(context.look, 0)) lines.push_back(std::move(line));
  if (!all) lines.push_back(OtherCodes(context, codes, shown));
  return lines;
}

// One failing list of the screen.
struct FailingList {
  const char* label;
  const std::vector<KeyRow>* rows;
  KeyKind kind;
};

std::vector<FailingList> FailingLists(const TextContext& context) {
  const Report& report = context.report;
  std::vector<FailingList> lists;
  const auto add = [&](Section section, const char* label, const std::vector<KeyRow>& rows, KeyKind kind) {
    if (context.Asked(section) && !rows.empty()) lists.push_back({label, &rows, kind});
  };
  add(Section::kPaths, "paths", report.failing_paths, KeyKind::kRequest);
  add(Section::kHosts, "hosts", report.failing_hosts, KeyKind::kOther);
  add(Section::kClients, "clients", report.failing_clients, KeyKind::kOther);
  return lists;
}

// What a failing key is ranked by: its server errors, or its client errors if it has none.
bool RankedByServerErrors(const KeyRow& row) { return row.outcomes.server_errors != 0; }
uint64_t RankedCount(const KeyRow& row) {
  return RankedByServerErrors(row) ? row.outcomes.server_errors : row.outcomes.client_errors;
}

// The largest width to which keys must be cut so that all of them fit into `room` cells.
size_t CommonCut(std::vector<size_t> widths, size_t room) {
  std::sort(widths.begin(), widths.end());
  for (size_t i = 0; i < widths.size(); ++i) {
    const size_t fair = room / (widths.size() - i);
    if (widths[i] > fair) return std::max<size_t>(fair, 1);
    room -= widths[i];
  }
  return widths.empty() ? 1 : std::max<size_t>(widths.back(), 1);
}

// The top three on one line: "5xx /api/cart 1,020  /api/pay 312  4xx /login 31".
Line FailingLine(const TextContext& context, const FailingList& list) {
  const size_t shown = std::min<size_t>(list.rows->size(), 3);
  size_t words = kMargin;
  std::vector<size_t> widths;
  for (size_t i = 0; i < shown; ++i) {
    const KeyRow& row = (*list.rows)[i];
    const bool label = i == 0 || RankedByServerErrors(row) != RankedByServerErrors((*list.rows)[i - 1]);
    words += (label ? 4 : 0) + (i == 0 ? 0 : 2) + 1 + FormatCount(RankedCount(row)).size();
    widths.push_back(CellCount(PrintableKey(row, list.kind, 0)));
  }
  const size_t width = context.look.Width();
  const size_t cut = CommonCut(widths, width > words ? width - words : 1);
  Line line = LabelledLine(context, list.label);
  for (size_t i = 0; i < shown; ++i) {
    const KeyRow& row = (*list.rows)[i];
    const bool server = RankedByServerErrors(row);
    const Style style = server ? Style::kServerError : Style::kClientError;
    if (i != 0) line.Add("  ");
    if (i == 0 || server != RankedByServerErrors((*list.rows)[i - 1])) line.Add(server ? "5xx " : "4xx ", style);
    line.Add(PrintableKey(row, list.kind, cut)).Add(" ").Add(FormatCount(RankedCount(row)), style);
  }
  return line;
}

// A line for each of the first `keys` keys of each list, in one table so that the numbers line up.
std::vector<Line> FailingRows(const TextContext& context, const std::vector<FailingList>& lists, size_t keys) {
  Table table({{"", Align::kLeft, kLabelCells},
               {"", Align::kRight},
               {"", Align::kRight},
               {"", Align::kRight},
               {"", Align::kLeft}});
  const auto errors = [](uint64_t count, const char* unit) {
    return count == 0 ? std::string() : fmt::format("{} {}", FormatCount(count), unit);
  };
  for (const FailingList& list : lists) {
    for (size_t i = 0; i < std::min(list.rows->size(), keys); ++i) {
      const KeyRow& row = (*list.rows)[i];
      table.Add({{i == 0 ? list.label : "", Style::kLabel},
                 {errors(row.outcomes.server_errors, "5xx"), Style::kServerError},
                 {errors(row.outcomes.client_errors, "4xx"), Style::kClientError},
                 {fmt::format("of {}", FormatBound(row.count, row.error)), Style::kLabel},
                 {PrintableKey(row, list.kind, 0)}});
    }
  }
  return table.TakeLines(context.look, 0);
}

// The failing lists: with one line each, that has the top three; else a line for each of `keys` keys.
std::vector<Line> FailingLines(const TextContext& context, const std::vector<FailingList>& lists, size_t keys) {
  if (keys > 1) return FailingRows(context, lists, keys);
  std::vector<Line> lines;
  for (const FailingList& list : lists) lines.push_back(FailingLine(context, list));
  return lines;
}

// How many keys each failing list may show in `lines` lines: at least 3, or 1 for the short form.
size_t KeysThatFit(const std::vector<FailingList>& lists, size_t lines) {
  for (size_t keys = kFailingShown; keys >= 3; --keys) {
    size_t needed = 0;
    for (const FailingList& list : lists) needed += std::min(list.rows->size(), keys);
    if (needed <= lines) return keys;
  }
  return 1;
}

// Lines for findings and how many of these at most: three as long as five lines are left for codes, five if there is
// room for more codes.
struct FindingRoom {
  size_t lines, most;
};
FindingRoom RoomForFindings(size_t lines) {
  constexpr size_t kCodeLines = 5;
  constexpr size_t kUsual = 7;  // three sentences of two lines, and a line of what to do about the worst
  const size_t room = lines > kCodeLines ? lines - kCodeLines : 0;
  if (room <= kUsual) return {room, 3};
  return {std::max(kUsual, lines > 2 * kCodeLines ? lines - 2 * kCodeLines : 0), 5};
}

// "adds timeline, paths and 3 more": as many names as fit into `cells`, but at least one.
std::string NamesThatFit(const std::vector<std::string>& names, size_t cells) {
  std::string text = fmt::format("adds {}", fmt::join(names, ", "));
  for (size_t named = names.size() - 1; named > 0 && CellCount(text) > cells; --named) {
    text = fmt::format("adds {} and {} more",
                       fmt::join(names.begin(), names.begin() + static_cast<ptrdiff_t>(named), ", "),
                       names.size() - named);
  }
  return text;
}

// What the full text has and the screen has not.
std::vector<Line> MoreLines(const TextContext& context) {
  const Report& report = context.report;
  std::vector<std::string> parts;
  const auto add = [&](Section section, bool any, const char* what) {
    if (context.Asked(section) && any) parts.push_back(what);
  };
  add(Section::kFindings, !report.findings.rows.empty(), "evidence");
  add(Section::kCodes, !report.codes.empty(), "detail per code");
  add(Section::kTimeline, !report.timeline.points.empty(), "timeline");
  for (const KeySection& keys : KeySections(report)) {
    if (keys.exists && !keys.busiest->empty()) parts.emplace_back(SectionName(keys.section));
  }
  add(Section::kDurations, report.columns.duration, "durations");
  add(Section::kChanges, !report.changes.empty(), "changes");
  add(Section::kRejects, !report.rejects.empty(), "rejects");
  if (parts.empty()) return {};
  std::vector<Line> lines = {LabelledLine(context, "--full")};
  lines.back().Add(NamesThatFit(parts, context.look.Width() - kMargin), Style::kLabel);
  return lines;
}

}  // namespace

void PrintScreen(const TextContext& context, size_t rows, Page& page) {
  const size_t max_lines = std::max(kMinRows, rows) - 1;
  const std::vector<FailingList> lists = FailingLists(context);
  std::vector<std::vector<Line>> parts(6);
  parts[0] = SummaryLines(context, HeadForm::kScreen);
  parts[3] = TrendLines(context);
  parts[5] = MoreLines(context);
  size_t left = max_lines - parts[0].size() - parts[3].size() - lists.size() - parts[5].size();
  if (context.Asked(Section::kFindings)) {
    const FindingRoom room = RoomForFindings(left);
    parts[1] = FindingLines(context, room.lines, room.most);
  }
  left -= parts[1].size();
  if (context.Asked(Section::kCodes)) parts[2] = CodeLines(context, left, false);
  left -= parts[2].size();

  size_t gaps = 0;
  for (const std::vector<Line>& part : parts) gaps += part.empty() ? 0 : 1;
  gaps += lists.empty() ? 0 : 1;
  const bool apart = gaps > 1 && left >= gaps - 1;
  if (apart) left -= gaps - 1;
  if (apart && left > 0 && !parts[2].empty()) {
    parts[2] = CodeLines(context, parts[2].size(), true);
    --left;
  }
  parts[4] = FailingLines(context, lists, KeysThatFit(lists, lists.size() + left));

  bool first = true;
  for (const std::vector<Line>& part : parts) {
    if (part.empty()) continue;
    if (!first && apart) page.Blank();
    first = false;
    page.PrintAll(part);
  }
}

}  // namespace logstat
