// 421-conn-limit: clients that the server refuses because they ask too much at once, or at the wrong place.
#ifndef LOGSTAT_SRC_DETECT_CONNECTION_LIMIT_H_
#define LOGSTAT_SRC_DETECT_CONNECTION_LIMIT_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kConnectionLimit;
std::unique_ptr<Detector> MakeConnectionLimit(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CONNECTION_LIMIT_H_
