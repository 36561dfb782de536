// bandwidth: a site's allowance of bytes is used up (509).
#ifndef LOGSTAT_SRC_DETECT_BANDWIDTH_H_
#define LOGSTAT_SRC_DETECT_BANDWIDTH_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kBandwidth;
std::unique_ptr<Detector> MakeBandwidth(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_BANDWIDTH_H_
