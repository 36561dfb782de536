#include "src/detect/registry.h"

#include <algorithm>
#include <array>

#include "src/detect/agent_rotation.h"
#include "src/detect/async_orphans.h"
#include "src/detect/auth_rejected.h"
#include "src/detect/background_probing.h"
#include "src/detect/bad_version.h"
#include "src/detect/bandwidth.h"
#include "src/detect/body_rules.h"
#include "src/detect/cache_bust.h"
#include "src/detect/class_shift.h"
#include "src/detect/client_aborts.h"
#include "src/detect/code_domain.h"
#include "src/detect/connection_limit.h"
#include "src/detect/empty_answers.h"
#include "src/detect/exploit_string.h"
#include "src/detect/gone_pages.h"
#include "src/detect/hide_leaks.h"
#include "src/detect/lost_updates.h"
#include "src/detect/method_fit.h"
#include "src/detect/missing_pages.h"
#include "src/detect/negotiation_failures.h"
#include "src/detect/overload.h"
#include "src/detect/probe_scan.h"
#include "src/detect/proxy_misuse.h"
#include "src/detect/ranges.h"
#include "src/detect/rate_flood.h"
#include "src/detect/redirect_hygiene.h"
#include "src/detect/redirect_runs.h"
#include "src/detect/repeated_refusals.h"
#include "src/detect/retry_storms.h"
#include "src/detect/scanner_agent.h"
#include "src/detect/sensitive_hit.h"
#include "src/detect/server_errors.h"
#include "src/detect/slower_answers.h"
#include "src/detect/stale_caches.h"
#include "src/detect/storage.h"
#include "src/detect/too_long_requests.h"
#include "src/detect/traffic_gap.h"
#include "src/detect/unsent_requests.h"
#include "src/detect/upload_misfits.h"
#include "src/detect/upstream_failures.h"
#include "src/detect/webdav_surprise.h"
#include "src/detect/write_method.h"

namespace logstat {
namespace {

// One row a line.
// clang-format off
constexpr std::array kDetectors = {
    // Attacks
    DetectorEntry{&kAuthRejected, MakeAuthRejected},
    DetectorEntry{&kExploitString, MakeExploitString},
    DetectorEntry{&kSensitiveHit, MakeSensitiveHit},
    DetectorEntry{&kWriteMethod, MakeWriteMethod},
    DetectorEntry{&kProxyMisuse, MakeProxyMisuse},
    DetectorEntry{&kWebdavSurprise, MakeWebdavSurprise},
    DetectorEntry{&kBadVersion, MakeBadVersion},
    DetectorEntry{&kProbeScan, MakeProbeScan},
    DetectorEntry{&kScannerAgent, MakeScannerAgent},
    DetectorEntry{&kAgentRotation, MakeAgentRotation},
    DetectorEntry{&kCacheBust, MakeCacheBust},
    DetectorEntry{&kBackgroundProbing, MakeBackgroundProbing},
    // Failures
    DetectorEntry{&kServerErrors, MakeServerErrors},
    DetectorEntry{&kOverload, MakeOverload},
    DetectorEntry{&kUpstreamFailures, MakeUpstreamFailures},
    DetectorEntry{&kClientAborts, MakeClientAborts},
    DetectorEntry{&kTrafficGap, MakeTrafficGap},
    DetectorEntry{&kStorage, MakeStorage},
    DetectorEntry{&kSlowerAnswers, MakeSlowerAnswers},
    // Protocol and capacity
    DetectorEntry{&kTooLongRequests, MakeTooLongRequests},
    DetectorEntry{&kConnectionLimit, MakeConnectionLimit},
    DetectorEntry{&kUnsentRequests, MakeUnsentRequests},
    DetectorEntry{&kRateFlood, MakeRateFlood},
    DetectorEntry{&kBandwidth, MakeBandwidth},
    DetectorEntry{&kCodeDomain, MakeCodeDomain},
    DetectorEntry{&kRepeatedRefusals, MakeRepeatedRefusals},
    DetectorEntry{&kUploadMisfits, MakeUploadMisfits},
    DetectorEntry{&kRedirectRuns, MakeRedirectRuns},
    DetectorEntry{&kRanges, MakeRanges},
    DetectorEntry{&kLostUpdates, MakeLostUpdates},
    DetectorEntry{&kBodyRules, MakeBodyRules},
    // Hygiene
    DetectorEntry{&kMissingPages, MakeMissingPages},
    DetectorEntry{&kGonePages, MakeGonePages},
    DetectorEntry{&kRedirectHygiene, MakeRedirectHygiene},
    DetectorEntry{&kMethodFit, MakeMethodFit},
    DetectorEntry{&kNegotiationFailures, MakeNegotiationFailures},
    DetectorEntry{&kRetryStorms, MakeRetryStorms},
    DetectorEntry{&kEmptyAnswers, MakeEmptyAnswers},
    DetectorEntry{&kHideLeaks, MakeHideLeaks},
    DetectorEntry{&kStaleCaches, MakeStaleCaches},
    DetectorEntry{&kAsyncOrphans, MakeAsyncOrphans},
    // Anomalies
    DetectorEntry{&kClassShift, MakeClassShift},
};
// clang-format on

}  // namespace

std::span<const DetectorEntry> AllDetectors() { return kDetectors; }

const Rule* FindRule(std::string_view id) {
  const auto found = std::find_if(kDetectors.begin(), kDetectors.end(),
                                  [id](const DetectorEntry& entry) { return entry.rule->id == id; });
  return found == kDetectors.end() ? nullptr : found->rule;
}

}  // namespace logstat
