// range-abuse: many ranges of one file at once, the same bytes again and again, ranges behind the end (416).
#ifndef LOGSTAT_SRC_DETECT_RANGES_H_
#define LOGSTAT_SRC_DETECT_RANGES_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kRanges;
std::unique_ptr<Detector> MakeRanges(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_RANGES_H_
