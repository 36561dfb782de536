#include "src/report/text_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "logstat/status_codes.h"
#include "src/report/finding_text.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/text_words.h"

namespace logstat {
namespace {

constexpr size_t kDetail = 4;

Style StyleOf(Severity severity) {
  switch (ToneOfSeverity(severity)) {
    case Tone::kServerError:
      return Style::kServerError;
    case Tone::kClientError:
      return Style::kClientError;
    case Tone::kPlain:
      break;
  }
  return Style::kPlain;
}

void PrintDetail(const TextContext& context, std::string_view label, const std::string& text, Page& page) {
  if (text.empty()) return;
  page.PrintAll(Wrap(context.look, kDetail, fmt::format("{}: {}", label, text)));
}

std::string Tops(const std::vector<EvidenceCount>& tops) {
  std::string text;
  for (const EvidenceCount& top : tops) {
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : ", ", VisibleEvidence(top.key), FormatBound(top.count, top.error));
  }
  return text;
}

void PrintFinding(const TextContext& context, const Finding& finding, Page& page) {
  Line head(context.look);
  head.PadTo(kIndent).Add(SeverityName(finding.severity), StyleOf(finding.severity)).Add(" ");
  head.Add(IdText(finding), Style::kHeading).Add(": ").Add(EntityText(finding));
  page.Print(head);
  page.PrintAll(Wrap(context.look, kDetail, VisibleEvidence(finding.sentence)));
  page.PrintAll(
      Wrap(context.look, kDetail,
           fmt::format("{}, {}; the rule: {}", FormatSpan(context.times, finding.first_time, finding.last_time),
                       CountOf(finding.count, "event"), ThresholdText(finding))));
  if (finding.shared) {
    PrintDetail(context, "several people behind the address", std::string(SharedName(*finding.shared)), page);
  }
  PrintDetail(context, "evidence", FactsText(finding), page);
  PrintDetail(context, "paths", Tops(finding.top_paths), page);
  if (finding.top_clients.size() > 1) PrintDetail(context, "clients", Tops(finding.top_clients), page);
  PrintDetail(context, "users", Tops(finding.top_users), page);
  PrintDetail(context, "agents", Tops(finding.top_agents), page);
  if (const StatusCode* code = finding.code < 0 ? nullptr : FindStatusCode(finding.code)) {
    PrintDetail(context, fmt::format("{} means", CodeLabel(finding.code)), std::string(code->meaning), page);
    PrintDetail(context, "today's standard", std::string(code->standard_note), page);
  }
  PrintDetail(context, "what to do", AdviceText(finding), page);
  for (const LineSample& sample : finding.samples) {
    Line line(context.look);
    line.PadTo(kDetail).Add(fmt::format("{}:{}: ", VisibleEvidence(sample.path), sample.line), Style::kLabel);
    page.Print(line.Add(SampleText(sample)));
  }
  PrintDetail(context, "harmless", std::string(finding.false_positives), page);
  PrintDetail(context, "to tune", finding.tuning, page);
}

// A finding on the screen.
struct ShortFinding {
  std::vector<Line> what;    // happened, and when
  std::vector<Line> advice;  // whole
  size_t advice_lines = 0;   // that are shown
};

// Of `lines` the first `most`, with "…" at the end if there are more.
void Shorten(size_t most, std::vector<Line>& lines) {
  if (lines.size() <= most) return;
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(most), lines.end());
  if (!lines.empty()) lines.back().Add(" …", Style::kLabel);
}

// Where all of the report is of one day, without the date, which stands above.
std::string ShortSpan(const TextContext& context, const Finding& finding) {
  const Totals& totals = context.report.totals;
  const TimeFormatter& times = context.times;
  if (!totals.first_time || !totals.last_time || !times.SameDay(*totals.first_time, *totals.last_time)) {
    return FormatSpan(times, finding.first_time, finding.last_time);
  }
  const std::string first = times.Clock(finding.first_time);
  const std::string last = times.Clock(finding.last_time);
  return first == last ? first : fmt::format("{} – {}", first, last);
}

ShortFinding Shortened(const TextContext& context, const Finding& finding, bool first) {
  constexpr size_t kMostSentenceLines = 3;  // ours need two at 80 columns; a key from the log may be of any length
  constexpr size_t kMostAdviceLines = 2;
  ShortFinding row;
  Line head = LabelledLine(context, first ? "finding" : "");
  head.Add(SeverityName(finding.severity), StyleOf(finding.severity)).Add(" ").Add(IdText(finding)).Add(":");
  row.what = WrapBehind(std::move(head), context.look, kMargin,
                        fmt::format("{} ({})", VisibleEvidence(finding.sentence), ShortSpan(context, finding)));
  Shorten(kMostSentenceLines, row.what);
  const std::string advice = AdviceText(finding);
  if (!advice.empty()) row.advice = WrapBehind(LabelledLine(context, ""), context.look, kMargin, "→ " + advice);
  Shorten(kMostAdviceLines, row.advice);
  return row;
}

