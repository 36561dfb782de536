#include "src/report/finding_text.h"

#include <fmt/format.h>

#include <vector>

#include "src/report/escape.h"
#include "src/report/mask_secrets.h"
#include "src/report/numbers.h"

namespace logstat {

std::string VisibleEvidence(std::string_view raw) { return EscapeForTerminal(MaskSecrets(raw)); }

std::string EntityText(const Finding& finding) {
  if (finding.entity_kind == EntityKind::kSite) return "the site";
  return fmt::format("{} {}", EntityKindName(finding.entity_kind), VisibleEvidence(finding.entity));
}

std::string IdText(const Finding& finding) {
  return finding.verdict.empty() ? std::string(finding.id) : fmt::format("{} ({})", finding.id, finding.verdict);
}

std::string FindingKey(const Finding& finding) {
  return fmt::format("{}:{}:{}", finding.id, EntityKindName(finding.entity_kind), VisibleEvidence(finding.entity));
}

std::string FactsText(const Finding& finding) {
  std::string text;
  for (const EvidenceFact& fact : finding.facts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", fact.name, VisibleEvidence(fact.value));
  }
  return text;
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
