// What must be the same of two lists of findings, as lines to compare.
#ifndef LOGSTAT_TESTS_DETECT_ESSENCE_H_
#define LOGSTAT_TESTS_DETECT_ESSENCE_H_

#include <fmt/format.h>

#include <string>
#include <vector>

#include "logstat/findings.h"

namespace logstat {

// Everything of findings that does not name files, lines and times.
inline std::vector<std::string> Essence(const Findings& findings) {
  std::vector<std::string> all;
  for (const Finding& finding : findings.rows) {
    std::string line = fmt::format("{} {} {} {} {} {}", finding.id, SeverityName(finding.severity), finding.verdict,
                                   finding.entity, finding.count, finding.last_time - finding.first_time);
    for (const EvidenceFact& fact : finding.facts) line += fmt::format(" {}={}", fact.name, fact.value);
    all.push_back(line);
  }
  return all;
}

// And these too.
inline std::vector<std::string> Whole(const Findings& findings) {
  std::vector<std::string> all = Essence(findings);
  for (const Finding& finding : findings.rows) {
    std::string line = fmt::format("{} {}", finding.first_time, finding.last_time);
    for (const LineSample& sample : finding.samples)
      line += fmt::format(" {}:{}:{}", sample.line, sample.offset, sample.text);
    all.push_back(line);
  }
  return all;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_ESSENCE_H_
