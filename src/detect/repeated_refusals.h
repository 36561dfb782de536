// retry-4xx: clients that send again, unchanged, what was refused with 400 or 403.
#ifndef LOGSTAT_SRC_DETECT_REPEATED_REFUSALS_H_
#define LOGSTAT_SRC_DETECT_REPEATED_REFUSALS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kRepeatedRefusals;
std::unique_ptr<Detector> MakeRepeatedRefusals(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_REPEATED_REFUSALS_H_
