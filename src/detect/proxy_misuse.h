// proxy-misuse: the server is used, or tried, as a proxy.
#ifndef LOGSTAT_SRC_DETECT_PROXY_MISUSE_H_
#define LOGSTAT_SRC_DETECT_PROXY_MISUSE_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kProxyMisuse;
std::unique_ptr<Detector> MakeProxyMisuse(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_PROXY_MISUSE_H_
