// 503-overload: a host that is out of service (503), for a while or for good.
#ifndef LOGSTAT_SRC_DETECT_OVERLOAD_H_
#define LOGSTAT_SRC_DETECT_OVERLOAD_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kOverload;
std::unique_ptr<Detector> MakeOverload(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_OVERLOAD_H_
