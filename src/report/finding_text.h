// The words of findings that all writers share: visible text (escape.h), secrets masked, whole findings in a sentence.
#ifndef LOGSTAT_SRC_REPORT_FINDING_TEXT_H_
#define LOGSTAT_SRC_REPORT_FINDING_TEXT_H_

#include <string>
#include <string_view>

#include "logstat/findings.h"
#include "src/report/value.h"

namespace logstat {

// Text from the log that a finding carries: visible, secrets of query strings masked.
std::string VisibleEvidence(std::string_view raw);

// "client 203.0.113.9", "host shop.example", "the site".
std::string EntityText(const Finding& finding);

// "414-flood" or, with a verdict, "414-flood (form-get)".
std::string IdText(const Finding& finding);

// The identity of a finding over runs: its id and entity, "414-flood:client:203.0.113.9".
std::string FindingKey(const Finding& finding);

// "clients 12, longest_run 4,096": the facts in one line; empty: none.
std::string FactsText(const Finding& finding);

Tone ToneOfSeverity(Severity severity);

// The worst of all findings, unlisted ones too; empty: there are none.
std::optional<Severity> WorstSeverity(const Findings& findings);

// "1 critical, 2 high and 3 low findings", "no findings".
std::string CountsText(const Findings& findings);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_FINDING_TEXT_H_
