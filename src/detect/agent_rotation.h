// ua-rotation: one client under many names.
#ifndef LOGSTAT_SRC_DETECT_AGENT_ROTATION_H_
#define LOGSTAT_SRC_DETECT_AGENT_ROTATION_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kAgentRotation;
std::unique_ptr<Detector> MakeAgentRotation(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_AGENT_ROTATION_H_
