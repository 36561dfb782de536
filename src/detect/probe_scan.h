// probe-scan: one client asks for many paths that are not there, and finds one.
#ifndef LOGSTAT_SRC_DETECT_PROBE_SCAN_H_
#define LOGSTAT_SRC_DETECT_PROBE_SCAN_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kProbeScan;
std::unique_ptr<Detector> MakeProbeScan(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_PROBE_SCAN_H_
