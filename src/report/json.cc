#include "src/report/json.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "logstat/status_codes.h"
#include "src/base/ratio.h"
#include "src/catalog/agents.h"
#include "src/catalog/reasons.h"
#include "src/report/escape.h"
#include "src/report/finding_text.h"
#include "src/report/json_findings.h"
#include "src/report/json_stream.h"
#include "src/report/key_sections.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/times.h"

namespace logstat {
namespace {

constexpr int kSchemaVersion = 1;

std::string Text(std::string_view view) { return std::string(view); }

// Text or null: a key that scripts rely on stays, also where there is nothing to say.
Json TextOrNull(std::string_view text) { return text.empty() ? Json() : Json(EscapeForJson(text)); }

// Of the lists that leave rare keys out for want of memory, also of those that are empty for it.
void AddBound(const std::string& name, uint64_t bound, Json& out) {
  if (bound != 0) out[name] = bound;
}

// The members of one report as JSON values.
class ReportJson {
 public:
  explicit ReportJson(const Report& report) : report_(report), times_(report.options.time_zone) {}

  static Json Error(const ReportError& error) {
    return {{"path", EscapeForJson(error.path)}, {"message", EscapeForJson(error.message)}};
  }

  Json Options() const {
    const ReportOptions& options = report_.options;
    Json sections = Json::array();
    for (size_t i = 0; i < kSectionCount; ++i) {
      const Section section = static_cast<Section>(i);
      if (options.sections.Contains(section)) sections.push_back(Text(SectionName(section)));
    }
    Json interval;
    if (options.interval_seconds) interval = *options.interval_seconds;
    Json out = {{"format", EscapeForJson(options.format)},
                {"sections", std::move(sections)},
                {"top", options.top},
                {"tz", EscapeForJson(options.time_zone)},
                {"interval", std::move(interval)}};
    if (options.since) out["since"] = times_.Rfc3339(*options.since);
    if (options.until) out["until"] = times_.Rfc3339(*options.until);
    if (!options.where.empty()) out["where"] = EscapeForJson(options.where);
    if (!options.client_field.empty()) out["client"] = EscapeForJson(options.client_field);
    for (const std::string& proxy : options.trusted_proxies) out["trusted_proxies"].push_back(EscapeForJson(proxy));
    return out;
  }

  static Json Input(const InputReport& input) {
    Json out = {{"path", EscapeForJson(input.path)},
                {"state", InputStateName(input.state)},
                {"format", TextOrNull(input.format)},
                {"confidence", RoundToMicro(input.confidence)},
                {"lines", input.lines},
                {"bytes", input.bytes}};
    if (input.byte_meaning) out["byte_meaning"] = ByteMeaningName(*input.byte_meaning);
    out["error"] = TextOrNull(input.error);
    out["copy_of"] = TextOrNull(input.copy_of);
    return out;
  }

  Json TotalsMember() const {
    const Totals& totals = report_.totals;
    Json out = {{"lines", totals.lines},       {"counted", totals.counted}, {"filtered", totals.filtered},
                {"rejected", totals.rejected}, {"ignored", totals.ignored}, {"bytes_read", totals.bytes_read}};
    if (report_.columns.bytes) out["response_bytes"] = totals.response_bytes;
    AddTimes(totals.first_time, totals.last_time, out);
    if (totals.newest_time) out["newest_time"] = times_.Rfc3339(*totals.newest_time);
    if (report_.columns.client) {
      out["distinct_clients"] = totals.distinct_clients;
      out["distinct_clients_error"] = RoundToMicro(totals.distinct_clients_error);
    }
    if (report_.columns.time) {
      out["time_unknown"] = totals.time_unknown;
      out["clock_outliers"] = totals.clock_outliers;
    }
    return out;
  }

  Json SummaryMember() const {
    Json out = Json::object();
    AddTimes(report_.totals.first_time, report_.totals.last_time, out);
    const Summary& summary = report_.summary;
    Json error_rate = {{"overall", RoundToMicro(summary.error_rate)}};
    if (report_.columns.time) {
      out["rps"] = {{"mean", RoundToMicro(summary.mean_requests_per_second)},
                    {"peak_minute", RoundToMicro(summary.peak_minute_requests_per_second)},
                    {"last_5_minutes", RoundToMicro(summary.last_5_minutes_requests_per_second)}};
      error_rate["recent"] = ShareOrNull(summary.recent_error_rate);
      error_rate["before"] = ShareOrNull(summary.error_rate_before);
    }
    out["error_rate"] = std::move(error_rate);
    out["reject_share"] = RoundToMicro(summary.reject_share);
    if (report_.columns.time) out["top_change"] = summary.top_change ? ChangeRow(*summary.top_change) : Json();
    out["notes"] = Json::array();
    if (const std::string proxies = ProxiesText(report_.findings); !proxies.empty()) out["notes"].push_back(proxies);
    if (report_.options.sections.Contains(Section::kFindings) && report_.columns.time) {
      out["findings"] = SeverityCounts(report_.findings);
    }
    return out;
  }

