#include "src/report/text_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "src/report/keys.h"
#include "src/report/numbers.h"

namespace logstat {
namespace {

constexpr size_t kSentenceKeyCells = 40;  // of a key in the sentence

std::string Named(const Change& change, size_t cells) {
  return fmt::format("{} {}", ChangeFieldName(change.field), PrintableKey(change, cells));
}

std::string What(const Change& change, size_t cells) {
  return change.field == ChangeField::kCode ? change.key : fmt::format("failing requests of {}", Named(change, cells));
}

// "13:02", with its day unless the whole log is of one day.
std::string Minute(const Report& report, const TimeFormatter& times, TimeMs time) {
  const Totals& totals = report.totals;
  const bool one_day = totals.first_time && totals.last_time && times.SameDay(*totals.first_time, *totals.last_time);
  return one_day ? times.ShortClock(time) : fmt::format("{} {}", times.ShortDate(time), times.ShortClock(time));
}

std::string When(const Report& report, const TimeFormatter& times, const Change& change) {
  const std::string since = Minute(report, times, change.since);
  if (change.ongoing) return fmt::format("since {} (ongoing)", since);
  const bool one_day = times.SameDay(change.since, change.until);
  return fmt::format("{} – {} (over)", since,
                     one_day ? times.ShortClock(change.until) : Minute(report, times, change.until));
}

// Whether two changes may be two sides of one incident: they share at least half of the time that either takes, and
// neither has more than twice the rows of the other.
bool Together(const Change& a, const Change& b) {
  const TimeMs shared = std::min(a.until, b.until) - std::max(a.since, b.since);
  const TimeMs either = std::max(a.until, b.until) - std::min(a.since, b.since);
  return 2 * shared >= either && a.count <= 2 * b.count && b.count <= 2 * a.count;
}

const Change* Companion(const Report& report, const Change& top) {
  for (const Change& change : report.changes) {
    const bool other_kind = (change.field == ChangeField::kCode) != (top.field == ChangeField::kCode);
    if (other_kind && Together(change, top)) return &change;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> ChangeSentences(const Report& report, const TimeFormatter& times) {
  const std::optional<Change>& top = report.summary.top_change;
  if (!top) return {};
  const std::string when = When(report, times, *top);
  const std::string shares = fmt::format("{} to {}", FormatShare(top->before), FormatShare(top->after));
  const std::string rose = fmt::format("{}: {} rose from {} of requests", when, What(*top, kSentenceKeyCells), shares);
  std::vector<std::string> wordings;
  if (const Change* companion = Companion(report, *top)) {
    wordings.push_back(fmt::format("{}, with {}", rose, Named(*companion, kSentenceKeyCells)));
  }
  wordings.push_back(rose);
  wordings.push_back(fmt::format("{}: {} rose from {}", when, What(*top, kSentenceKeyCells / 2), shares));
  if (top->field != ChangeField::kCode) {
    wordings.push_back(fmt::format("{}: failing {}, {}", when, Named(*top, kSentenceKeyCells / 2), shares));
  }
  return wordings;
}

void PrintChanges(const TextContext& context, Page& page) {
  Table table({{"since", Align::kLeft},
               {"until", Align::kLeft},
               {"before", Align::kRight},
               {"after", Align::kRight},
               {"failed", Align::kRight},
               {"what", Align::kLeft}});
  for (const Change& change : context.report.changes) {
    const TimeFormatter& times = context.times;
    const bool one_day = times.SameDay(change.since, change.until);
    const std::string until = one_day ? times.ShortClock(change.until) : times.DateAndMinute(change.until);
    table.Add({{times.DateAndMinute(change.since)},
               {change.ongoing ? "ongoing" : until, change.ongoing ? Style::kServerError : Style::kPlain},
               {FormatShare(change.before)},
               {FormatShare(change.after)},
               {FormatCount(change.count)},
               {Named(change, 0)}});
  }
  page.Print(table.Titles(context.look, kIndent));
  page.PrintAll(table.TakeLines(context.look, kIndent));
}

}  // namespace logstat
