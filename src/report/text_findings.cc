#include "src/report/text_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "logstat/status_codes.h"
#include "src/report/finding_text.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"

namespace logstat {
namespace {

constexpr size_t kIndent = 2;
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

std::string Advice(const Finding& finding) {
  const StatusCode* code = finding.code < 0 ? nullptr : FindStatusCode(finding.code);
  if (!finding.advice.empty() || code == nullptr) return finding.advice;
  return std::string(code->operator_advice);
}

void PrintDetail(const TextContext& context, std::string_view label, const std::string& text, Page& page) {
  if (text.empty()) return;
  page.PrintAll(Wrap(context.look, kDetail, fmt::format("{}: {}", label, text)));
}

std::string Tops(const std::vector<EvidenceCount>& tops) {
  std::string text;
  for (const EvidenceCount& top : tops) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", VisibleEvidence(top.key), FormatCount(top.count));
  }
  return text;
}

void PrintFinding(const TextContext& context, const Finding& finding, Page& page) {
  Line head(context.look);
  head.PadTo(kIndent).Add(SeverityName(finding.severity), StyleOf(finding.severity)).Add(" ");
  head.Add(IdText(finding), Style::kHeading).Add(": ").Add(EntityText(finding));
  page.Print(head);
  page.PrintAll(Wrap(context.look, kDetail, VisibleEvidence(finding.sentence)));
  page.PrintAll(Wrap(
      context.look, kDetail,
      fmt::format("{}, {}; the rule: {} within {}", FormatSpan(context.times, finding.first_time, finding.last_time),
                  CountOf(finding.count, "event"), FormatCount(finding.threshold),
                  FormatDuration(finding.window_seconds))));
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
  PrintDetail(context, "what to do", Advice(finding), page);
  for (const LineSample& sample : finding.samples) {
    Line line(context.look);
    line.PadTo(kDetail).Add(fmt::format("{}:{}: ", VisibleEvidence(sample.path), sample.line), Style::kLabel);
    page.Print(line.Add(SampleText(sample)));
  }
  PrintDetail(context, "to tune", finding.tuning, page);
}

}  // namespace

size_t FindingsWorthALine(const Report& report) {
  return static_cast<size_t>(std::count_if(report.findings.rows.begin(), report.findings.rows.end(),
                                           [](const Finding& f) { return f.severity > Severity::kInfo; }));
}

std::vector<Line> FindingLines(const TextContext& context, size_t most) {
  std::vector<Line> lines;
  most = std::min(most, FindingsWorthALine(context.report));
  for (size_t i = 0; i < most; ++i) {
    const Finding& finding = context.report.findings.rows[i];
    lines.push_back(LabelledLine(context, i == 0 ? "finding" : ""));
    lines.back().Add(SeverityName(finding.severity), StyleOf(finding.severity)).Add(" ").Add(IdText(finding));
    lines.back().Add(": ").Add(VisibleEvidence(finding.sentence));
    lines.push_back(LabelledLine(context, ""));
    lines.back().Add(FormatSpan(context.times, finding.first_time, finding.last_time), Style::kLabel);
    if (const std::string advice = Advice(finding); !advice.empty()) lines.back().Add("  ").Add(advice);
  }
  return lines;
}

void PrintFindings(const TextContext& context, Page& page) {
  const Findings& findings = context.report.findings;
  for (size_t i = 0; i < findings.rows.size(); ++i) {
    if (i != 0) page.Blank();
    PrintFinding(context, findings.rows[i], page);
  }
  if (!findings.rows.empty()) page.Blank();
  const auto print = [&](const std::string& text) { page.PrintAll(Wrap(context.look, kIndent, text)); };
  if (findings.rows.empty()) print("nothing suspicious");
  for (const UnlistedFindings& rest : findings.unlisted) {
    print(fmt::format("{} more of {}, the worst of them {}", FormatCount(rest.count), rest.id,
                      SeverityName(rest.severity)));
  }
  std::string skipped;
  for (const DetectorRow& row : findings.detectors) {
    if (row.state == DetectorState::kRan) continue;
    skipped += fmt::format("{}{} ({})", skipped.empty() ? "" : ", ", row.id,
                           row.state == DetectorState::kOff ? "off" : row.reason);
  }
  if (!skipped.empty()) print(fmt::format("Not looked for: {}", skipped));
  if (findings.late_lines != 0) {
    print(fmt::format("{} more than ten minutes behind newer lines of their input were not looked at",
                      CountOf(findings.late_lines, "line")));
  }
  if (findings.incomplete) print("incomplete: over --max-memory, some lines were seen without those around them");
}

}  // namespace logstat
