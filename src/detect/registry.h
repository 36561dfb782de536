// Every rule there is: one row for each, in the order of the catalogue (docs/findings.md).
//
//   for (const DetectorEntry* entry : AllDetectors()) Print(entry->rule->id);
//
// To add a finding: a file of its own with a Rule, a Detector and an entry (entries.h), a row here, a row in
// docs/findings.md, a labelled campaign in tests/detect. Constant data; thread-safe.
#ifndef LOGSTAT_SRC_DETECT_REGISTRY_H_
#define LOGSTAT_SRC_DETECT_REGISTRY_H_

#include <span>
#include <string_view>

#include "src/detect/entries.h"
#include "src/detect/rule.h"

namespace logstat {

std::span<const DetectorEntry* const> AllDetectors();

// Null for what is no id.
const Rule* FindRule(std::string_view id);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_REGISTRY_H_
