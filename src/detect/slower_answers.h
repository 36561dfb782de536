// slow-shift: answers take much longer than in the hour before.
#ifndef LOGSTAT_SRC_DETECT_SLOWER_ANSWERS_H_
#define LOGSTAT_SRC_DETECT_SLOWER_ANSWERS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kSlowerAnswers;
std::unique_ptr<Detector> MakeSlowerAnswers(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_SLOWER_ANSWERS_H_
