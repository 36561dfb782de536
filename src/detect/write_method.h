// write-method: a file written to the server by somebody who never wrote before; methods tried out.
#ifndef LOGSTAT_SRC_DETECT_WRITE_METHOD_H_
#define LOGSTAT_SRC_DETECT_WRITE_METHOD_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kWriteMethod;
std::unique_ptr<Detector> MakeWriteMethod(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_WRITE_METHOD_H_
