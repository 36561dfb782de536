// redirect-hygiene: redirects that lose data, that nobody follows, or that should be of another kind.
#ifndef LOGSTAT_SRC_DETECT_REDIRECT_HYGIENE_H_
#define LOGSTAT_SRC_DETECT_REDIRECT_HYGIENE_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kRedirectHygiene;
std::unique_ptr<Detector> MakeRedirectHygiene(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_REDIRECT_HYGIENE_H_
