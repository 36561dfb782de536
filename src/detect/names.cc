// The words of the enumerations of findings.
#include <array>

#include "logstat/findings.h"

namespace logstat {
namespace {

constexpr std::array<std::string_view, kSeverityCount> kSeverities = {"info", "low", "medium", "high", "critical"};

}  // namespace

std::string_view SeverityName(Severity severity) { return kSeverities[static_cast<size_t>(severity)]; }

std::optional<Severity> FindSeverity(std::string_view name) {
  for (size_t i = 0; i < kSeverityCount; ++i) {
    if (kSeverities[i] == name) return static_cast<Severity>(i);
  }
  return std::nullopt;
}

std::string_view EntityKindName(EntityKind kind) {
  constexpr std::array<std::string_view, 7> kNames = {"site", "client", "host", "path", "user", "agent", "referrer"};
  return kNames[static_cast<size_t>(kind)];
}

std::string_view SharedName(Shared shared) {
  constexpr std::array<std::string_view, 3> kNames = {"unknown", "unlikely", "likely"};
  return kNames[static_cast<size_t>(shared)];
}

std::string_view DetectorStateName(DetectorState state) {
  constexpr std::array<std::string_view, 3> kNames = {"ran", "off", "skipped"};
  return kNames[static_cast<size_t>(state)];
}

}  // namespace logstat
