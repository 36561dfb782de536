#include "src/report/markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "logstat/status_codes.h"
#include "src/catalog/reasons.h"
#include "src/report/choices.h"
#include "src/report/escape.h"
#include "src/report/facts.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/pieces.h"
#include "src/report/tables.h"
#include "src/report/text_layout.h"
#include "src/report/text_words.h"

namespace logstat {
namespace {

constexpr size_t kRowsMeasured = 1000;  // of a table, for the widths of its columns
constexpr size_t kTrendCells = 60;

std::string Quote(const Value& value, const TimeFormatter& times) {
  const std::string text = ForPeople(value, times);
  return value.kind == Value::Kind::kText ? QuoteForMarkdown(text) : QuoteWordsForMarkdown(text);
}

// One table of the report as a GFM table.
class GfmTable {
 public:
  GfmTable(const ReportTable& table, const TimeFormatter& times) : table_(table), times_(times) {
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (!table.columns[i].title.empty()) shown_.push_back(i);
    }
    if (!table.list.empty()) {
      std::stable_partition(shown_.begin(), shown_.end(), [&](size_t i) { return !table.columns[i].key; });
    }
    for (size_t i : shown_) widths_.push_back(std::max<size_t>(3, CellCount(table.columns[i].title)));
    for (size_t row = 0; row < std::min(table.rows, kRowsMeasured); ++row) {
      const std::vector<std::string> cells = Cells(row);
      for (size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], CellCount(cells[i]));
    }
    // What stands last and to the left needs no padding.
    if (!table.columns[shown_.back()].number) widths_.back() = 0;
  }

  void Write(Pieces& out) const {
    std::vector<std::string> titles;
    for (size_t i : shown_) titles.push_back(table_.columns[i].title);
    WriteLine(titles, out);
    for (size_t i = 0; i < shown_.size(); ++i) {
      const bool right = table_.columns[shown_[i]].number;
      const size_t dashes = std::max<size_t>(widths_[i], 3) - (right ? 1 : 0);
      out.Add(i == 0 ? "| " : " | ").Add(std::string(dashes, '-')).Add(right ? ":" : "");
    }
    out.Add(" |\n");
    for (size_t row = 0; row < table_.rows; ++row) WriteLine(Cells(row), out);
  }

 private:
  std::vector<std::string> Cells(size_t row) const {
    const std::vector<Value> values = table_.row(row);
    std::vector<std::string> cells;
    for (size_t i : shown_) cells.push_back(Quote(values[i], times_));
    return cells;
  }

  void WriteLine(const std::vector<std::string>& cells, Pieces& out) const {
    for (size_t i = 0; i < cells.size(); ++i) {
      const size_t cell_width = CellCount(cells[i]);
      const std::string padding(widths_[i] > cell_width ? widths_[i] - cell_width : 0, ' ');
      const bool right = table_.columns[shown_[i]].number;
      out.Add(i == 0 ? "| " : " | ").Add(right ? padding : "").Add(cells[i]).Add(right ? "" : padding);
    }
    out.Add(" |\n");
  }

  const ReportTable& table_;
  const TimeFormatter& times_;
  std::vector<size_t> shown_;   // the columns for people, as they are printed
  std::vector<size_t> widths_;  // of those
};

// The parts of one report.
class MarkdownReport {
 public:
  MarkdownReport(const Report& report, Pieces& out) : report_(report), times_(report.options.time_zone), out_(out) {}

  void WriteHead() {
    out_.Add("# Access log report\n\n");
    const std::string span = SpanText(report_, times_);
    if (!span.empty()) out_.Add(span).Add("\n\n");
    const Choices choices = MakeChoices(report_.options, times_);
    WriteChoices("Only", choices.filters);
    WriteChoices("Options", choices.settings);
    for (const Fact& fact : Facts(report_)) {
      out_.Add("- ").Add(fact.label).Add(": ").Add(fact.estimated ? "about " : "").Add(ForPeople(fact.value, times_));
      if (!fact.unit.empty()) out_.Add(" ").Add(fact.unit);
      if (fact.share.kind != Value::Kind::kEmpty) out_.Add(" (").Add(ForPeople(fact.share, times_)).Add(")");
      out_.Add("\n");
    }
    out_.Add("- Accounting: ").Add(Accounting(report_.totals)).Add("\n");
    for (const Problem& problem : Problems(report_)) {
      out_.Add(problem.serious ? "- **Problem:** " : "- Note: ");
      if (problem.where.empty()) {
        out_.Add(problem.text);
      } else {
        out_.Add(QuoteForMarkdown(problem.where)).Add(": ").Add(QuoteForMarkdown(problem.text));
      }
      out_.Add("\n");
    }
  }

