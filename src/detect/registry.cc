#include "src/detect/registry.h"

#include <algorithm>
#include <array>

#include "src/detect/auth_rejected.h"
#include "src/detect/unsent_requests.h"

namespace logstat {
namespace {

constexpr std::array kDetectors = {
    // Attacks
    DetectorEntry{&kAuthRejected, MakeAuthRejected},
    // Failures
    // Protocol and capacity
    DetectorEntry{&kUnsentRequests, MakeUnsentRequests},
    // Hygiene
};

}  // namespace

std::span<const DetectorEntry> AllDetectors() { return kDetectors; }

const Rule* FindRule(std::string_view id) {
  const auto found = std::find_if(kDetectors.begin(), kDetectors.end(),
                                  [id](const DetectorEntry& entry) { return entry.rule->id == id; });
  return found == kDetectors.end() ? nullptr : found->rule;
}

}  // namespace logstat
