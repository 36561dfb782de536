// The head of a report in the words that Markdown, HTML and text share: amounts, span, accounting, problems.
//
//   for (const Fact& fact : Facts(report)) Print(fact.label, ForPeople(fact.value, times));
//   Print(Accounting(report.totals));     // "12 lines = 10 counted + 0 filtered + 2 rejected + 0 ignored"
//
// Texts are visible text (escape.h), to be quoted for their medium. Pure functions; thread-safe.
#ifndef LOGSTAT_SRC_REPORT_FACTS_H_
#define LOGSTAT_SRC_REPORT_FACTS_H_

#include <string>
#include <vector>

#include "logstat/report.h"
#include "src/report/times.h"
#include "src/report/value.h"

namespace logstat {

struct Fact {
  std::string label;
  Value value;
  Value share{};       // of the counted lines; empty: there is none
  std::string unit{};  // behind the value: "requests/s"
  bool estimated = false;
};

// Those that have something to say: requests, errors by kind, what was sent, clients, rates, errors recently and
// before.
std::vector<Fact> Facts(const Report& report);

// Server errors, client errors and aborted requests over all codes.
Outcomes SumOutcomes(const std::vector<CodeRow>& codes);

// Nothing is dropped silently: all four terms, also those that are 0.
std::string Accounting(const Totals& totals);

// "2026-11-21 00:00:03 – 23:59:59 UTC (23 h 59 min)"; empty: no line has a readable time.
std::string SpanText(const Report& report, const TimeFormatter& times);

// What is wrong with the report as a whole or should be known when reading it: one sentence each.
struct Problem {
  bool serious = false;
  std::string where{};  // an input; empty: the run
  std::string text;
};
std::vector<Problem> Problems(const Report& report);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_FACTS_H_
