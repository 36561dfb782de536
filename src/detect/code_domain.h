// code-domain: answers whose code cannot be, is reserved, or should never be the last word.
#ifndef LOGSTAT_SRC_DETECT_CODE_DOMAIN_H_
#define LOGSTAT_SRC_DETECT_CODE_DOMAIN_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kCodeDomain;
std::unique_ptr<Detector> MakeCodeDomain(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CODE_DOMAIN_H_