  Json WorstSeverityMember() const {
    const std::optional<Severity> worst = WorstSeverity(report_.findings);
    return worst ? Json(Text(SeverityName(*worst))) : Json();
  }

  Json FindingRow(const Finding& finding) const { return FindingJson(finding, times_); }

  Json ChangeRow(const Change& change) const {
    return {{"field", Text(ChangeFieldName(change.field))},
            {"key", JsonKey(change)},
            {"metric", "share"},
            {"before", RoundToMicro(change.before)},
            {"after", RoundToMicro(change.after)},
            {"count", change.count},
            {"since", times_.Rfc3339(change.since)},
            {"until", times_.Rfc3339(change.until)},
            {"ongoing", change.ongoing}};
  }

  static Json Reject(const RejectRow& row) {
    Json samples = Json::array();
    for (const LineSample& sample : row.samples) {
      samples.push_back({{"path", EscapeForJson(sample.path)},
                         {"line", sample.line},
                         {"offset", sample.offset},
                         {"text", SampleText(sample)}});
    }
    return {{"reason", EscapeForJson(row.reason)}, {"count", row.count}, {"samples", std::move(samples)}};
  }

  static Json Class(const ClassRow& row) {
    const StatusClass& known = FindStatusClass(row.digit);
    Json out = {{"class", ClassLabel(row.digit)},   {"name", Text(known.name)},
                {"meaning", Text(known.meaning)},   {"count", row.count},
                {"share", RoundToMicro(row.share)}, {"gloss", Text(known.gloss)},
                {"in_document", known.in_document}};
    AddText("advice", known.advice, out);
    AddText("standard_note", known.standard_note, out);
    return out;
  }

  Json Code(const CodeRow& row) const {
    static constexpr StatusCode kUnknown = {};
    const StatusCode* found = FindStatusCode(row.code);
    const StatusCode& known = found == nullptr ? kUnknown : *found;
    Json out = {{"code", row.code},
                {"class", ClassLabel(row.code / 100)},
                {"name", Text(known.name)},
                {"gloss", CodeGloss(row.code)},
                {"meaning", Text(known.meaning)},
                {"in_document", known.in_document},
                {"standard_note", Text(known.standard_note)},
                {"count", row.count},
                {"share", RoundToMicro(row.share)}};
    if (report_.columns.bytes) out["bytes"] = row.bytes;
    AddTimes(row.first_time, row.last_time, out);
    if (report_.columns.path) out["top_paths"] = Counts(row.top_paths, KeyKind::kRequest);
    if (report_.columns.path) AddBound("top_paths_bound", row.top_paths_bound, out);
    if (report_.columns.client) out["top_clients"] = Counts(row.top_clients, KeyKind::kOther);
    if (report_.columns.client) AddBound("top_clients_bound", row.top_clients_bound, out);
    if (report_.columns.reason) out["top_reasons"] = Reasons(row.top_reasons);
    if (report_.columns.reason) AddBound("top_reasons_bound", row.top_reasons_bound, out);
    AddText("client_advice", known.client_advice, out);
    AddText("operator_advice", known.operator_advice, out);
    AddText("rules", known.rules, out);
    AddText("vendor", known.vendor, out);
    return out;
  }

  Json Point(const TimelinePoint& point) const {
    Json out = {{"time", point.time ? Json(times_.Rfc3339(*point.time)) : Json()}, {"count", point.count}};
    if (report_.columns.bytes) out["bytes"] = point.bytes;
    constexpr int kNamedClasses = 7;  // 0xx to 6xx; the rest is `other`
    uint64_t other = 0;
    for (int digit = 0; digit < static_cast<int>(kClassCount); ++digit) {
      if (digit < kNamedClasses) {
        out[ClassLabel(digit)] = point.classes[digit];
      } else {
        other += point.classes[digit];
      }
    }
    out["other"] = other;
    out["error_rate"] = RoundToMicro(Ratio(point.outcomes.server_errors, point.count));
    Json codes = Json::object();
    for (const CodeCount& code : point.codes) codes[std::to_string(code.code)] = code.count;
    out["codes"] = std::move(codes);
    return out;
  }

