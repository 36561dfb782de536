// upstream: servers behind this one give no valid answer (502) or none in time (504).
#ifndef LOGSTAT_SRC_DETECT_UPSTREAM_FAILURES_H_
#define LOGSTAT_SRC_DETECT_UPSTREAM_FAILURES_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kUpstreamFailures;
std::unique_ptr<Detector> MakeUpstreamFailures(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_UPSTREAM_FAILURES_H_
