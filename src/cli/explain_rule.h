// The text of `logstat explain 414-flood`: a rule, its numbers, their reasons, what it may be wrong about.
#ifndef LOGSTAT_SRC_CLI_EXPLAIN_RULE_H_
#define LOGSTAT_SRC_CLI_EXPLAIN_RULE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace logstat {

// `topic` is the id of a finding, or "findings": the list of all. Empty for anything else. `width` as for Explain().
std::string ExplainRule(std::string_view topic, size_t width);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_EXPLAIN_RULE_H_