  Json Key(const KeyRow& row, KeyKind kind) const {
    Json out = {{"key", JsonKey(row, kind)}, {"count", row.count}, {"share", RoundToMicro(row.share)}};
    if (row.missing) out["missing"] = true;
    if (row.agent_kind) out["kind"] = Text(AgentKindName(*row.agent_kind));
    if (row.is_static) out["static"] = *row.is_static;
    if (report_.columns.bytes) out["bytes"] = row.bytes;
    for (int digit : {2, 3, 4, 5}) out[ClassLabel(digit)] = row.classes[digit];
    out["server_errors"] = row.outcomes.server_errors;
    out["client_errors"] = row.outcomes.client_errors;
    out["aborted"] = row.outcomes.aborted;
    AddTimes(row.first_time, row.last_time, out);
    if (row.p95_us) out["p95"] = Seconds(*row.p95_us);
    AddDistinct("distinct_paths", row.distinct_paths, out);
    AddDistinct("agents", row.distinct_agents, out);
    if (row.shared) out["shared"] = Text(SharedName(*row.shared));
    if (row.error != 0) out["error"] = row.error;
    if (!row.top_codes.empty()) out["top_codes"] = TopCodes(row.top_codes);
    if (!row.top_reasons.empty()) out["top_reasons"] = Reasons(row.top_reasons);
    return out;
  }

  Json AgentKind(const AgentKindRow& row) const {
    Json out = {{"kind", Text(AgentKindName(row.kind))},
                {"agents", row.agents},
                {"count", row.count},
                {"share", RoundToMicro(row.share)}};
    if (report_.columns.bytes) out["bytes"] = row.bytes;
    out["server_errors"] = row.outcomes.server_errors;
    out["client_errors"] = row.outcomes.client_errors;
    out["aborted"] = row.outcomes.aborted;
    if (row.error != 0) out["error"] = row.error;
    return out;
  }

  // All but the paths.
  static Json DurationsHead(const Durations& durations) {
    Json out = {{"unit", "s"}};
    if (durations.paths_left_out) out["paths_left_out"] = true;
    out["overall"] = Duration(durations.overall);
    Json& classes = out["classes"] = Json::object();
    for (const ClassDurations& of : durations.classes) classes[ClassLabel(of.digit)] = Duration(of.row);
    return out;
  }

  static Json PathDurations(const PathDurationRow& row) {
    Json out = {{"key", JsonKey(row)}};
    out.update(Duration(row.row));
    return out;
  }

 private:
  static void AddDistinct(const std::string& name, const std::optional<DistinctCount>& distinct, Json& out) {
    if (!distinct.has_value()) return;
    out[name] = distinct->count;
    if (distinct->error != 0) out[name + "_error"] = RoundToMicro(distinct->error);
  }
  static double Seconds(int64_t microseconds) { return static_cast<double>(microseconds) / 1e6; }

  static Json Duration(const DurationRow& row) {
    return {{"count", row.count},         {"p50", Seconds(row.p50_us)}, {"p90", Seconds(row.p90_us)},
            {"p95", Seconds(row.p95_us)}, {"p99", Seconds(row.p99_us)}, {"p999", Seconds(row.p999_us)},
            {"max", Seconds(row.max_us)}};
  }

  static Json ShareOrNull(std::optional<double> share) { return share ? Json(RoundToMicro(*share)) : Json(); }

  static void AddText(const char* key, std::string_view text, Json& out) {
    if (!text.empty()) out[key] = Text(text);
  }

  void AddTimes(const std::optional<TimeMs>& first, const std::optional<TimeMs>& last, Json& out) const {
    if (first) out["first_time"] = times_.Rfc3339(*first);
    if (last) out["last_time"] = times_.Rfc3339(*last);
  }

  static Json Counts(const std::vector<KeyCount>& rows, KeyKind kind) {
    Json out = Json::array();
    for (const KeyCount& row : rows) {
      Json item = {{"key", JsonKey(row, kind)}, {"count", row.count}};
      if (row.missing) item["missing"] = true;
      if (row.error != 0) item["error"] = row.error;
      out.push_back(std::move(item));
    }
    return out;
  }

  static Json TopCodes(const std::vector<CodeCount>& codes) {
    Json out = Json::array();
    for (const CodeCount& code : codes) out.push_back({{"code", code.code}, {"count", code.count}});
    return out;
  }

