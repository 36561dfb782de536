#include "src/report/finding_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <system_error>
#include <utility>

#include "logstat/status_codes.h"
#include "src/report/escape.h"
#include "src/report/mask_secrets.h"
#include "src/report/numbers.h"

namespace logstat {
namespace {

constexpr std::string_view kFiltered = "filtered";  // the reason that detectors give

// The unit in which a number of that name is, which its name says.
struct FactUnit {
  std::string_view suffix, words;
};

FactUnit UnitOf(const EvidenceFact& fact) {
  constexpr FactUnit kUnits[] = {{"_ms", " ms"}, {"_seconds", " s"}, {"_bytes", " bytes"}, {"_percent", " %"}};
  for (const FactUnit& unit : kUnits) {
    if (fact.is_number && fact.name.ends_with(unit.suffix)) return unit;
  }
  return {};
}

// Of "no client, agent" the fields that are not in `fields` yet.
void AddFields(std::string_view reason, std::vector<std::string>& fields) {
  if (reason.starts_with("no ")) reason.remove_prefix(3);
  while (!reason.empty()) {
    const size_t end = std::min(reason.find(", "), reason.size());
    const std::string field(reason.substr(0, end));
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
    reason.remove_prefix(std::min(end + 2, reason.size()));
  }
}

}  // namespace

std::string VisibleEvidence(std::string_view raw) { return EscapeForTerminal(MaskSecrets(raw)); }

std::string EntityText(const Finding& finding) {
  if (finding.entity_kind == EntityKind::kSite) return "the site";
  std::string text = fmt::format("{} {}", EntityKindName(finding.entity_kind), VisibleEvidence(finding.entity));
  if (!finding.host.empty()) text += " of " + VisibleEvidence(finding.host);
  return text;
}

std::string IdText(const Finding& finding) {
  return finding.verdict.empty() ? std::string(finding.id) : fmt::format("{} ({})", finding.id, finding.verdict);
}

std::string FindingKey(const Finding& finding) {
  std::string key(finding.id);
  if (finding.is_apart_by_verdict && !finding.verdict.empty()) key += "/" + VisibleEvidence(finding.verdict);
  key += fmt::format(":{}:{}", EntityKindName(finding.entity_kind), VisibleEvidence(finding.host));
  // As in an address; "*" and what CONNECT asks for do not begin with a slash.
  if (!finding.host.empty() && !finding.entity.starts_with('/')) key += " ";
  return key + VisibleEvidence(finding.entity);
}

std::string FactLabel(const EvidenceFact& fact) {
  std::string label = fact.name.substr(0, fact.name.size() - UnitOf(fact).suffix.size());
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

std::string FactValue(const EvidenceFact& fact) {
  if (!fact.is_number) return VisibleEvidence(fact.value);
  uint64_t whole = 0;
  const char* end = fact.value.data() + fact.value.size();
  const auto [stopped, error] = std::from_chars(fact.value.data(), end, whole);
  if (error == std::errc() && stopped == end) return FormatCount(whole) + std::string(UnitOf(fact).words);
  if (fact.name.find("share") == std::string::npos) return VisibleEvidence(fact.value);
  double share = 0;  // not strtod(), for which a comma may be the point
  std::from_chars(fact.value.data(), end, share);
  return FormatShare(share);
}

std::string FactsText(const Finding& finding) {
  std::string text;
  for (const EvidenceFact& fact : finding.facts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", FactLabel(fact), FactValue(fact));
  }
  return text;
}

std::string AdviceText(const Finding& finding) {
  std::string text = finding.advice;
  // A finding about answers that went well, as far as the server knows, is about what they were given for.
  const bool is_served = finding.code >= 200 && finding.code < 400 && !text.empty();
  const bool is_whole = is_served || finding.advice_is_whole || finding.code < 0;
  const StatusCode* code = is_whole ? nullptr : FindStatusCode(finding.code);
  if (code == nullptr || code->operator_advice.empty()) return text;
  return text.append(text.empty() ? "" : " ").append(code->operator_advice);
}

std::string ThresholdText(const Finding& finding) {
  return fmt::format("{} within {}", CountOf(finding.threshold, "event"), FormatDuration(finding.window_seconds));
}

std::vector<RulesNotRun> GroupRulesNotRun(const Findings& findings) {
  std::map<std::string, std::vector<std::string_view>> by_reason;
  for (const DetectorRow& row : findings.detectors) {
    if (row.state == DetectorState::kRan) continue;
    by_reason[row.state == DetectorState::kOff ? "off" : row.reason].push_back(row.id);
  }
  std::vector<RulesNotRun> groups;
  for (auto& [why, ids] : by_reason) groups.push_back({why, std::move(ids)});
  return groups;
}

std::string RulesNotRunText(const Report& report) {
  size_t off = 0, filtered = 0, lacking = 0;
  std::vector<std::string> fields;
  for (const RulesNotRun& group : GroupRulesNotRun(report.findings)) {
    if (group.why == "off") {
      off = group.ids.size();
    } else if (group.why == kFiltered) {
      filtered = group.ids.size();
    } else {
      lacking += group.ids.size();
      AddFields(group.why, fields);
    }
  }
  if (off + filtered + lacking == 0) return "";
  if (lacking != 0 && report.totals.counted == 0) return "No rule ran: no line was counted";
  std::vector<std::string> parts;
  if (filtered != 0) parts.push_back(fmt::format("{} because --where asks for outcomes", filtered));
  if (lacking != 0) parts.push_back(fmt::format("{} for want of {}", lacking, fmt::join(fields, ", ")));
  if (off != 0) parts.push_back(fmt::format("{} switched off", off));
  return fmt::format("{} of {} did not run: {}", FormatCount(off + filtered + lacking),
                     CountOf(report.findings.detectors.size(), "rule"), fmt::join(parts, "; "));
}

std::string FilteredRulesText(const Findings& findings) {
  for (const RulesNotRun& group : GroupRulesNotRun(findings)) {
    if (group.why != kFiltered) continue;
    return fmt::format("{} did not run, because --where asks for outcomes", CountOf(group.ids.size(), "rule"));
  }
  return "";
}

std::string ProxiesText(const Findings& findings) {
  if (!findings.proxied) return "";
  const ProxiedClients& proxied = *findings.proxied;
  const size_t more = proxied.addresses.size() - 1;
  const std::string first = VisibleEvidence(proxied.addresses.front());
  std::string who = more == 0 ? first : fmt::format("{} and {} more", first, more);
  if (first.empty()) who = more == 0 ? "one address" : fmt::format("{} addresses", more + 1);
  return fmt::format("client-is-proxy: many people stand behind {}, {} of the lines; {} --client xff", who,
                     FormatShare(proxied.share),
                     proxied.forwarded_for_known ? "count with" : "log X-Forwarded-For and count with");
}

std::vector<std::string> FindingNotes(const Findings& findings) {
  std::vector<std::string> notes;
  if (std::string proxies = ProxiesText(findings); !proxies.empty()) notes.push_back(std::move(proxies));
  for (const UnlistedFindings& rest : findings.unlisted) {
    notes.push_back(fmt::format("{} more of {}, the worst of them {}", FormatCount(rest.count), rest.id,
                                SeverityName(rest.severity)));
  }
  if (findings.late_lines != 0) {
    notes.push_back(fmt::format("{} more than ten minutes behind newer lines of their input were not looked at",
                                CountOf(findings.late_lines, "line")));
  }
  if (findings.incomplete) {
    notes.emplace_back("incomplete: over --max-memory, some lines were seen without those around them");
  }
  return notes;
}

Tone ToneOfSeverity(Severity severity) {
  if (severity >= Severity::kHigh) return Tone::kServerError;
  return severity == Severity::kMedium ? Tone::kClientError : Tone::kPlain;
}

std::optional<Severity> WorstSeverity(const Findings& findings) {
  for (size_t i = kSeverityCount; i > 0; --i) {
    if (findings.by_severity[i - 1] != 0) return static_cast<Severity>(i - 1);
  }
  return std::nullopt;
}

std::string CountsText(const Findings& findings) {
  std::vector<std::string> parts;
  uint64_t total = 0;
  for (size_t i = kSeverityCount; i > 0; --i) {
    const uint64_t count = findings.by_severity[i - 1];
    total += count;
    if (count != 0)
      parts.push_back(fmt::format("{} {}", FormatCount(count), SeverityName(static_cast<Severity>(i - 1))));
  }
  if (parts.empty()) return "no findings";
  return fmt::format("{}: {}", CountOf(total, "finding"), fmt::join(parts, ", "));
}

}  // namespace logstat
