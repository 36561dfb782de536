// lost-update: writes that conflict (409, 412, 423, 424) and are never settled.
#ifndef LOGSTAT_SRC_DETECT_LOST_UPDATES_H_
#define LOGSTAT_SRC_DETECT_LOST_UPDATES_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kLostUpdates;
std::unique_ptr<Detector> MakeLostUpdates(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_LOST_UPDATES_H_
