// slow-request: connections that never finish their request (408), many from one client.
#ifndef LOGSTAT_SRC_DETECT_UNSENT_REQUESTS_H_
#define LOGSTAT_SRC_DETECT_UNSENT_REQUESTS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kUnsentRequests;
std::unique_ptr<Detector> MakeUnsentRequests(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_UNSENT_REQUESTS_H_
