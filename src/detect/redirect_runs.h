// redirect-run: more redirects in a row than a client should follow, and loops among them.
#ifndef LOGSTAT_SRC_DETECT_REDIRECT_RUNS_H_
#define LOGSTAT_SRC_DETECT_REDIRECT_RUNS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kRedirectRuns;
std::unique_ptr<Detector> MakeRedirectRuns(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_REDIRECT_RUNS_H_
