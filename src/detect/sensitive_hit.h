// sensitive-hit: a file that nobody should get, delivered.
#ifndef LOGSTAT_SRC_DETECT_SENSITIVE_HIT_H_
#define LOGSTAT_SRC_DETECT_SENSITIVE_HIT_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kSensitiveHit;
std::unique_ptr<Detector> MakeSensitiveHit(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_SENSITIVE_HIT_H_
