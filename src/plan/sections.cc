// Names of sections, the version: the constants of the public headers.
#include <algorithm>
#include <array>
#include <cstddef>

#include "logstat/analyze.h"
#include "logstat/options.h"

namespace logstat {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, kSectionCount> kSectionNames = {
    "summary", "findings", "classes",   "codes",  "timeline",  "paths",   "clients", "upstreams",
    "methods", "hosts",    "referrers", "agents", "durations", "changes", "rejects"};

}  // namespace

std::string_view SectionName(Section section) { return kSectionNames[static_cast<size_t>(section)]; }

std::optional<Section> FindSection(std::string_view name) {
  const auto found = std::find(kSectionNames.begin(), kSectionNames.end(), name);
  if (found == kSectionNames.end()) return std::nullopt;
  return static_cast<Section>(found - kSectionNames.begin());
}

std::string_view Version() { return LOGSTAT_VERSION; }

}  // namespace logstat
