#include "src/report/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/status_codes.h"
#include "src/catalog/reasons.h"
#include "src/report/choices.h"
#include "src/report/escape.h"
#include "src/report/facts.h"
#include "src/report/html_charts.h"
#include "src/report/html_findings.h"
#include "src/report/html_tables.h"
#include "src/report/html_template.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/text_words.h"

namespace logstat {
namespace {

constexpr size_t kRowsUnfolded = 60;

// The parts of one report, by the slots of the page.
class HtmlReport {
 public:
  HtmlReport(const Report& report, Pieces& out) : report_(report), times_(report.options.time_zone), out_(out) {}

  void Fill(std::string_view slot) {
    if (slot == "title") out_.Add(QuoteForHtml(Title()));
    if (slot == "span") out_.Add(QuoteForHtml(SpanText(report_, times_)));
    if (slot == "verdict") out_.Add(QuoteForHtml(Verdict()));
    if (slot == "choices") WriteChoices();
    if (slot == "version") out_.Add(LOGSTAT_VERSION);
    if (slot == "worst") WriteHtmlFindingsLink(report_, out_);
    if (slot == "summary") WriteSummary();
    if (slot == "findings") WriteHtmlFindings(report_, times_, out_);
    if (slot == "charts") WriteHtmlCharts(report_, times_, out_);
    if (slot == "sections") WriteSections();
  }

 private:
  // Of an input only its name: a path may be of interest to nobody who gets the mail, and be long.
  std::string Title() const {
    const std::vector<InputReport>& inputs = report_.inputs;
    if (inputs.size() != 1) return fmt::format("Access log report: {}", CountOf(inputs.size(), "input"));
    const std::string& path = inputs[0].path;
    return fmt::format("Access log report: {}",
                       path == "-" ? "standard input" : EscapeForTerminal(path.substr(path.rfind('/') + 1)));
  }

  // The format of the only input.
  std::string Verdict() const {
    if (report_.inputs.size() != 1 || report_.inputs[0].format.empty()) return "";
    const InputReport& input = report_.inputs[0];
    return fmt::format("{} (reads {} of {})", EscapeForTerminal(input.format), FormatShare(input.confidence),
                       CountOf(input.lines, "line"));
  }

  void WriteChoices() {
    const Choices choices = MakeChoices(report_.options, times_);
    WriteChoices("Only", choices.filters);
    WriteChoices("Options", choices.settings);
  }

  void WriteChoices(std::string_view label, const std::vector<Choice>& choices) {
    if (choices.empty()) return;
    out_.Add("\n<p class=\"choices\"><b>").Add(label).Add(":</b>");
    std::string_view separator = " ";
    for (const Choice& choice : choices) {
      out_.Add(separator).Add(choice.words).Add(choice.words.empty() || choice.given.empty() ? "" : " ");
      if (!choice.given.empty()) out_.Add("<code>").Add(QuoteForHtml(choice.given)).Add("</code>");
      separator = ", ";
    }
    out_.Add("</p>");
  }

  void WriteSummary() {
    out_.Add("<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n<dl class=\"facts\">\n");
    for (const Fact& fact : Facts(report_)) {
      out_.Add("<div><dt>").Add(fact.label).Add("</dt><dd");
      if (const std::string_view tone = ToneClass(fact.value.tone); !tone.empty()) {
        out_.Add(" class=\"").Add(tone).Add("\"");
      }
      out_.Add(">").Add(fact.estimated ? "≈ " : "").Add(QuoteForHtml(ForPeople(fact.value, times_)));
      if (!fact.unit.empty()) out_.Add("<small>").Add(fact.unit).Add("</small>");
      if (fact.share.kind != Value::Kind::kEmpty) {
        out_.Add("<small>").Add(QuoteForHtml(ForPeople(fact.share, times_))).Add("</small>");
      }
      out_.Add("</dd></div>\n");
    }
    out_.Add("</dl>\n<p class=\"accounting\">").Add(Accounting(report_.totals)).Add("</p>\n");
    WriteProblems();
    out_.Add("</section>\n");
  }

  void WriteProblems() {
    const std::vector<Problem> problems = Problems(report_);
    if (problems.empty()) return;
    out_.Add("<ul class=\"problems\">\n");
    for (const Problem& problem : problems) {
      out_.Add(problem.serious ? "<li class=\"serious\">" : "<li>");
      if (!problem.where.empty()) out_.Add("<code>").Add(QuoteForHtml(problem.where)).Add("</code>: ");
      out_.Add(QuoteForHtml(problem.text)).Add("</li>\n");
    }
    out_.Add("</ul>\n");
  }

