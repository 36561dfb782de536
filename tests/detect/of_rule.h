// The findings of one rule, so that a test of it does not change when another rule is added.
#ifndef LOGSTAT_TESTS_DETECT_OF_RULE_H_
#define LOGSTAT_TESTS_DETECT_OF_RULE_H_

#include <string>
#include <string_view>
#include <vector>

#include "logstat/findings.h"

namespace logstat {

inline std::vector<Finding> OfRule(const Findings& findings, std::string_view id, std::string_view verdict = {}) {
  std::vector<Finding> found;
  for (const Finding& finding : findings.rows) {
    if (finding.id == id && (verdict.empty() || finding.verdict == verdict)) found.push_back(finding);
  }
  return found;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_OF_RULE_H_
