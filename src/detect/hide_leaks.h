// hide-leak: paths that say 403 to some and 404 to others.
#ifndef LOGSTAT_SRC_DETECT_HIDE_LEAKS_H_
#define LOGSTAT_SRC_DETECT_HIDE_LEAKS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kHideLeaks;
std::unique_ptr<Detector> MakeHideLeaks(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_HIDE_LEAKS_H_
