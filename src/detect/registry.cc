#include "src/detect/registry.h"

#include <algorithm>
#include <array>

namespace logstat {
namespace {

// In the order of the catalogue. One row a line.
// clang-format off
constexpr std::array kEntries = {
    // Attacks
    &kAuthRejectedEntry,
    &kExploitStringEntry,
    &kSensitiveHitEntry,
    &kWriteMethodEntry,
    &kProxyMisuseEntry,
    &kWebdavSurpriseEntry,
    &kBadVersionEntry,
    &kProbeScanEntry,
    &kScannerAgentEntry,
    &kAgentRotationEntry,
    &kCacheBustEntry,
    &kBackgroundProbingEntry,
    // Failures
    &kServerErrorsEntry,
    &kOverloadEntry,
    &kUpstreamFailuresEntry,
    &kClientAbortsEntry,
    &kTrafficGapEntry,
    &kStorageEntry,
    &kSlowerAnswersEntry,
    // Protocol and capacity
    &kTooLongRequestsEntry,
    &kConnectionLimitEntry,
    &kUnsentRequestsEntry,
    &kRateFloodEntry,
    &kBandwidthEntry,
    &kCodeDomainEntry,
    &kRepeatedRefusalsEntry,
    &kUploadMisfitsEntry,
    &kRedirectRunsEntry,
    &kRangesEntry,
    &kLostUpdatesEntry,
    &kBodyRulesEntry,
    // Hygiene
    &kMissingPagesEntry,
    &kGonePagesEntry,
    &kRedirectHygieneEntry,
    &kMethodFitEntry,
    &kNegotiationFailuresEntry,
    &kRetryStormsEntry,
    &kEmptyAnswersEntry,
    &kHideLeaksEntry,
    &kStaleCachesEntry,
    &kAsyncOrphansEntry,
    // Anomalies
    &kClassShiftEntry,
};
// clang-format on

}  // namespace

std::span<const DetectorEntry* const> AllDetectors() { return kEntries; }

const Rule* FindRule(std::string_view id) {
  const auto found = std::find_if(kEntries.begin(), kEntries.end(),
                                  [id](const DetectorEntry* entry) { return entry->rule->id == id; });
  return found == kEntries.end() ? nullptr : (*found)->rule;
}

}  // namespace logstat
