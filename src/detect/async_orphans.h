// async-orphan: work that was accepted (202) and whose outcome nobody asks for.
#ifndef LOGSTAT_SRC_DETECT_ASYNC_ORPHANS_H_
#define LOGSTAT_SRC_DETECT_ASYNC_ORPHANS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kAsyncOrphans;
std::unique_ptr<Detector> MakeAsyncOrphans(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_ASYNC_ORPHANS_H_
