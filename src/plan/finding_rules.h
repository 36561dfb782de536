// What the user set for findings, checked: rules by id, lists of codes, lists of what is allowed.
#ifndef LOGSTAT_SRC_PLAN_FINDING_RULES_H_
#define LOGSTAT_SRC_PLAN_FINDING_RULES_H_

#include <map>
#include <string>

#include "logstat/options.h"
#include "src/base/status.h"
#include "src/detect/rule.h"

namespace logstat {

// Errors name the option and what may stand there.
StatusOr<DetectSettings> MakeDetectSettings(const Options& options);

// The rules that the user changed, the rest of each as it is by default. An unknown id is an error that names the
// known ones.
StatusOr<std::map<std::string, RuleSettings>> MakeRuleSettings(const Options& options);

}  // namespace logstat

#endif  // LOGSTAT_SRC_PLAN_FINDING_RULES_H_
