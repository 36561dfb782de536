// scanner-ua: clients that call themselves scanners, or nothing at all.
#ifndef LOGSTAT_SRC_DETECT_SCANNER_AGENT_H_
#define LOGSTAT_SRC_DETECT_SCANNER_AGENT_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kScannerAgent;
std::unique_ptr<Detector> MakeScannerAgent(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_SCANNER_AGENT_H_
