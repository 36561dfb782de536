// traffic-gap: requests stopped for a while, or nearly.
#ifndef LOGSTAT_SRC_DETECT_TRAFFIC_GAP_H_
#define LOGSTAT_SRC_DETECT_TRAFFIC_GAP_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kTrafficGap;
std::unique_ptr<Detector> MakeTrafficGap(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_TRAFFIC_GAP_H_
