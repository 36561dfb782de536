// What the file of each rule gives to the registry: its entry, defined at the file's end.
//
//   constexpr DetectorEntry kHideLeaksEntry{&kHideLeaks, MakeDetector<HideLeaks>};
//
// Constant data; thread-safe.
#ifndef LOGSTAT_SRC_DETECT_ENTRIES_H_
#define LOGSTAT_SRC_DETECT_ENTRIES_H_

#include <memory>
#include <type_traits>

#include "src/detect/detector.h"
#include "src/detect/rule.h"

namespace logstat {

struct DetectorEntry {
  const Rule* rule;
  std::unique_ptr<Detector> (*make)(RuleSettings settings, const DetectSettings& common);
};

// Of a detector whose constructor takes the rule's settings, and those of all rules if it needs them.
template <typename AnyDetector>
std::unique_ptr<Detector> MakeDetector(RuleSettings settings, [[maybe_unused]] const DetectSettings& common) {
  if constexpr (std::is_constructible_v<AnyDetector, RuleSettings, const DetectSettings&>) {
    return std::make_unique<AnyDetector>(settings, common);
  } else {
    return std::make_unique<AnyDetector>(settings);
  }
}

extern const DetectorEntry kAgentRotationEntry;
extern const DetectorEntry kAsyncOrphansEntry;
extern const DetectorEntry kAuthRejectedEntry;
extern const DetectorEntry kBackgroundProbingEntry;
extern const DetectorEntry kBadVersionEntry;
extern const DetectorEntry kBandwidthEntry;
extern const DetectorEntry kBodyRulesEntry;
extern const DetectorEntry kCacheBustEntry;
extern const DetectorEntry kClassShiftEntry;
extern const DetectorEntry kClientAbortsEntry;
extern const DetectorEntry kCodeDomainEntry;
extern const DetectorEntry kConnectionLimitEntry;
extern const DetectorEntry kEmptyAnswersEntry;
extern const DetectorEntry kExploitStringEntry;
extern const DetectorEntry kGonePagesEntry;
extern const DetectorEntry kHideLeaksEntry;
extern const DetectorEntry kLostUpdatesEntry;
extern const DetectorEntry kMethodFitEntry;
extern const DetectorEntry kMissingPagesEntry;
extern const DetectorEntry kNegotiationFailuresEntry;
extern const DetectorEntry kOverloadEntry;
extern const DetectorEntry kProbeScanEntry;
extern const DetectorEntry kProxyMisuseEntry;
extern const DetectorEntry kRangesEntry;
extern const DetectorEntry kRateFloodEntry;
extern const DetectorEntry kRedirectHygieneEntry;
extern const DetectorEntry kRedirectRunsEntry;
extern const DetectorEntry kRepeatedRefusalsEntry;
extern const DetectorEntry kRetryStormsEntry;
extern const DetectorEntry kScannerAgentEntry;
extern const DetectorEntry kSensitiveHitEntry;
extern const DetectorEntry kServerErrorsEntry;
extern const DetectorEntry kSlowerAnswersEntry;
extern const DetectorEntry kStaleCachesEntry;
extern const DetectorEntry kStorageEntry;
extern const DetectorEntry kTooLongRequestsEntry;
extern const DetectorEntry kTrafficGapEntry;
extern const DetectorEntry kUnsentRequestsEntry;
extern const DetectorEntry kUploadMisfitsEntry;
extern const DetectorEntry kUpstreamFailuresEntry;
extern const DetectorEntry kWebdavSurpriseEntry;
extern const DetectorEntry kWriteMethodEntry;

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_ENTRIES_H_
