// gone-vs-missing: pages that are gone for good, and who still links to them.
#ifndef LOGSTAT_SRC_DETECT_GONE_PAGES_H_
#define LOGSTAT_SRC_DETECT_GONE_PAGES_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kGonePages;
std::unique_ptr<Detector> MakeGonePages(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_GONE_PAGES_H_
