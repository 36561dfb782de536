// method-fit: answers that do not belong to the method of their request.
#ifndef LOGSTAT_SRC_DETECT_METHOD_FIT_H_
#define LOGSTAT_SRC_DETECT_METHOD_FIT_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kMethodFit;
std::unique_ptr<Detector> MakeMethodFit(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_METHOD_FIT_H_
