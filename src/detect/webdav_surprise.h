// webdav-surprise: WebDAV answers on a site that has none.
#ifndef LOGSTAT_SRC_DETECT_WEBDAV_SURPRISE_H_
#define LOGSTAT_SRC_DETECT_WEBDAV_SURPRISE_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kWebdavSurprise;
std::unique_ptr<Detector> MakeWebdavSurprise(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_WEBDAV_SURPRISE_H_
