// background-probing: what scanners tried and nothing answered, in one low finding.
#ifndef LOGSTAT_SRC_DETECT_BACKGROUND_PROBING_H_
#define LOGSTAT_SRC_DETECT_BACKGROUND_PROBING_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kBackgroundProbing;
std::unique_ptr<Detector> MakeBackgroundProbing(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_BACKGROUND_PROBING_H_
