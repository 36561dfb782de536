#include "src/report/json_findings.h"

#include <string>

#include "logstat/status_codes.h"
#include "src/report/escape.h"
#include "src/report/finding_text.h"
#include "src/report/keys.h"

namespace logstat {
namespace {

Json TopsOf(const std::vector<EvidenceCount>& tops) {
  Json out = Json::array();
  for (const EvidenceCount& top : tops) {
    Json& item = out.emplace_back(Json{{"key", VisibleEvidence(top.key)}, {"count", top.count}});
    if (top.error != 0) item["error"] = top.error;
  }
  return out;
}

Json Evidence(const Finding& finding) {
  Json out = Json::object();
  for (const EvidenceFact& fact : finding.facts) {
    out[fact.name] = fact.is_number ? Json::parse(fact.value, nullptr, false) : Json(VisibleEvidence(fact.value));
  }
  const auto add = [&](const char* name, const std::vector<EvidenceCount>& tops) {
    if (!tops.empty()) out[name] = TopsOf(tops);
  };
  add("top_paths", finding.top_paths);
  add("top_clients", finding.top_clients);
  add("top_agents", finding.top_agents);
  add("top_users", finding.top_users);
  return out;
}

}  // namespace

Json FindingJson(const Finding& finding, const TimeFormatter& times) {
  Json entity = {{"kind", std::string(EntityKindName(finding.entity_kind))}};
  if (finding.entity_kind != EntityKind::kSite) entity["value"] = VisibleEvidence(finding.entity);
  Json out = {{"id", std::string(finding.id)},
              {"key", FindingKey(finding)},
              {"status", "new"},
              {"first_seen", times.Rfc3339(finding.first_time)},
              {"title", std::string(finding.title)},
              {"severity", std::string(SeverityName(finding.severity))},
              {"verdict", finding.verdict.empty() ? Json() : Json(finding.verdict)},
              {"entity", std::move(entity)},
              {"sentence", VisibleEvidence(finding.sentence)},
              {"count", finding.count},
              {"threshold", finding.threshold},
              {"window_seconds", finding.window_seconds},
              {"first_time", times.Rfc3339(finding.first_time)},
              {"last_time", times.Rfc3339(finding.last_time)}};
  if (finding.shared) out["shared"] = std::string(SharedName(*finding.shared));
  out["evidence"] = Evidence(finding);
  Json samples = Json::array();
  for (const LineSample& sample : finding.samples) {
    samples.push_back({{"path", EscapeForJson(sample.path)},
                       {"line", sample.line},
                       {"offset", sample.offset},
                       {"text", SampleText(sample)}});
  }
  out["samples"] = std::move(samples);
  const StatusCode* code = finding.code < 0 ? nullptr : FindStatusCode(finding.code);
  if (finding.code >= 0) out["code"] = finding.code;
  // A code that is in no catalogue, of a rule that always has one: the title is all there is to say.
  out["meaning"] = std::string(code != nullptr           ? code->meaning
                               : finding.meaning.empty() ? finding.title
                                                         : finding.meaning);
  out["advice"] = AdviceText(finding);
  out["standard_note"] = code == nullptr ? "" : std::string(code->standard_note);
  out["false_positives"] = std::string(finding.false_positives);
  out["tuning"] = finding.tuning;
  return out;
}

Json DetectorJson(const DetectorRow& row) {
  Json out = {{"id", std::string(row.id)}, {"state", std::string(DetectorStateName(row.state))}};
  if (!row.reason.empty()) out["reason"] = row.reason;
  return out;
}

Json UnlistedJson(const UnlistedFindings& row) {
  return {{"id", std::string(row.id)}, {"severity", std::string(SeverityName(row.severity))}, {"count", row.count}};
}

Json SeverityCounts(const Findings& findings) {
  Json out = Json::object();
  for (size_t i = kSeverityCount; i > 0; --i) {
    out[std::string(SeverityName(static_cast<Severity>(i - 1)))] = findings.by_severity[i - 1];
  }
  return out;
}

}  // namespace logstat
