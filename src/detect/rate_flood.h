// rate-flood: one client that sends many requests at once.
#ifndef LOGSTAT_SRC_DETECT_RATE_FLOOD_H_
#define LOGSTAT_SRC_DETECT_RATE_FLOOD_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kRateFlood;
std::unique_ptr<Detector> MakeRateFlood(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_RATE_FLOOD_H_
