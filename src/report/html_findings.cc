#include "src/report/html_findings.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/status_codes.h"
#include "src/report/escape.h"
#include "src/report/finding_text.h"
#include "src/report/html_tables.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/text_words.h"

namespace logstat {
namespace {

bool IsAsked(const Report& report) {
  return report.options.sections.Contains(Section::kFindings) && report.columns.time;
}

void WriteFact(std::string_view label, std::string_view value, Pieces& out) {
  if (value.empty()) return;
  out.Add("<div><dt>").Add(QuoteForHtml(label)).Add("</dt><dd>").Add(QuoteForHtml(value)).Add("</dd></div>\n");
}

void WriteWords(std::string_view label, std::string_view words, Pieces& out) {
  if (words.empty()) return;
  out.Add("<p><b>").Add(QuoteForHtml(label)).Add(":</b> ").Add(QuoteForHtml(words)).Add("</p>\n");
}

// What is seen of it while it is closed.
void WriteHead(const Finding& finding, const TimeFormatter& times, Pieces& out) {
  const std::string_view severity = SeverityName(finding.severity);
  out.Add("<summary><h3><span class=\"severity\">").Add(severity).Add("</span> ");
  out.Add(QuoteForHtml(finding.title)).Add(" <code>").Add(QuoteForHtml(IdText(finding))).Add("</code></h3>\n");
  out.Add("<span class=\"sentence\">").Add(QuoteForHtml(VisibleEvidence(finding.sentence))).Add("</span>\n");
  out.Add("<span class=\"soft\">").Add(QuoteForHtml(EntityText(finding))).Add(" · ");
  out.Add(QuoteForHtml(FormatSpan(times, finding.first_time, finding.last_time))).Add("</span></summary>\n");
}

void WriteFacts(const Finding& finding, const TimeFormatter& times, Pieces& out) {
  out.Add("<dl class=\"evidence\">\n");
  WriteFact("who or what", EntityText(finding), out);
  WriteFact("events", FormatCount(finding.count), out);
  WriteFact("first", times.DateAndTime(finding.first_time), out);
  WriteFact("last", times.DateAndTime(finding.last_time), out);
  WriteFact("rule", ThresholdText(finding), out);
  if (finding.shared) WriteFact("several people behind the address", SharedName(*finding.shared), out);
  for (const EvidenceFact& fact : finding.facts) WriteFact(FactLabel(fact), FactValue(fact), out);
  out.Add("</dl>\n");
}

void WriteTops(std::string_view what, const std::vector<EvidenceCount>& tops, KeyKind kind, Pieces& out) {
  std::vector<KeyCount> rows;
  for (const EvidenceCount& top : tops) {
    KeyCount row;
    row.key = top.key;
    row.key_bytes = top.key.size();
    row.count = top.count;
    row.error = top.error;
    rows.push_back(std::move(row));
  }
  WriteHtmlTops(what, rows, kind, 0, out);
}

void WriteAllTops(const Finding& finding, Pieces& out) {
  if (finding.top_paths.empty() && finding.top_clients.empty() && finding.top_agents.empty() &&
      finding.top_users.empty()) {
    return;
  }
  out.Add("<div class=\"tops\">\n");
  WriteTops("path", finding.top_paths, KeyKind::kRequest, out);
  WriteTops("client", finding.top_clients, KeyKind::kOther, out);
  WriteTops("user", finding.top_users, KeyKind::kOther, out);
  WriteTops("user agent", finding.top_agents, KeyKind::kOther, out);
  out.Add("</div>\n");
}

void WriteSamples(const Finding& finding, Pieces& out) {
  if (finding.samples.empty()) return;
  out.Add("<h4>").Add(finding.samples.size() == 1 ? "Line" : "Lines");
  out.Add(" <small>file:line:byte</small></h4>\n<ol class=\"samples\">\n");
  for (const LineSample& sample : finding.samples) {
    const std::string place = fmt::format("{}:{}:{}", VisibleEvidence(sample.path), sample.line, sample.offset);
    out.Add("<li><span class=\"soft\">").Add(QuoteForHtml(place)).Add("</span> <code>");
    out.Add(QuoteForHtml(SampleText(sample))).Add("</code></li>\n");
  }
  out.Add("</ol>\n");
}

void WriteWhatToDo(const Finding& finding, Pieces& out) {
  if (const StatusCode* code = finding.code < 0 ? nullptr : FindStatusCode(finding.code)) {
    WriteWords(fmt::format("{} {}", CodeLabel(finding.code), code->name), code->meaning, out);
    WriteWords("Today's standard", code->standard_note, out);
  }
  WriteWords("What to do", AdviceText(finding), out);
  WriteWords("When it is harmless", finding.false_positives, out);
  if (finding.tuning.empty()) return;
  out.Add("<p><b>To tune or silence it:</b> <code>").Add(QuoteForHtml(finding.tuning)).Add("</code></p>\n");
}

void WriteFinding(const Finding& finding, size_t number, const TimeFormatter& times, Pieces& out) {
  out.Add(fmt::format("<details class=\"finding {}\" id=\"finding-{}\"{}>\n", SeverityName(finding.severity), number,
                      finding.severity >= Severity::kHigh ? " open" : ""));
  WriteHead(finding, times, out);
  WriteFacts(finding, times, out);
  WriteAllTops(finding, out);
  WriteSamples(finding, out);
  WriteWhatToDo(finding, out);
  out.Add("</details>\n");
}

void WriteRulesNotRun(const Report& report, Pieces& out) {
  const std::string all = RulesNotRunText(report);
  if (all.empty()) return;
  out.Add("<details class=\"rules\"><summary>").Add(QuoteForHtml(all)).Add("</summary>\n<ul>\n");
  for (const RulesNotRun& group : GroupRulesNotRun(report.findings)) {
    out.Add("<li>").Add(QuoteForHtml(group.why)).Add(": <code>");
    out.Add(QuoteForHtml(fmt::format("{}", fmt::join(group.ids, ", ")))).Add("</code></li>\n");
  }
  out.Add("</ul>\n</details>\n");
}

}  // namespace

void WriteHtmlFindings(const Report& report, const TimeFormatter& times, Pieces& out) {
  if (!IsAsked(report)) return;
  out.Add("<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings</h2>\n");
  const std::string counts =
      report.findings.rows.empty() ? std::string("nothing suspicious") : CountsText(report.findings);
  out.Add("<p class=\"soft\">").Add(QuoteForHtml(counts)).Add("</p>\n");
  size_t number = 0;
  for (const Finding& finding : report.findings.rows) WriteFinding(finding, ++number, times, out);
  for (const std::string& note : FindingNotes(report.findings)) {
    out.Add("<p class=\"soft\">").Add(QuoteForHtml(note)).Add("</p>\n");
  }
  WriteRulesNotRun(report, out);
  out.Add("</section>\n");
}

void WriteHtmlFindingsLink(const Report& report, Pieces& out) {
  const std::optional<Severity> worst = WorstSeverity(report.findings);
  if (!IsAsked(report) || !worst) return;
  out.Add(fmt::format("\n<p class=\"worst {}\"><a href=\"#findings\">{}</a></p>", SeverityName(*worst),
                      QuoteForHtml(CountsText(report.findings))));
}

}  // namespace logstat
