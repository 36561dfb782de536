#include "src/detect/registry.h"

#include <algorithm>
#include <array>

#include "src/detect/connection_limit.h"
#include "src/detect/too_long_requests.h"
#include "src/detect/unsent_requests.h"

namespace logstat {
namespace {

constexpr std::array kDetectors = {
    // Attacks
    // Failures
    // Protocol and capacity
    DetectorEntry{&kTooLongRequests, MakeTooLongRequests}, DetectorEntry{&kConnectionLimit, MakeConnectionLimit},
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
