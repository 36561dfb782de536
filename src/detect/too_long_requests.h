// 414-flood: requests refused because their target is too long, and which of the document's three causes it is.
#ifndef LOGSTAT_SRC_DETECT_TOO_LONG_REQUESTS_H_
#define LOGSTAT_SRC_DETECT_TOO_LONG_REQUESTS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kTooLongRequests;
std::unique_ptr<Detector> MakeTooLongRequests(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_TOO_LONG_REQUESTS_H_
