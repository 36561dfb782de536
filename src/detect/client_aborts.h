// client-abort: clients that hang up before they have their answer (499, 460, no code at all).
#ifndef LOGSTAT_SRC_DETECT_CLIENT_ABORTS_H_
#define LOGSTAT_SRC_DETECT_CLIENT_ABORTS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kClientAborts;
std::unique_ptr<Detector> MakeClientAborts(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CLIENT_ABORTS_H_
