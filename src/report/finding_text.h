// The words of findings that all writers share: visible text (escape.h), secrets masked, whole findings in a sentence.
#ifndef LOGSTAT_SRC_REPORT_FINDING_TEXT_H_
#define LOGSTAT_SRC_REPORT_FINDING_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "logstat/findings.h"
#include "logstat/report.h"
#include "src/report/value.h"

namespace logstat {

// Text from the log that a finding carries: visible, secrets of query strings masked.
std::string VisibleEvidence(std::string_view raw);

// "client 203.0.113.9", "host shop.example", "path /cart of shop.example", "the site".
std::string EntityText(const Finding& finding);

// "414-flood" or, with a verdict, "414-flood (form-get)".
std::string IdText(const Finding& finding);

// The identity of a finding over runs, which no other finding of a report has: its id and entity,
// "414-flood:client:203.0.113.9"; of a path where hosts are told apart also the host,
// "empty-200:path:shop.example/cart"; and of rules whose verdicts are troubles of their own the verdict,
// "421-conn-limit/rate-limit:site:".
std::string FindingKey(const Finding& finding);

// A fact as people read it: "peak share" and "41.2 %", "duration p50" and "30,000 ms".
std::string FactLabel(const EvidenceFact& fact);
std::string FactValue(const EvidenceFact& fact);

// "clients 12, longest run 4,096": the facts in one line; empty: none.
std::string FactsText(const Finding& finding);

// What to do: what the rule advises, then what the catalogue does for the code if that is an error. The same in every
// output.
std::string AdviceText(const Finding& finding);

// "20 events within 1 min": from when on the rule says something.
std::string ThresholdText(const Finding& finding);

// The rules that did not run, by why; within that by id.
struct RulesNotRun {
  std::string why;  // "off", "filtered", "no agent"
  std::vector<std::string_view> ids;
};
std::vector<RulesNotRun> GroupRulesNotRun(const Findings& findings);

// How many rules did not run, and why, in one line; empty: all did.
std::string RulesNotRunText(const Report& report);

// The same of those that do not run under this filter, shorter; empty: there are none.
std::string FilteredRulesText(const Findings& findings);

// Which addresses are proxies, and how to see who is behind them; empty: none are.
std::string ProxiesText(const Findings& findings);

// What else is to be said of the findings: proxies, those that are not listed, lines that no rule saw.
std::vector<std::string> FindingNotes(const Findings& findings);

Tone ToneOfSeverity(Severity severity);

// The worst of all findings, unlisted ones too; empty: there are none.
std::optional<Severity> WorstSeverity(const Findings& findings);

// "6 findings: 1 critical, 2 high, 3 low", "no findings".
std::string CountsText(const Findings& findings);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_FINDING_TEXT_H_