  static Json Reasons(const std::vector<KeyCount>& rows) {
    Json out = Counts(rows, KeyKind::kOther);
    for (size_t i = 0; i < rows.size(); ++i) AddText("gloss", ReasonGloss(rows[i].key), out[i]);
    return out;
  }

  const Report& report_;
  TimeFormatter times_;
};

// Busiest lists, then failing ones.
void WriteKeyLists(const Report& report, const ReportJson& json, ObjectStream& out) {
  std::vector<KeySection> sections = KeySections(report);
  std::erase_if(sections, [](const KeySection& keys) { return !keys.exists; });
  const auto failing_name = [](const KeySection& keys) { return "failing_" + std::string(SectionName(keys.section)); };
  Json bounds = Json::object();
  for (const KeySection& keys : sections) AddBound(Text(SectionName(keys.section)), keys.bounds.busiest, bounds);
  for (const KeySection& keys : sections) AddBound(failing_name(keys), keys.bounds.failing, bounds);
  if (!bounds.empty()) out.Member("bounds", bounds);
  const auto write = [&](const std::string& name, const std::vector<KeyRow>& rows, KeyKind kind) {
    out.Rows(name, rows, [&](const KeyRow& row) { return json.Key(row, kind); });
  };
  for (const KeySection& keys : sections) {
    if (keys.section == Section::kAgents) {
      out.Rows("agent_kinds", report.agent_kinds, [&](const AgentKindRow& row) { return json.AgentKind(row); });
    }
    write(Text(SectionName(keys.section)), *keys.busiest, keys.kind);
  }
  for (const KeySection& keys : sections) {
    if (keys.failing != nullptr) write(failing_name(keys), *keys.failing, keys.kind);
  }
}

void WriteFindings(const Report& report, const ReportJson& json, ObjectStream& out) {
  const Findings& findings = report.findings;
  out.Rows("detectors", findings.detectors, DetectorJson);
  if (findings.late_lines != 0) out.Member("findings_late_lines", findings.late_lines);
  if (findings.incomplete) out.Member("findings_incomplete", true);
  if (!findings.unlisted.empty()) out.Rows("findings_unlisted", findings.unlisted, UnlistedJson);
  out.Rows("findings", findings.rows, [&](const Finding& finding) { return json.FindingRow(finding); });
}

class JsonWriter : public Writer {
 public:
  void Write(const Report& report, const Sink& sink) const override {
    const ReportJson json(report);
    const auto asked = [&](Section section) { return report.options.sections.Contains(section); };
    ObjectStream out(sink);
    out.Member("schema_version", kSchemaVersion);
    out.Member("generator", {{"name", "logstat"}, {"version", LOGSTAT_VERSION}});
    out.Member("complete", report.complete);
    const bool findings = asked(Section::kFindings) && report.columns.time;
    if (findings) out.Member("worst_severity", json.WorstSeverityMember());
    out.Rows("errors", report.errors, ReportJson::Error);
    out.Member("options", json.Options());
    out.Rows("inputs", report.inputs, ReportJson::Input);
    out.Member("totals", json.TotalsMember());
    if (asked(Section::kSummary)) out.Member("summary", json.SummaryMember());
    if (findings) WriteFindings(report, json, out);
    if (asked(Section::kRejects)) out.Rows("rejects", report.rejects, ReportJson::Reject);
    if (asked(Section::kClasses)) out.Rows("classes", report.classes, ReportJson::Class);
    if (asked(Section::kCodes)) out.Rows("codes", report.codes, [&](const CodeRow& row) { return json.Code(row); });
    if (asked(Section::kTimeline) && report.columns.time) {
      Json head = {{"interval_seconds", report.timeline.interval_seconds}};
      if (report.timeline.coarsened) head["coarsened"] = true;
      out.ObjectWithRows("timeline", head, "points", report.timeline.points,
                         [&](const TimelinePoint& point) { return json.Point(point); });
    }
    WriteKeyLists(report, json, out);
    if (asked(Section::kDurations) && report.columns.duration) {
      out.ObjectWithRows("durations", ReportJson::DurationsHead(report.durations), "paths", report.durations.paths,
                         ReportJson::PathDurations);
    }
    if (asked(Section::kChanges) && report.columns.time) {
      out.Rows("changes", report.changes, [&](const Change& change) { return json.ChangeRow(change); });
    }
    out.End();
  }
};

}  // namespace

std::unique_ptr<Writer> MakeJsonWriter() { return std::make_unique<JsonWriter>(); }

}  // namespace logstat
