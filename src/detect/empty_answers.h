// empty-200: successful answers without the body that their path usually has.
#ifndef LOGSTAT_SRC_DETECT_EMPTY_ANSWERS_H_
#define LOGSTAT_SRC_DETECT_EMPTY_ANSWERS_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kEmptyAnswers;
std::unique_ptr<Detector> MakeEmptyAnswers(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_EMPTY_ANSWERS_H_
