// body-rule: bodies where none may be, and none where one belongs.
#ifndef LOGSTAT_SRC_DETECT_BODY_RULES_H_
#define LOGSTAT_SRC_DETECT_BODY_RULES_H_

#include <memory>

#include "src/detect/detector.h"

namespace logstat {

extern const Rule kBodyRules;
std::unique_ptr<Detector> MakeBodyRules(RuleSettings settings, const DetectSettings& common);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_BODY_RULES_H_
