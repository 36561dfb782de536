// retry-storm: clients that ask again at once where a server said 503.
#ifndef LOGSTAT_SRC_DETECT_RETRY_STORMS_H_
#define LOGSTAT_SRC_DETECT_RETRY_STORMS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kRetryStorms;
std::unique_ptr<Detector> MakeRetryStorms(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_RETRY_STORMS_H_
