// neg-fail: an agent that no variant of a resource fits (406).
#ifndef LOGSTAT_SRC_DETECT_NEGOTIATION_FAILURES_H_
#define LOGSTAT_SRC_DETECT_NEGOTIATION_FAILURES_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kNegotiationFailures;
std::unique_ptr<Detector> MakeNegotiationFailures(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_NEGOTIATION_FAILURES_H_
