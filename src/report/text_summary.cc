#include "src/report/text_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "src/report/choices.h"
#include "src/report/escape.h"
#include "src/report/key_sections.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/text_changes.h"
#include "src/report/text_rates.h"

namespace logstat {
namespace {

std::string InputName(const std::string& path) { return path == "-" ? "standard input" : EscapeForTerminal(path); }

void AddProblems(const TextContext& context, HeadForm form, std::vector<Line>& lines) {
  const std::vector<ReportError>& errors = context.report.errors;
  const size_t max_problems = form == HeadForm::kScreen ? 2 : errors.size();
  if (!context.report.complete) {
    lines.push_back(LabelledLine(context, "partial"));
    lines.back().Add(errors.empty() ? "the run was interrupted: this is what was read until then"
                                    : "not everything could be read: this is what was read",
                     Style::kServerError);
  }
  const size_t shown = errors.size() <= max_problems ? errors.size() : max_problems - 1;
  for (size_t i = 0; i < shown; ++i) {
    lines.push_back(LabelledLine(context, "error"));
    const std::string text = fmt::format("{}: {}", InputName(errors[i].path), EscapeForTerminal(errors[i].message));
    lines.back().Add(text, Style::kServerError);
  }
  if (shown < errors.size()) {
    lines.push_back(LabelledLine(context, "error"));
    lines.back().Add(fmt::format("and {} more", FormatCount(errors.size() - shown)), Style::kServerError);
  }
}

std::string OneInput(const Look& look, const InputReport& input) {
  const std::string format = input.format.empty() ? "format unknown" : EscapeForTerminal(input.format);
  if (input.state == InputState::kNotAccessLog) return InputName(input.path) + ": not an access log";
  if (input.lines == 0) return InputName(input.path) + ": empty";
  const std::string verdict =
      fmt::format("{} (reads {} of {})", format, FormatShare(input.confidence), CountOf(input.lines, "line"));
  const std::string base = input.path.substr(input.path.rfind('/') + 1);
  return FirstThatFits(look, {fmt::format("{}: {}", InputName(input.path), verdict),
                              fmt::format("…/{}: {}", EscapeForTerminal(base), verdict)});
}

// "31 inputs, 812 MiB: 30 combined, 1 common; 1 failed".
std::string ManyInputs(const std::vector<InputReport>& inputs) {
  std::map<std::string, uint64_t> formats;
  uint64_t failed = 0, copies = 0, other = 0, bytes = 0;
  for (const InputReport& input : inputs) {
    bytes += input.bytes;
    if (input.state == InputState::kFailed) {
      ++failed;
    } else if (input.state == InputState::kCopy) {
      ++copies;
    } else if (input.state == InputState::kNotAccessLog) {
      ++other;
    } else {
      ++formats[input.format.empty() ? "of unknown format" : EscapeForTerminal(input.format)];
    }
  }
  std::vector<std::pair<std::string, uint64_t>> most_first(formats.begin(), formats.end());
  std::stable_sort(most_first.begin(), most_first.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> parts;
  for (const auto& [format, count] : most_first) parts.push_back(fmt::format("{} {}", FormatCount(count), format));
  if (failed != 0) parts.push_back(fmt::format("{} failed", FormatCount(failed)));
  if (copies != 0) parts.push_back(fmt::format("{} read once already", FormatCount(copies)));
  if (other != 0) parts.push_back(fmt::format("{} no access log", FormatCount(other)));
  return fmt::format("{}, {}: {}", CountOf(inputs.size(), "input"), FormatSize(bytes), fmt::join(parts, ", "));
}

void AddInputs(const TextContext& context, std::vector<Line>& lines) {
  const std::vector<InputReport>& inputs = context.report.inputs;
  lines.push_back(LabelledLine(context, "input"));
  const bool one = inputs.size() == 1 && inputs[0].state != InputState::kFailed;
  lines.back().Add(one ? OneInput(context.look, inputs[0]) : ManyInputs(inputs));
}

void AddSpan(const TextContext& context, std::vector<Line>& lines) {
  const Totals& totals = context.report.totals;
  if (totals.first_time && totals.last_time) {
    const std::string span = FormatZonedSpan(context.times, *totals.first_time, *totals.last_time);
    const std::string length = FormatDuration((*totals.last_time - *totals.first_time) / 1000);
    const std::string rate = FormatRate(context.report.summary.mean_requests_per_second);
    lines.push_back(LabelledLine(context, "span"));
    lines.back().Add(FirstThatFits(context.look, {fmt::format("{} ({}), {} requests/s", span, length, rate),
                                                  fmt::format("{} ({}), {}/s", span, length, rate)}));
  }
  if (totals.time_unknown == 0 && totals.clock_outliers == 0) return;
  std::vector<std::string> parts;
  if (totals.time_unknown != 0) parts.push_back(FormatCount(totals.time_unknown) + " without a readable time");
  if (totals.clock_outliers != 0)
    parts.push_back(FormatCount(totals.clock_outliers) + " a day or more off their neighbours");
  lines.push_back(LabelledLine(context, "clock"));
  lines.back().Add(
      FirstThatFits(context.look, {fmt::format("{} (counted, but outside the timeline)", fmt::join(parts, ", ")),
                                   fmt::format("{}", fmt::join(parts, ", "))}));
}

// What the user chose: that the report is about some of the lines only, and how they were read.
void AddChoices(const TextContext& context, std::vector<Line>& lines) {
  const Choices choices = MakeChoices(context.report.options, context.times);
  const auto add = [&](std::string_view label, const std::vector<Choice>& chosen) {
    if (chosen.empty()) return;
    lines.push_back(LabelledLine(context, label));
    lines.back().Add(JoinChoices(chosen));
  };
  add("only", choices.filters);
  add("options", choices.settings);
}

// The accounting: nothing is dropped silently.
void AddAccounting(const TextContext& context, std::vector<Line>& lines) {
  const Report& report = context.report;
  const Totals& totals = report.totals;
  std::string text = fmt::format("{} = {} counted", FormatCount(totals.lines), FormatCount(totals.counted));
  if (totals.filtered != 0) text += fmt::format(" + {} filtered", FormatCount(totals.filtered));
  if (totals.rejected != 0) text += fmt::format(" + {} rejected", FormatCount(totals.rejected));
  if (totals.ignored != 0) text += fmt::format(" + {} ignored", FormatCount(totals.ignored));
  const bool any = totals.counted != 0;
  const std::string sent =
      any && report.columns.bytes ? fmt::format(", {} sent", FormatSize(totals.response_bytes)) : "";
  const std::string clients = any && report.columns.client
                                  ? fmt::format(", {}{}", totals.distinct_clients_error > 0 ? "about " : "",
                                                CountOf(totals.distinct_clients, "client"))
                                  : "";
  lines.push_back(LabelledLine(context, "lines"));
  lines.back().Add(FirstThatFits(context.look, {text + sent + clients, text + sent, text + clients, text}));
  if (totals.rejected == 0) return;
  std::vector<std::string> reasons;
  for (const RejectRow& row : report.rejects) {
    reasons.push_back(fmt::format("{} {}", EscapeForTerminal(row.reason), FormatCount(row.count)));
  }
  std::string rejected = fmt::format("{} ({})", FormatCount(totals.rejected), FormatShare(report.summary.reject_share));
  if (!reasons.empty()) rejected += fmt::format(": {}", fmt::join(reasons, ", "));
  lines.push_back(LabelledLine(context, "rejects"));
  lines.back().Add(rejected, Style::kClientError);
}

// The lists that leave rare keys out for want of memory, each with its bound.
void AddBounds(const TextContext& context, std::vector<Line>& lines) {
  const Report& report = context.report;
  std::vector<std::string> parts;
  for (const KeySection& keys : KeySections(report)) {
    if (!keys.exists || keys.bounds.busiest == 0) continue;
    parts.push_back(fmt::format("{} {}", SectionName(keys.section), FormatCount(keys.bounds.busiest)));
    if (keys.bounds.failing != 0) parts.back() += fmt::format(" (failing {})", FormatCount(keys.bounds.failing));
  }
  if (parts.empty()) return;
  const std::string list = fmt::format("{}", fmt::join(parts, ", "));
  lines.push_back(LabelledLine(context, "memory"));
  lines.back().Add(FirstThatFits(
      context.look, {fmt::format("over --max-memory, lists have only what was counted more often than: {}", list),
                     fmt::format("lists have only counts above: {}", list)}));
}

void AddChange(const TextContext& context, std::vector<Line>& lines) {
  const std::vector<std::string> wordings = ChangeSentences(context.report, context.times);
  if (wordings.empty()) return;
  lines.push_back(LabelledLine(context, "changed"));
  lines.back().Add(FirstThatFits(context.look, wordings),
                   context.report.summary.top_change->ongoing ? Style::kServerError : Style::kPlain);
}

Style StyleOfClass(int digit) {
  if (digit == 5 || digit == 6) return Style::kServerError;
  return digit == 4 || digit == 0 ? Style::kClientError : Style::kPlain;
}

// Every class with its share on one line; those of at least half a percent have a bar, as long as there is room.
void AddClasses(const TextContext& context, std::vector<Line>& lines) {
  const std::vector<ClassRow>& classes = context.report.classes;
  if (classes.empty() || !context.Asked(Section::kClasses)) return;
  constexpr double kBarFrom = 0.005;
  constexpr size_t kMaxBar = 60;
  std::vector<std::string> words;
  size_t used = kMargin;
  for (const ClassRow& row : classes) {
    const std::string amount = row.share < 0.0001 ? FormatCount(row.count) : FormatShare(row.share);
    words.push_back(fmt::format("{} {}", ClassLabel(row.digit), amount));
    used += CellCount(words.back()) + 2 + (row.share >= kBarFrom ? 2 : 0);  // a blank, and what rounding up may take
  }
  const size_t width = context.look.Width();
  const size_t room = width > used ? std::min(width - used, kMaxBar) : 0;
  lines.push_back(LabelledLine(context, "classes"));
  for (size_t i = 0; i < classes.size(); ++i) {
    const ClassRow& row = classes[i];
    if (i != 0) lines.back().Add("  ");
    lines.back().Add(words[i], row.share < kBarFrom ? StyleOfClass(row.digit) : Style::kPlain);
    if (room == 0 || row.share < kBarFrom) continue;
    lines.back().Add(" ").Add(Bar(row.share, room), StyleOfClass(row.digit));
  }
}

}  // namespace

std::vector<Line> SummaryLines(const TextContext& context, HeadForm form) {
  std::vector<Line> lines;
  AddProblems(context, form, lines);
  if (context.Asked(Section::kSummary)) {
    AddInputs(context, lines);
    AddSpan(context, lines);
    if (form == HeadForm::kFull) AddRates(context, lines);
  }
  AddChoices(context, lines);
  AddAccounting(context, lines);
  AddBounds(context, lines);
  if (context.Asked(Section::kSummary)) {
    AddChange(context, lines);
    AddErrors(context, form, lines);
  }
  AddClasses(context, lines);
  return lines;
}

}  // namespace logstat