  // A heading per section, under it its tables; the inputs are of interest last.
  void WriteSections() {
    std::vector<ReportTable> tables = MakeTables(report_);
    std::stable_partition(tables.begin(), tables.end(),
                          [](const ReportTable& table) { return table.section.has_value(); });
    std::string open;
    for (const ReportTable& table : tables) {
      if (!IsForPeople(table) || table.section == Section::kFindings) continue;  // findings have a form of their own
      if (table.name != open) {
        if (!open.empty()) out_.Add("</section>\n");
        open = table.name;
        out_.Add(fmt::format("<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n", open, Heading(table)));
      }
      const bool folded = table.section == Section::kTimeline || table.rows > kRowsUnfolded;
      if (folded) out_.Add(fmt::format("<details><summary>Table of {}</summary>\n", CountOf(table.rows, "row")));
      WriteHtmlTable(table, times_, out_);
      if (folded) out_.Add("</details>\n");
      if (table.section == Section::kCodes) WriteCodes();
    }
    if (!open.empty()) out_.Add("</section>\n");
  }

  // The title of a table that is alone; of several lists what they have in common.
  static std::string Heading(const ReportTable& table) {
    if (table.list.empty()) return QuoteForHtml(table.title);
    std::string heading = table.name;
    heading[0] = static_cast<char>(heading[0] - 'a' + 'A');
    return heading;
  }

  // What each code that stands for an error means, and whom it hits.
  void WriteCodes() {
    out_.Add("<div class=\"codes\">\n");
    for (const CodeRow* row : WorstFirst(report_)) {
      if (row->code == 0 || row->code >= 400) WriteCode(*row);
    }
    out_.Add("</div>\n");
  }

  void WriteCode(const CodeRow& row) {
    const StatusCode* known = FindStatusCode(row.code);
    const std::string label = CodeLabel(row.code);
    out_.Add(fmt::format("<article id=\"code-{}\"{}>\n<h3><span class=\"{}\">{}</span> {}</h3>\n", label,
                         IsServerError(row.code) ? " class=\"server\"" : "", ToneClass(ToneOfCode(row.code)), label,
                         QuoteForHtml(known == nullptr ? CodeGloss(row.code) : known->name)));
    std::string amounts = fmt::format("{} ({})", CountOf(row.count, "request"), FormatShare(row.share));
    if (row.first_time && row.last_time) {
      amounts += fmt::format(", {}", FormatSpan(times_, *row.first_time, *row.last_time));
    }
    out_.Add("<p class=\"soft\">").Add(QuoteForHtml(amounts)).Add("</p>\n");
    if (known != nullptr) {
      WriteWords("", known->meaning);
      WriteWords("<b>What to do:</b> ", known->operator_advice);
      WriteWords("<b>Today's standard:</b> ", known->standard_note);
    }
    if (TellsReasons(row)) {
      out_.Add("<div class=\"tops\">\n");
      WriteHtmlTops("reason", row.top_reasons, KeyKind::kOther, row.top_reasons_bound, out_, ReasonGloss);
      out_.Add("</div>\n");
    }
    out_.Add("<div class=\"tops\">\n");
    WriteHtmlTops("path", row.top_paths, KeyKind::kRequest, row.top_paths_bound, out_);
    WriteHtmlTops("client", row.top_clients, KeyKind::kOther, row.top_clients_bound, out_);
    out_.Add("</div>\n</article>\n");
  }

  void WriteWords(std::string_view label, std::string_view words) {
    if (!words.empty()) out_.Add("<p>").Add(label).Add(QuoteForHtml(words)).Add("</p>\n");
  }

  const Report& report_;
  TimeFormatter times_;
  Pieces& out_;
};

class HtmlWriter : public Writer {
 public:
  void Write(const Report& report, const Sink& sink) const override {
    Pieces out(sink);
    HtmlReport html(report, out);
    std::string_view page = HtmlTemplate();
    for (size_t open = page.find("{{"); open != std::string_view::npos; open = page.find("{{")) {
      const size_t close = page.find("}}", open);
      out.Add(page.substr(0, open));
      html.Fill(page.substr(open + 2, close - open - 2));
      page.remove_prefix(close + 2);
    }
    out.Add(page);
  }
};

}  // namespace

std::unique_ptr<Writer> MakeHtmlWriter() { return std::make_unique<HtmlWriter>(); }

}  // namespace logstat
