// The words that all forms of output share: spans, bounds, labels in the margin, the order of codes.
//
//   TextContext context(report, Look{80, false});
//   Line line = LabelledLine(context, "span");
//   line.Add(FormatZonedSpan(context.times, first, last));
//
// A context refers to the report and must not outlive it. Immutable; thread-safe.
#ifndef LOGSTAT_SRC_REPORT_TEXT_WORDS_H_
#define LOGSTAT_SRC_REPORT_TEXT_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/report.h"
#include "src/report/text_layout.h"
#include "src/report/times.h"

namespace logstat {

// The margin that holds the labels of lines: seven cells and two blanks.
inline constexpr size_t kLabelCells = 7;
inline constexpr size_t kMargin = 9;

struct TextContext {
  TextContext(const Report& report, const Look& look) : report(report), look(look), times(report.options.time_zone) {}

  bool Asked(Section section) const { return report.options.sections.Contains(section); }

  const Report& report;
  Look look;
  TimeFormatter times;
};

// A line with its label in the margin.
Line LabelledLine(const TextContext& context, std::string_view label);

// Where wording of different length is possible: the first that fits behind the margin, else the last, which is cut.
std::string FirstThatFits(const Look& look, const std::vector<std::string>& wordings);

// The codes by weight: server errors, client errors and aborted, the rest; by count within each.
std::vector<const CodeRow*> WorstFirst(const Report& report);
Style StyleOfCode(int code);

// "2026-11-21 13:05:01 – 14:20:33": the date stands once if both are of the same day.
std::string FormatSpan(const TimeFormatter& times, TimeMs first, TimeMs last);

// The same with the zone; with that of either end where summer time began or ended between.
std::string FormatZonedSpan(const TimeFormatter& times, TimeMs first, TimeMs last);

// What is said of a list that leaves rare keys out for want of memory.
std::string BoundText(uint64_t bound);

// The count of a row; a bound is "1,204+6": at least 1,204, at most 6 more.
std::string FormatBound(uint64_t count, uint64_t error);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_WORDS_H_
