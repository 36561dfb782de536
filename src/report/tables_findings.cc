#include "src/report/tables_findings.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "src/report/finding_text.h"
#include "src/report/keys.h"

namespace logstat {
namespace {

// Where the first sample stands, "access.log:1204".
std::string FirstSample(const Finding& finding) {
  if (finding.samples.empty()) return "";
  return fmt::format("{}:{}", VisibleEvidence(finding.samples[0].path), finding.samples[0].line);
}

std::string Note(const Findings& findings) {
  std::string note = CountsText(findings) + ".";
  for (const std::string& more : {FilteredRulesText(findings), ProxiesText(findings)}) {
    if (!more.empty()) note += " " + more + ".";
  }
  return note;
}

}  // namespace

void AddFindingTables(const Report& report, std::vector<ReportTable>& tables) {
  ReportTable table{.name = std::string(SectionName(Section::kFindings)),
                    .title = "Findings",
                    .note = report.columns.time ? Note(report.findings) : "",
                    .section = Section::kFindings,
                    .read = report.columns.time};
  table.columns = {LabelColumn("severity", "severity"),
                   LabelColumn("id", "finding"),
                   LabelColumn("verdict", "verdict"),
                   KeyColumn("entity", "who or what"),
                   NumberColumn("count", "events"),
                   LabelColumn("first_time", "first"),
                   LabelColumn("last_time", "last"),
                   LabelColumn("sentence", "what happened"),
                   LabelColumn("evidence"),
                   LabelColumn("sample", "first line"),
                   NumberColumn("threshold"),
                   NumberColumn("window_seconds"),
                   LabelColumn("shared"),
                   LabelColumn("advice", "what to do")};
  table.rows = report.findings.rows.size();
  table.row = [&report](size_t i) {
    const Finding& finding = report.findings.rows[i];
    return std::vector<Value>{Value::Words(SeverityName(finding.severity), ToneOfSeverity(finding.severity)),
                              Value::Words(finding.id),
                              Value::Words(finding.verdict),
                              Value::Text(EntityText(finding)),
                              Value::Count(finding.count),
                              Value::Time(finding.first_time),
                              Value::Time(finding.last_time),
                              Value::Text(VisibleEvidence(finding.sentence)),
                              Value::Text(FactsText(finding)),
                              Value::Text(FirstSample(finding)),
                              Value::Count(finding.threshold),
                              Value::Count(static_cast<uint64_t>(finding.window_seconds)),
                              finding.shared ? Value::Words(SharedName(*finding.shared)) : Value{},
                              Value::Words(AdviceText(finding))};
  };
  tables.push_back(std::move(table));
}

}  // namespace logstat
