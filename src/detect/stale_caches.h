// cache-stale: caches that are told 304 and do not have what they asked about.
#ifndef LOGSTAT_SRC_DETECT_STALE_CACHES_H_
#define LOGSTAT_SRC_DETECT_STALE_CACHES_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kStaleCaches;
std::unique_ptr<Detector> MakeStaleCaches(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_STALE_CACHES_H_
