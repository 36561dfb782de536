// Findings and detectors as JSON. For .cc files of writers only, as json_stream.h.
#ifndef LOGSTAT_SRC_REPORT_JSON_FINDINGS_H_
#define LOGSTAT_SRC_REPORT_JSON_FINDINGS_H_

#include "logstat/findings.h"
#include "src/report/json_stream.h"
#include "src/report/times.h"

namespace logstat {

Json FindingJson(const Finding& finding, const TimeFormatter& times);
Json DetectorJson(const DetectorRow& row);
Json UnlistedJson(const UnlistedFindings& row);
// {"critical": 0, "high": 1, …}
Json SeverityCounts(const Findings& findings);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_JSON_FINDINGS_H_
