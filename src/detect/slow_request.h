// slow-request: connections that never finish their request (408), many from one client.
#ifndef LOGSTAT_SRC_DETECT_SLOW_REQUEST_H_
#define LOGSTAT_SRC_DETECT_SLOW_REQUEST_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kSlowRequest;
std::unique_ptr<Detector> MakeSlowRequest(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_SLOW_REQUEST_H_
