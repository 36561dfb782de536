// cache-bust: random queries and names that no cache can answer.
#ifndef LOGSTAT_SRC_DETECT_CACHE_BUST_H_
#define LOGSTAT_SRC_DETECT_CACHE_BUST_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kCacheBust;
std::unique_ptr<Detector> MakeCacheBust(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CACHE_BUST_H_
