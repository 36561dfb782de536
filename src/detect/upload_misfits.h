// upload-misfit: bodies that a server does not take (411, 413, 415, 417, 422), again and again.
#ifndef LOGSTAT_SRC_DETECT_UPLOAD_MISFITS_H_
#define LOGSTAT_SRC_DETECT_UPLOAD_MISFITS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kUploadMisfits;
std::unique_ptr<Detector> MakeUploadMisfits(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_UPLOAD_MISFITS_H_
