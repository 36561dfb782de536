// class-shift: redirects, errors or one code suddenly have a larger share of a host's answers.
#ifndef LOGSTAT_SRC_DETECT_CLASS_SHIFT_H_
#define LOGSTAT_SRC_DETECT_CLASS_SHIFT_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kClassShift;
std::unique_ptr<Detector> MakeClassShift(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CLASS_SHIFT_H_
