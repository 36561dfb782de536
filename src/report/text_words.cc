#include "src/report/text_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "src/report/escape.h"
#include "src/report/numbers.h"

namespace logstat {

Line LabelledLine(const TextContext& context, std::string_view label) {
  Line line(context.look);
  line.Add(label, Style::kLabel).PadTo(kMargin);
  return line;
}

std::string FirstThatFits(const Look& look, const std::vector<std::string>& wordings) {
  for (const std::string& wording : wordings) {
    if (look.columns == 0 || kMargin + CellCount(wording) <= look.columns) return wording;
  }
  return wordings.back();
}

std::vector<const CodeRow*> WorstFirst(const Report& report) {
  std::vector<const CodeRow*> codes;
  for (const CodeRow& row : report.codes) codes.push_back(&row);
  const auto weight = [](const CodeRow* row) {
    if (IsServerError(row->code)) return 0;
    return IsClientError(row->code) || IsAborted(row->code) ? 1 : 2;
  };
  std::stable_sort(codes.begin(), codes.end(),
                   [&](const CodeRow* a, const CodeRow* b) { return weight(a) < weight(b); });
  return codes;
}

Style StyleOfCode(int code) {
  if (IsServerError(code)) return Style::kServerError;
  return IsClientError(code) || IsAborted(code) ? Style::kClientError : Style::kPlain;
}

std::string FormatSpan(const TimeFormatter& times, TimeMs first, TimeMs last) {
  if (first / 1000 == last / 1000) return times.DateAndTime(first);
  const bool same_day = times.SameDay(first, last);
  return fmt::format("{} – {}", times.DateAndTime(first), same_day ? times.Clock(last) : times.DateAndTime(last));
}

std::string FormatZonedSpan(const TimeFormatter& times, TimeMs first, TimeMs last) {
  const auto with_zone = [&](const std::string& text, TimeMs time) {
    const std::string zone = " " + times.Zone(time);
    return text.ends_with(zone) ? text : text + zone;
  };
  if (times.Zone(first) == times.Zone(last)) return with_zone(FormatSpan(times, first, last), last);
  const std::string end = times.SameDay(first, last) ? times.Clock(last) : times.DateAndTime(last);
  return fmt::format("{} – {}", with_zone(times.DateAndTime(first), first), with_zone(end, last));
}

std::string BoundText(uint64_t bound) {
  return fmt::format("over --max-memory: only what was counted more than {}", CountOf(bound, "time"));
}

std::string FormatBound(uint64_t count, uint64_t error) {
  return error == 0 ? FormatCount(count) : fmt::format("{}+{}", FormatCount(count), FormatCount(error));
}

}  // namespace logstat