// How many deserve a line on the screen: the first ones, since the worst stand first.
size_t FindingsWorthALine(const Findings& findings) {
  return static_cast<size_t>(std::count_if(findings.rows.begin(), findings.rows.end(),
                                           [](const Finding& f) { return f.severity > Severity::kInfo; }));
}

// "2 more: medium auth-rejected (force), low 414-flood (form-get)": those that the screen has no room to tell.
std::vector<Line> OtherFindings(const TextContext& context, std::span<const Finding> untold) {
  if (untold.empty()) return {};
  std::vector<std::string> others;
  for (const Finding& finding : untold) {
    others.push_back(fmt::format("{} {}", SeverityName(finding.severity), IdText(finding)));
  }
  return WrapBehind(LabelledLine(context, ""), context.look, kMargin,
                    fmt::format("{} more: {}", others.size(), fmt::join(others, ", ")));
}

// What has to be known of the findings before one believes that there are no more.
std::vector<Line> NoteLines(const TextContext& context, bool first) {
  std::vector<Line> lines;
  for (const std::string& note : {ProxiesText(context.report.findings), FilteredRulesText(context.report.findings)}) {
    if (note.empty()) continue;
    const std::string_view label = first && lines.empty() ? "finding" : "";
    for (Line& line : WrapBehind(LabelledLine(context, label), context.look, kMargin, note)) lines.push_back(line);
  }
  return lines;
}

}  // namespace

std::vector<Line> FindingLines(const TextContext& context, size_t max_lines, size_t most) {
  const Findings& findings = context.report.findings;
  const std::span<const Finding> worth = std::span(findings.rows).first(FindingsWorthALine(findings));
  std::vector<Line> notes = NoteLines(context, worth.empty());
  Shorten(max_lines, notes);
  size_t left = max_lines - notes.size();
  std::vector<ShortFinding> shown;
  for (const Finding& finding : worth.first(std::min(worth.size(), most))) {
    ShortFinding row = Shortened(context, finding, shown.empty());
    const size_t for_others = shown.size() + 1 < worth.size() ? 1 : 0;
    if (shown.empty()) Shorten(left - std::min(left, for_others), row.what);
    if (row.what.empty() || row.what.size() + for_others > left) break;
    left -= row.what.size();
    shown.push_back(std::move(row));
  }
  std::vector<Line> others;
  if (!shown.empty()) others = OtherFindings(context, worth.subspan(shown.size()));
  Shorten(std::min<size_t>(left, left > 2 ? 2 : 1), others);
  left -= others.size();
  for (const bool whole : {false, true}) {  // a line for each that has none yet, then all of it
    for (ShortFinding& row : shown) {
      const size_t wanted = whole ? row.advice.size() : std::min<size_t>(row.advice.size(), 1);
      const size_t more = std::min(wanted - std::min(wanted, row.advice_lines), left);
      row.advice_lines += more;
      left -= more;
    }
  }
  std::vector<Line> lines;
  for (ShortFinding& row : shown) {
    Shorten(row.advice_lines, row.advice);
    lines.insert(lines.end(), row.what.begin(), row.what.end());
    lines.insert(lines.end(), row.advice.begin(), row.advice.end());
  }
  lines.insert(lines.end(), others.begin(), others.end());
  lines.insert(lines.end(), notes.begin(), notes.end());
  return lines;
}

void PrintFindings(const TextContext& context, bool rule_ids, Page& page) {
  const Findings& findings = context.report.findings;
  for (size_t i = 0; i < findings.rows.size(); ++i) {
    if (i != 0) page.Blank();
    PrintFinding(context, findings.rows[i], page);
  }
  if (!findings.rows.empty()) page.Blank();
  const auto print = [&](const std::string& text) { page.PrintAll(Wrap(context.look, kIndent, text)); };
  if (findings.rows.empty()) print("nothing suspicious");
  for (const std::string& note : FindingNotes(findings)) print(note);
  print(RulesNotRunText(context.report));
  if (!rule_ids) return;
  for (const RulesNotRun& group : GroupRulesNotRun(findings)) {
    Line why(context.look);
    why.PadTo(kDetail).Add(group.why + ":", Style::kLabel);
    page.PrintAll(
        WrapBehind(std::move(why), context.look, kDetail + kIndent, fmt::format("{}", fmt::join(group.ids, ", "))));
  }
}

}  // namespace logstat
