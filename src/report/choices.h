// What the user chose that changes which lines count or how they were read, for the head of text, Markdown and HTML:
// who gets the report must see that it is about some of the lines only.
//
//   const Choices choices = MakeChoices(report.options, times);
//   for (const Choice& choice : choices.filters) Print(choice.words, choice.given);  // "until 2026-11-22 13:00:00 UTC"
//
// Texts are visible text (escape.h), to be quoted for their medium. Pure functions; thread-safe; results own their
// bytes.
#ifndef LOGSTAT_SRC_REPORT_CHOICES_H_
#define LOGSTAT_SRC_REPORT_CHOICES_H_

#include <string>
#include <vector>

#include "logstat/report.h"
#include "src/report/times.h"

namespace logstat {

struct Choice {
  std::string words;    // ours, may be empty
  std::string given{};  // of the user, behind the words; may be empty
};

struct Choices {
  std::vector<Choice> filters;   // only these lines are counted: of --since, --until, --where
  std::vector<Choice> settings;  // how lines were read: of --client, --trusted-proxy, and a format that was stated
};

// What was left as it is by default is not among them.
Choices MakeChoices(const ReportOptions& options, const TimeFormatter& times);

// All of them on one line: "since 2026-11-22 13:00:00 UTC, status >= 500".
std::string JoinChoices(const std::vector<Choice>& choices);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_CHOICES_H_
