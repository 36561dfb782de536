#include "src/analysis/assemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "src/base/ratio.h"

namespace logstat {
namespace {

uint64_t Rejected(const KindCounts& kinds) {
  uint64_t rejected = 0;
  for (size_t kind = 0; kind < kLineKindCount; ++kind) {
    if (IsRejected(static_cast<LineKind>(kind))) rejected += kinds[kind];
  }
  return rejected;
}

std::string HoleWarning(uint64_t holes) {
  return fmt::format(
      "{} with NUL bytes, which were skipped: the log was truncated under a writer that does not append; rotate it by "
      "renaming",
      holes == 1 ? "1 line begins" : fmt::format("{} lines begin", holes));
}

// Logs that were put one behind the other with the newest first: empty if hardly any line is late.
std::string LateWarning(uint64_t late_lines, uint64_t counted) {
  if (late_lines * 100 <= counted) return "";
  return fmt::format(
      "findings did not see {:.0f} % of the lines, which are more than ten minutes older than lines above them: give "
      "rotated logs as files of their own, in any order, or put the oldest first",
      100 * Ratio(late_lines, counted));
}

uint64_t Count(const KindCounts& kinds, LineKind kind) { return kinds[static_cast<size_t>(kind)]; }

InputReport MakeInput(const Plan& plan, const Accounts& accounts, bool interrupted, size_t index) {
  const PlannedInput& planned = plan.inputs.inputs[index];
  const InputOutcome& outcome = accounts.outcomes[index];
  const InputAccount& account = accounts.ledger.account(index);
  InputReport input;
  input.path = planned.path;
  input.state = outcome.state;
  input.format = outcome.format;
  input.runner_up = outcome.runner_up;
  input.runner_up_share = outcome.runner_up_share;
  input.near_miss = outcome.near_miss;
  input.lines = account.lines;
  input.rejected = Rejected(account.kinds);
  input.bytes = account.bytes;
  const bool was_read = outcome.state == InputState::kRead || outcome.state == InputState::kPartial;
  if (was_read && CanCountBodylessLines(plan.columns)) {
    const bool stated = outcome.byte_meaning != ByteMeaning::kUnknown;
    input.byte_meaning = stated ? outcome.byte_meaning : MeaningOfBytes(account.bodyless);
  }
  input.confidence =
      Ratio(Count(account.kinds, LineKind::kCounted), account.lines - Count(account.kinds, LineKind::kIgnored));
  input.error = outcome.error;
  if (planned.copy_of.has_value()) input.copy_of = plan.inputs.inputs[*planned.copy_of].path;
  if (interrupted && input.state == InputState::kRead && !outcome.ended) input.state = InputState::kPartial;
  if (account.lost_bytes) {
    input.state = InputState::kPartial;
    input.error = fmt::format(
        "shrank to {} bytes while it was being read; {} bytes counted: run again, or rotate the log by renaming it",
        accounts.notes[index].shrunk_to.load(), account.bytes);
  }
  return input;
}

bool HasReasons(const CodeRow& row) { return !row.top_reasons.empty() || row.top_reasons_bound != 0; }

// What a format without requests has not got: that its lines have none tells nothing.
void DropRequests(const ColumnSet& of_logs, Report* report) {
  if (of_logs.empty()) return;
  if (!of_logs.Contains(Field::kMethod)) report->methods.clear();
  if (of_logs.Contains(Field::kPath)) return;
  report->paths.clear();
  report->failing_paths.clear();
  for (CodeRow& row : report->codes) row.top_paths.clear();
}

// The columns that were read. Hosts exist if at least one line had one: in formats without them only requests in
// absolute form do, and a list that says "none" of every line tells nothing. So do reasons, which few formats have.
// Byte counts exist if the logs have them: of a log without, "0 B sent" would be wrong.
void FillColumns(const ColumnSet& read, const ColumnSet& of_logs, Report* report) {
  ColumnsRead& columns = report->columns;
  columns.time = read.Contains(Field::kTime);
  columns.bytes = read.Contains(Field::kBytes) && (of_logs.empty() || of_logs.Contains(Field::kBytes));
  columns.client = read.Contains(Field::kClient);
  columns.path = read.Contains(Field::kPath);
  columns.method = read.Contains(Field::kMethod);
  columns.reason = std::any_of(report->codes.begin(), report->codes.end(), HasReasons);
  const auto has_p95 = [](const std::vector<KeyRow>& rows) {
    return std::any_of(rows.begin(), rows.end(), [](const KeyRow& row) { return row.p95_us.has_value(); });
  };
  columns.duration = report->durations.overall.count != 0 || has_p95(report->paths) || has_p95(report->failing_paths);
  // An emptied list has a bound.
  const bool no_host = report->hosts.empty()
                           ? report->host_bounds.busiest == 0
                           : report->hosts[0].missing && report->hosts[0].count == report->totals.counted;
  columns.host = read.Contains(Field::kHost) && !no_host;
  columns.upstream = !report->upstreams.empty() || report->upstream_bounds.busiest != 0;
  columns.referrer = !report->referrers.empty() || report->referrer_bounds.busiest != 0;
  columns.agent = !report->agents.empty() || report->agent_bounds.busiest != 0;
  if (columns.host) return;
  report->hosts.clear();
  report->failing_hosts.clear();
}

}  // namespace

ReportOptions MakeReportOptions(const Options& options) {
  ReportOptions shown;
  shown.format = options.format;
  shown.sections = options.sections;
  shown.top = options.top;
  shown.time_zone = options.time_zone;
  shown.interval_seconds = options.interval_seconds;
  shown.since = options.since;
  shown.until = options.until;
  shown.where = options.where;
  shown.client_field = options.client_field;
  shown.trusted_proxies = options.trusted_proxies;
  return shown;
}

Report FailedReport(const Options& options, const std::string& why) {
  Report report;
  report.options = MakeReportOptions(options);
  report.complete = false;
  report.errors.push_back(ReportError{"", why});
  return report;
}

void FillAccounts(const Plan& plan, const Accounts& accounts, bool interrupted, Report* report) {
  Totals& totals = report->totals;
  DropRequests(accounts.fields, report);
  FillColumns(plan.columns, accounts.fields, report);
  report->warnings = plan.inputs.warnings;
  if (report->timeline.coarsened) {
    report->warnings.push_back(
        fmt::format("--interval: lines are in more than 4,096 steps of {} s; the timeline has steps of {} s",
                    report->options.interval_seconds.value_or(0), report->timeline.interval_seconds));
  }
  if (std::string warning = LateWarning(report->findings.late_lines, totals.counted); !warning.empty()) {
    report->warnings.push_back(std::move(warning));
  }
  report->complete = !interrupted;
  std::vector<std::string> paths;
  for (size_t i = 0; i < plan.inputs.inputs.size(); ++i) {
    InputReport input = MakeInput(plan, accounts, interrupted, i);
    const InputAccount& account = accounts.ledger.account(i);
    totals.lines += account.lines;
    totals.ignored += Count(account.kinds, LineKind::kIgnored);
    totals.rejected += input.rejected;
    totals.bytes_read += account.bytes;
    paths.push_back(input.path);
    const auto warn = [&](const std::string& warning) {
      report->warnings.push_back(fmt::format("{}: {}", input.path == "-" ? "standard input" : input.path, warning));
    };
    if (const std::string& warning = accounts.outcomes[i].warning; !warning.empty()) warn(warning);
    if (const uint64_t holes = accounts.notes[i].holes; holes != 0) warn(HoleWarning(holes));
    if (!input.error.empty()) {
      report->errors.push_back(ReportError{input.path, input.error});
      report->complete = false;
    }
    report->inputs.push_back(std::move(input));
  }
  totals.filtered = accounts.filtered;
  if (totals.counted == 0 && totals.filtered > 0 && IsTime(accounts.newest_time)) {
    totals.newest_time = accounts.newest_time;
  }
  report->summary.reject_share = Ratio(totals.rejected, totals.lines - totals.ignored);
  if (report->options.sections.Contains(Section::kRejects)) report->rejects = accounts.rejects.Rows(paths);
}

}  // namespace logstat
