// auth-rejected: passwords and tokens that are tried, and whether one of them was right.
//
// Four verdicts: `force` (one client, many tries), `spray` (many users or many clients), `form-login` (login pages),
// `token` (a client that never proves who it is).
#ifndef LOGSTAT_SRC_DETECT_AUTH_REJECTED_H_
#define LOGSTAT_SRC_DETECT_AUTH_REJECTED_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kAuthRejected;
std::unique_ptr<Detector> MakeAuthRejected(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_AUTH_REJECTED_H_
