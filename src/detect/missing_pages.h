// missing-page: links of the own site that lead to nothing.
#ifndef LOGSTAT_SRC_DETECT_MISSING_PAGES_H_
#define LOGSTAT_SRC_DETECT_MISSING_PAGES_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kMissingPages;
std::unique_ptr<Detector> MakeMissingPages(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_MISSING_PAGES_H_
