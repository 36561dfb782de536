#include "src/report/facts.h"

#include <fmt/format.h>

#include "src/base/ratio.h"
#include "src/report/escape.h"
#include "src/report/numbers.h"
#include "src/report/text_changes.h"
#include "src/report/text_words.h"

namespace logstat {

Outcomes SumOutcomes(const std::vector<CodeRow>& codes) {
  Outcomes sum;
  for (const CodeRow& row : codes) {
    if (IsServerError(row.code)) sum.server_errors += row.count;
    if (IsClientError(row.code)) sum.client_errors += row.count;
    if (IsAborted(row.code)) sum.aborted += row.count;
  }
  return sum;
}

namespace {

void AddRateFacts(const Summary& summary, std::vector<Fact>& facts) {
  facts.push_back(
      {.label = "Peak minute", .value = Value::Rate(summary.peak_minute_requests_per_second), .unit = "requests/s"});
  facts.push_back({.label = "Last 5 minutes",
                   .value = Value::Rate(summary.last_5_minutes_requests_per_second),
                   .unit = "requests/s"});
  const auto add_share = [&](const char* label, const std::optional<double>& rate) {
    if (rate) facts.push_back({.label = label, .value = Value::Share(*rate, Tone::kServerError)});
  };
  add_share("Server errors recently", summary.recent_error_rate);
  add_share("Server errors before", summary.error_rate_before);
}

}  // namespace

std::vector<Fact> Facts(const Report& report) {
  const Totals& totals = report.totals;
  std::vector<Fact> facts = {{.label = "Requests", .value = Value::Count(totals.counted)}};
  const auto add_errors = [&](const char* label, uint64_t count, Tone tone) {
    const double share = Ratio(count, totals.counted);
    facts.push_back({.label = label, .value = Value::Count(count, tone), .share = Value::Share(share, tone)});
  };
  if (!report.codes.empty()) {
    const Outcomes sum = SumOutcomes(report.codes);
    add_errors("Server errors", sum.server_errors, Tone::kServerError);
    add_errors("Client errors", sum.client_errors, Tone::kClientError);
    add_errors("Aborted", sum.aborted, Tone::kClientError);
  }
  if (report.columns.bytes) facts.push_back({.label = "Sent", .value = Value::Bytes(totals.response_bytes)});
  if (report.columns.client) {
    facts.push_back({.label = "Clients",
                     .value = Value::Count(totals.distinct_clients),
                     .estimated = totals.distinct_clients_error > 0});
  }
  if (totals.first_time) {
    facts.push_back(
        {.label = "Mean rate", .value = Value::Rate(report.summary.mean_requests_per_second), .unit = "requests/s"});
    if (report.options.sections.Contains(Section::kSummary)) AddRateFacts(report.summary, facts);
  }
  return facts;
}

std::string Accounting(const Totals& totals) {
  return fmt::format("{} = {} counted + {} filtered + {} rejected + {} ignored", CountOf(totals.lines, "line"),
                     FormatCount(totals.counted), FormatCount(totals.filtered), FormatCount(totals.rejected),
                     FormatCount(totals.ignored));
}

std::string SpanText(const Report& report, const TimeFormatter& times) {
  const Totals& totals = report.totals;
  if (!totals.first_time || !totals.last_time) return "";
  return fmt::format("{} ({})", FormatZonedSpan(times, *totals.first_time, *totals.last_time),
                     FormatDuration((*totals.last_time - *totals.first_time) / 1000));
}

std::vector<Problem> Problems(const Report& report) {
  std::vector<Problem> problems;
  if (!report.complete) {
    problems.push_back({.serious = true,
                        .text = report.errors.empty() ? "The run was interrupted: this is what was read until then."
                                                      : "Not everything could be read: this is what was read."});
  }
  for (const ReportError& error : report.errors) {
    problems.push_back({.serious = true,
                        .where = error.path == "-" ? "standard input" : EscapeForTerminal(error.path),
                        .text = EscapeForTerminal(error.message)});
  }
  const std::vector<std::string> change = ChangeSentences(report, TimeFormatter(report.options.time_zone));
  if (!change.empty()) problems.push_back({.text = fmt::format("Changed most: {}.", change.front())});
  const Totals& totals = report.totals;
  if (totals.rejected != 0) {
    problems.push_back({.text = fmt::format("{} rejected ({}).", CountOf(totals.rejected, "line"),
                                            FormatShare(report.summary.reject_share))});
  }
  if (totals.time_unknown != 0) {
    problems.push_back({.text = fmt::format("{} without a readable time: counted, but outside the timeline.",
                                            CountOf(totals.time_unknown, "line"))});
  }
  if (totals.clock_outliers != 0) {
    problems.push_back({.text = fmt::format("{} a day or more off their neighbours: counted, but outside the timeline.",
                                            CountOf(totals.clock_outliers, "line"))});
  }
  return problems;
}

}  // namespace logstat
