// srv-500: the program behind a host fails (500), in one place or everywhere.
#ifndef LOGSTAT_SRC_DETECT_SERVER_ERRORS_H_
#define LOGSTAT_SRC_DETECT_SERVER_ERRORS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kServerErrors;
std::unique_ptr<Detector> MakeServerErrors(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_SERVER_ERRORS_H_
