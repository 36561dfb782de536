#include "src/report/text_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "logstat/status_codes.h"
#include "src/catalog/reasons.h"
#include "src/report/escape.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"

namespace logstat {
namespace {

constexpr size_t kDetailIndent = 6;

void PrintBound(const TextContext& context, const char* what, uint64_t bound, Page& page) {
  if (bound == 0) return;
  Line line(context.look);
  line.PadTo(kDetailIndent).Add(fmt::format("{} ({})", what, BoundText(bound)), Style::kLabel);
  page.Print(line);
}

// Clients stand left of paths: they are short, and a path may be as long as it likes at the end of a line.
void PrintTops(const TextContext& context, const CodeRow& row, Page& page) {
  PrintBound(context, "clients", row.top_clients_bound, page);
  PrintBound(context, "paths", row.top_paths_bound, page);
  if (row.top_paths.empty() && row.top_clients.empty()) return;
  Table table({{row.top_clients.empty() ? "" : "count", Align::kRight},
               {row.top_clients.empty() ? "" : "client", Align::kLeft},
               {row.top_paths.empty() ? "" : "count", Align::kRight},
               {row.top_paths.empty() ? "" : "path", Align::kLeft}});
  const size_t client_cells = context.look.columns == 0 ? 0 : context.look.columns / 2;
  for (size_t i = 0; i < std::max(row.top_paths.size(), row.top_clients.size()); ++i) {
    std::vector<TableCell> cells(4);
    if (i < row.top_clients.size()) {
      cells[0].text = FormatBound(row.top_clients[i].count, row.top_clients[i].error);
      cells[1].text = PrintableKey(row.top_clients[i], KeyKind::kOther, client_cells);
    }
    if (i < row.top_paths.size()) {
      cells[2].text = FormatBound(row.top_paths[i].count, row.top_paths[i].error);
      cells[3].text = PrintableKey(row.top_paths[i], KeyKind::kRequest, 0);
    }
    table.Add(std::move(cells));
  }
  page.Print(table.Titles(context.look, kDetailIndent));
  page.PrintAll(table.TakeLines(context.look, kDetailIndent));
}

void PrintReasons(const TextContext& context, const CodeRow& row, Page& page) {
  PrintBound(context, "reasons", row.top_reasons_bound, page);
  if (row.top_reasons.empty() || !TellsReasons(row)) return;
  Table table({{"count", Align::kRight}, {"reason", Align::kLeft}, {"", Align::kLeft}});
  const size_t reason_cells = context.look.columns == 0 ? 0 : context.look.columns / 3;
  for (const KeyCount& reason : row.top_reasons) {
    table.Add({{FormatBound(reason.count, reason.error)},
               {PrintableKey(reason, KeyKind::kOther, reason_cells)},
               {ReasonGloss(reason.key)}});
  }
  page.Print(table.Titles(context.look, kDetailIndent));
  page.PrintAll(table.TakeLines(context.look, kDetailIndent));
}

void PrintDetail(const TextContext& context, const CodeRow& row, Page& page) {
  const StatusCode* known = FindStatusCode(row.code);
  page.Blank();
  Line title(context.look);
  title.PadTo(kIndent).Add(CodeLabel(row.code), StyleOfCode(row.code));
  if (known != nullptr) title.Add(" ").Add(known->name, Style::kHeading);
  page.Print(title);

  Line amounts(context.look);
  amounts.PadTo(kDetailIndent).Add(CountOf(row.count, "request"));
  if (context.report.columns.bytes) amounts.Add(fmt::format(", {} sent", FormatSize(row.bytes)));
  if (row.first_time && row.last_time) {
    amounts.Add(fmt::format(", {}", FormatSpan(context.times, *row.first_time, *row.last_time)));
  }
  page.Print(amounts);
  if (row.code != 0 && row.code < 400) return;

  if (known != nullptr) page.PrintAll(Wrap(context.look, kDetailIndent, known->meaning));
  if (known != nullptr && !known->operator_advice.empty()) {
    page.PrintAll(Wrap(context.look, kDetailIndent, fmt::format("What to do: {}", known->operator_advice)));
  }
  if (known != nullptr && !known->standard_note.empty()) {
    page.PrintAll(Wrap(context.look, kDetailIndent, fmt::format("Today's standard: {}", known->standard_note)));
  }
  PrintReasons(context, row, page);
  PrintTops(context, row, page);
}

}  // namespace

void PrintCodes(const TextContext& context, Page& page) {
  const std::vector<const CodeRow*> codes = WorstFirst(context.report);
  Table table(
      {{"code", Align::kRight}, {"requests", Align::kRight}, {"share", Align::kRight}, {"meaning", Align::kLeft}});
  for (const CodeRow* row : codes) {
    const Style style = StyleOfCode(row->code);
    table.Add({{CodeLabel(row->code), style},
               {FormatCount(row->count), style},
               {FormatShare(row->share)},
               {CodeGloss(row->code)}});
  }
  page.Print(table.Titles(context.look, kIndent));
  page.PrintAll(table.TakeLines(context.look, kIndent));
  for (const CodeRow* row : codes) PrintDetail(context, *row, page);
}

}  // namespace logstat
