// bad-version: versions of HTTP that do not exist, and requests that are none.
#ifndef LOGSTAT_SRC_DETECT_BAD_VERSION_H_
#define LOGSTAT_SRC_DETECT_BAD_VERSION_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kBadVersion;
std::unique_ptr<Detector> MakeBadVersion(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_BAD_VERSION_H_
