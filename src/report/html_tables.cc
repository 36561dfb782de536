#include "src/report/html_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>

#include "src/report/escape.h"
#include "src/report/numbers.h"
#include "src/report/text_words.h"

namespace logstat {
namespace {

using Kind = Value::Kind;

constexpr size_t kWideBytes = 24;    // from which text from outside may break
constexpr size_t kTopsUnfolded = 5;  // keys of a code

std::string Classes(const TableColumn& column, const Value& value) {
  std::string classes = column.number ? "n" : "";
  const auto add = [&](std::string_view name) {
    if (!name.empty()) classes.append(classes.empty() ? "" : " ").append(name);
  };
  add(ToneClass(value.tone));
  if (column.key && value.kind == Kind::kText) add("key");
  if (value.kind == Kind::kText && value.text.size() > kWideBytes) add("wide");
  if (value.kind == Kind::kCount && value.number == 0) add("zero");
  return classes;
}

// Text that sorts: only where what people read does not.
std::string SortKey(const Value& value, const TimeFormatter& times) {
  if (value.kind == Kind::kBytes || value.kind == Kind::kShare || value.kind == Kind::kRate) {
    return ForPrograms(value, times);
  }
  return "";
}

void WriteCell(const TableColumn& column, const Value& value, const TimeFormatter& times, Pieces& out) {
  const std::string_view tag = column.key ? "th" : "td";
  out.Add("<").Add(tag);
  if (column.key) out.Add(" scope=\"row\"");
  if (const std::string classes = Classes(column, value); !classes.empty()) {
    out.Add(" class=\"").Add(classes).Add("\"");
  }
  if (const std::string key = SortKey(value, times); !key.empty()) out.Add(" data-v=\"").Add(key).Add("\"");
  out.Add(">").Add(QuoteForHtml(ForPeople(value, times))).Add("</").Add(tag).Add(">");
}

void WriteTableRows(const ReportTable& table, const TimeFormatter& times, Pieces& out) {
  out.Add("<thead><tr>");
  for (const TableColumn& column : table.columns) {
    if (column.title.empty()) continue;
    out.Add(column.number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
    out.Add(QuoteForHtml(column.title)).Add("</th>");
  }
  out.Add("</tr></thead>\n<tbody>\n");
  for (size_t i = 0; i < table.rows; ++i) {
    const std::vector<Value> values = table.row(i);
    out.Add("<tr>");
    for (size_t column = 0; column < values.size(); ++column) {
      if (!table.columns[column].title.empty()) WriteCell(table.columns[column], values[column], times, out);
    }
    out.Add("</tr>\n");
  }
  out.Add("</tbody>\n");
}

void WriteTopRows(std::span<const KeyCount> tops, KeyKind kind, std::string (*gloss)(std::string_view), Pieces& out) {
  out.Add("<tbody>\n");
  for (const KeyCount& top : tops) {
    out.Add("<tr><td class=\"n\">").Add(FormatBound(top.count, top.error));
    out.Add("</td><th scope=\"row\" class=\"key wide\">");
    out.Add(QuoteForHtml(PrintableKey(top, kind, 0)));
    const std::string meaning = gloss == nullptr ? "" : gloss(top.key);
    if (!meaning.empty()) out.Add(" <small>").Add(QuoteForHtml(meaning)).Add("</small>");
    out.Add("</th></tr>\n");
  }
  out.Add("</tbody>");
}

}  // namespace

bool IsForPeople(const ReportTable& table) {
  return !table.title.empty() && table.read && (table.rows != 0 || !table.note.empty());
}

void WriteHtmlTable(const ReportTable& table, const TimeFormatter& times, Pieces& out) {
  if (table.list.empty() && !table.note.empty())
    out.Add("<p class=\"soft\">").Add(QuoteForHtml(table.note)).Add("</p>\n");
  out.Add(fmt::format("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">\n",
                      QuoteForHtml(table.title)));
  // Where a table is alone its title stands in the heading.
  out.Add("<table class=\"sortable\">\n")
      .Add(table.list.empty() ? "<caption class=\"unseen\">" : "<caption>")
      .Add(QuoteForHtml(table.title));
  if (!table.list.empty() && !table.note.empty()) out.Add(" <small>").Add(QuoteForHtml(table.note)).Add("</small>");
  out.Add("</caption>\n");
  WriteTableRows(table, times, out);
  out.Add("</table>\n</div>\n");
}

void WriteHtmlTops(std::string_view what, const std::vector<KeyCount>& tops, KeyKind kind, uint64_t bound, Pieces& out,
                   std::string (*gloss)(std::string_view)) {
  if (tops.empty() && bound == 0) return;
  out.Add("<div>\n<table><thead><tr><th scope=\"col\" class=\"n\">requests</th><th scope=\"col\">").Add(what);
  if (bound != 0) out.Add(" <small>").Add(QuoteForHtml(BoundText(bound))).Add("</small>");
  out.Add("</th></tr></thead>\n");
  const size_t shown = std::min(tops.size(), kTopsUnfolded);
  WriteTopRows({tops.data(), shown}, kind, gloss, out);
  out.Add("</table>\n");
  if (shown < tops.size()) {
    out.Add(fmt::format("<details><summary>{} more</summary>\n<table>\n", FormatCount(tops.size() - shown)));
    WriteTopRows({tops.data() + shown, tops.size() - shown}, kind, gloss, out);
    out.Add("</table></details>\n");
  }
  out.Add("</div>\n");
}

std::string_view ToneClass(Tone tone) {
  switch (tone) {
    case Tone::kPlain:
      break;
    case Tone::kServerError:
      return "bad";
    case Tone::kClientError:
      return "warn";
  }
  return "";
}

}  // namespace logstat