  void WriteTable(const ReportTable& table) {
    if (table.title.empty() || !table.read || (table.rows == 0 && table.note.empty())) return;
    out_.Add("\n## ").Add(table.title).Add("\n\n");
    if (!table.note.empty()) out_.Add(table.note).Add("\n\n");
    if (table.section == Section::kTimeline) WriteTrends();
    if (table.rows != 0) GfmTable(table, times_).Write(out_);
    if (table.section == Section::kCodes) WriteCodes();
  }

 private:
  void WriteChoices(std::string_view label, const std::vector<Choice>& choices) {
    if (choices.empty()) return;
    out_.Add("**").Add(label).Add(":**");
    std::string_view separator = " ";
    for (const Choice& choice : choices) {
      out_.Add(separator).Add(choice.words).Add(choice.words.empty() || choice.given.empty() ? "" : " ");
      out_.Add(QuoteForMarkdown(choice.given));
      separator = ", ";
    }
    out_.Add("\n\n");
  }

  // Requests and server errors as lines of blocks.
  void WriteTrends() {
    std::vector<uint64_t> requests, errors;
    for (const TimelinePoint& point : report_.timeline.points) {
      if (!point.time) continue;
      requests.push_back(point.count);
      errors.push_back(point.outcomes.server_errors);
    }
    if (requests.empty()) return;
    out_.Add("```text\nrequests       ").Add(Sparkline(requests, kTrendCells)).Add("\nserver errors  ");
    out_.Add(Sparkline(errors, kTrendCells)).Add("\n```\n\n");
  }

  // What each code from 400 on means, and whom it hits.
  void WriteCodes() {
    for (const CodeRow* row : WorstFirst(report_)) {
      if (row->code != 0 && row->code < 400) continue;
      const StatusCode* known = FindStatusCode(row->code);
      out_.Add("\n### ").Add(CodeLabel(row->code));
      if (known != nullptr) out_.Add(" ").Add(QuoteWordsForMarkdown(known->name));
      out_.Add("\n\n").Add(CountOf(row->count, "request")).Add(" (").Add(FormatShare(row->share)).Add(").\n");
      if (known != nullptr) {
        WriteWords("Meaning", known->meaning);
        WriteWords("What to do", known->operator_advice);
        WriteWords("Today's standard", known->standard_note);
      }
      if (TellsReasons(*row)) {
        WriteTops("Reasons", row->top_reasons, KeyKind::kOther, row->top_reasons_bound, ReasonGloss);
      }
      WriteTops("Paths", row->top_paths, KeyKind::kRequest, row->top_paths_bound);
      WriteTops("Clients", row->top_clients, KeyKind::kOther, row->top_clients_bound);
    }
  }

  void WriteWords(std::string_view label, std::string_view words) {
    if (!words.empty()) out_.Add("\n**").Add(label).Add(":** ").Add(QuoteWordsForMarkdown(words)).Add("\n");
  }

  void WriteTops(std::string_view label, const std::vector<KeyCount>& tops, KeyKind kind, uint64_t bound,
                 std::string (*gloss)(std::string_view) = nullptr) {
    if (tops.empty() && bound == 0) return;
    out_.Add("\n**").Add(label).Add(bound == 0 ? "" : fmt::format(" ({})", BoundText(bound))).Add("**\n\n");
    for (const KeyCount& top : tops) {
      out_.Add("- ").Add(FormatBound(top.count, top.error)).Add(" ");
      out_.Add(QuoteForMarkdown(PrintableKey(top, kind, 0)));
      const std::string meaning = gloss == nullptr ? "" : gloss(top.key);
      out_.Add(meaning.empty() ? "" : ": ").Add(QuoteWordsForMarkdown(meaning)).Add("\n");
    }
  }

  const Report& report_;
  TimeFormatter times_;
  Pieces& out_;
};

class MarkdownWriter : public Writer {
 public:
  void Write(const Report& report, const Sink& sink) const override {
    Pieces out(sink);
    MarkdownReport markdown(report, out);
    markdown.WriteHead();
    for (const ReportTable& table : MakeTables(report)) markdown.WriteTable(table);
    out.Add("\nWritten by logstat " LOGSTAT_VERSION ".\n");
  }
};

}  // namespace

std::unique_ptr<Writer> MakeMarkdownWriter() { return std::make_unique<MarkdownWriter>(); }

}  // namespace logstat
