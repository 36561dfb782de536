#include "src/report/prometheus.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "src/catalog/agents.h"
#include "src/report/escape.h"
#include "src/report/facts.h"
#include "src/report/key_sections.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/pieces.h"

namespace logstat {
namespace {

constexpr size_t kMostKeys = 20;
constexpr size_t kKeyCells = 120;

// One family after the other: its head once, then its samples.
class Families {
 public:
  explicit Families(Pieces& out) : out_(out) {}

  Families& Begin(std::string_view name, std::string_view help) {
    name_ = fmt::format("logstat_{}", name);
    out_.Add(fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name_, help, name_));
    return *this;
  }
  Families& Sample(uint64_t value) { return Line("", fmt::format("{}", value)); }
  Families& Sample(double value) { return Line("", fmt::format("{}", value)); }
  // `visible` is visible text (escape.h).
  Families& Sample(std::string_view label, std::string_view visible, uint64_t value) {
    return Line(fmt::format("{{{}=\"{}\"}}", label, QuoteForLabel(visible)), fmt::format("{}", value));
  }

 private:
  Families& Line(std::string_view labels, std::string_view value) {
    out_.Add(name_).Add(labels).Add(" ").Add(value).Add("\n");
    return *this;
  }

  Pieces& out_;
  std::string name_;
};

void WriteTotals(const Report& report, Families& out) {
  const Totals& totals = report.totals;
  out.Begin("info", "The release of logstat that wrote this.").Sample("version", LOGSTAT_VERSION, 1);
  out.Begin("complete", "1, or 0 after an interrupt or an input error.").Sample(uint64_t{report.complete ? 1u : 0u});
  out.Begin("read_lines", "Lines read: the sum of logstat_lines over its outcomes.").Sample(totals.lines);
  out.Begin("lines", "Lines by what became of them.")
      .Sample("outcome", "counted", totals.counted)
      .Sample("outcome", "filtered", totals.filtered)
      .Sample("outcome", "rejected", totals.rejected)
      .Sample("outcome", "ignored", totals.ignored);
  out.Begin("read_bytes", "Decoded bytes read.").Sample(totals.bytes_read);
  if (report.columns.bytes) out.Begin("response_bytes", "Bytes sent to clients.").Sample(totals.response_bytes);
  if (report.columns.client) {
    out.Begin("distinct_clients", "Clients told apart.").Sample(totals.distinct_clients);
    out.Begin("distinct_clients_error_ratio", "Relative standard error of logstat_distinct_clients; 0 is exact.")
        .Sample(RoundToMicro(totals.distinct_clients_error));
  }
  if (totals.first_time && totals.last_time) {
    out.Begin("first_line_timestamp_seconds", "Time of the oldest line.")
        .Sample(static_cast<double>(*totals.first_time) / 1000);
    out.Begin("last_line_timestamp_seconds", "Time of the newest line.")
        .Sample(static_cast<double>(*totals.last_time) / 1000);
  }
  std::map<std::string_view, uint64_t> states;
  for (const InputReport& input : report.inputs) ++states[InputStateName(input.state)];
  out.Begin("inputs", "Inputs by what became of them.");
  for (const auto& [state, count] : states) out.Sample("state", state, count);
}

void WriteSummary(const Report& report, Families& out) {
  if (!report.options.sections.Contains(Section::kSummary)) return;
  out.Begin("server_error_ratio", "Server errors (5xx and 6xx) of the counted lines.")
      .Sample(RoundToMicro(report.summary.error_rate));
  out.Begin("reject_ratio", "Rejected lines of those that are not ignored.")
      .Sample(RoundToMicro(report.summary.reject_share));
  if (report.columns.time) {
    out.Begin("mean_requests_per_second", "Counted lines with a time over the span of the log.")
        .Sample(RoundToMicro(report.summary.mean_requests_per_second));
  }
}

void WriteFindings(const Report& report, Families& out) {
  if (!report.options.sections.Contains(Section::kFindings) || !report.columns.time) return;
  out.Begin("findings", "Findings by severity.");
  for (size_t i = 0; i < kSeverityCount; ++i) {
    out.Sample("severity", SeverityName(static_cast<Severity>(i)), report.findings.by_severity[i]);
  }
  std::map<std::string_view, uint64_t> by_id;
  for (const DetectorRow& row : report.findings.detectors) {
    if (row.state == DetectorState::kRan) by_id[row.id] = 0;
  }
  for (const Finding& finding : report.findings.rows) ++by_id[finding.id];
  for (const UnlistedFindings& rest : report.findings.unlisted) by_id[rest.id] += rest.count;
  out.Begin("findings_by_rule", "Findings of each rule that ran.");
  for (const auto& [id, count] : by_id) out.Sample("id", id, count);
}

void WriteStatus(const Report& report, Families& out) {
  const SectionSet& sections = report.options.sections;
  if (sections.Contains(Section::kClasses)) {
    out.Begin("class_requests", "Counted lines by status class; 0xx: no status was sent.");
    for (const ClassRow& row : report.classes) out.Sample("class", ClassLabel(row.digit), row.count);
  }
  if (sections.Contains(Section::kCodes)) {
    out.Begin("code_requests", "Counted lines by status code; 0: no status was sent.");
    for (const CodeRow& row : report.codes) out.Sample("code", CodeLabel(row.code), row.count);
    if (report.columns.bytes) {
      out.Begin("code_response_bytes", "Bytes sent to clients by status code.");
      for (const CodeRow& row : report.codes) out.Sample("code", CodeLabel(row.code), row.bytes);
    }
    const Outcomes sum = SumOutcomes(report.codes);
    out.Begin("error_requests", "Counted lines by kind of error.")
        .Sample("kind", "server", sum.server_errors)
        .Sample("kind", "client", sum.client_errors)
        .Sample("kind", "aborted", sum.aborted);
  }
  if (sections.Contains(Section::kRejects)) {
    std::map<std::string, uint64_t> reasons;
    for (const RejectRow& row : report.rejects) reasons[EscapeForTerminal(row.reason)] += row.count;
    out.Begin("rejected_lines", "Rejected lines by reason.");
    for (const auto& [reason, count] : reasons) out.Sample("reason", reason, count);
  }
}

struct KeySeries {
  uint64_t count = 0;
  uint64_t server_errors = 0;
  uint64_t client_errors = 0;
};

// The keys of both lists, each once, by their labels.
std::map<std::string, KeySeries> SeriesOf(const std::vector<KeyRow>& failing, const std::vector<KeyRow>& busiest,
                                          KeyKind kind) {
  std::map<std::string, KeySeries> series;
  std::set<std::tuple<bool, std::string, uint64_t>> seen;
  const auto add = [&](const std::vector<KeyRow>& rows) {
    for (size_t i = 0; i < std::min(rows.size(), kMostKeys); ++i) {
      const KeyRow& row = rows[i];
      if (!seen.emplace(row.missing, row.key, row.key_bytes).second) continue;
      KeySeries& sum = series[PrintableKey(row, kind, kKeyCells)];
      sum.count += row.count;
      sum.server_errors += row.outcomes.server_errors;
      sum.client_errors += row.outcomes.client_errors;
    }
  };
  add(failing);
  add(busiest);
  return series;
}

void WriteKeys(const Report& report, Families& out) {
  const std::vector<KeyRow> none;
  for (const KeySection& keys : KeySections(report)) {
    if (!keys.exists) continue;
    const auto series = SeriesOf(keys.failing != nullptr ? *keys.failing : none, *keys.busiest, keys.kind);
    const auto write = [&](std::string_view what, std::string_view help, uint64_t KeySeries::*member) {
      out.Begin(fmt::format("{}_{}", keys.key, what), fmt::format("{} of the top {}s.", help, keys.key));
      for (const auto& [key, sums] : series) out.Sample(keys.key, key, sums.*member);
    };
    write("requests", "Counted lines", &KeySeries::count);
    write("server_errors", "Server errors", &KeySeries::server_errors);
    write("client_errors", "Client errors", &KeySeries::client_errors);
  }
}

void WriteAgentKinds(const Report& report, Families& out) {
  if (!report.columns.agent || !report.options.sections.Contains(Section::kAgents)) return;
  const auto write = [&](std::string_view name, std::string_view help, auto value_of) {
    out.Begin(name, help);
    for (const AgentKindRow& row : report.agent_kinds) out.Sample("kind", AgentKindName(row.kind), value_of(row));
  };
  write("agent_kind_requests", "Counted lines by who the user agent says it is.",
        [](const AgentKindRow& row) { return row.count; });
  write("agent_kind_agents", "Different user agents by who they say they are.",
        [](const AgentKindRow& row) { return row.agents; });
  write("agent_kind_server_errors", "Server errors by who the user agent says it is.",
        [](const AgentKindRow& row) { return row.outcomes.server_errors; });
  write("agent_kind_client_errors", "Client errors by who the user agent says it is.",
        [](const AgentKindRow& row) { return row.outcomes.client_errors; });
}

class PrometheusWriter : public Writer {
 public:
  void Write(const Report& report, const Sink& sink) const override {
    Pieces out(sink);
    Families families(out);
    WriteTotals(report, families);
    WriteSummary(report, families);
    WriteFindings(report, families);
    WriteStatus(report, families);
    WriteKeys(report, families);
    WriteAgentKinds(report, families);
  }
};

}  // namespace

std::unique_ptr<Writer> MakePrometheusWriter() { return std::make_unique<PrometheusWriter>(); }

}  // namespace logstat
