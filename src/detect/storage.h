// storage: the server cannot store what it was sent (507).
#ifndef LOGSTAT_SRC_DETECT_STORAGE_H_
#define LOGSTAT_SRC_DETECT_STORAGE_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kStorage;
std::unique_ptr<Detector> MakeStorage(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_STORAGE_H_
