// The sample lines of findings whose lines were no events: a second look at the cells of the inputs in which they stand.
//
//   AddSampleLines(pass, detectors.wishes(), &report.findings);
//
// Of each wish the earliest lines by time, input and offset, whatever the cells and threads of the pass were. Only cells
// that have lines of the time are parsed, and none behind the one that has the last of the wished lines: a look at a
// mapped log takes a few milliseconds whatever its size. An archive has to be decoded again up to there.
//
// Lines of a pipe cannot be had again, nor those of a file that was changed since; such findings keep the samples that
// they have. A run that was stopped looks for none.
#ifndef LOGSTAT_SRC_ANALYSIS_SAMPLE_LINES_H_
#define LOGSTAT_SRC_ANALYSIS_SAMPLE_LINES_H_

#include <vector>

#include "logstat/findings.h"
#include "src/analysis/pass.h"
#include "src/detect/line_wish.h"

namespace logstat {

// `first`: the pass that has ended, with findings. Sets `samples` of the rows that the wishes name.
void AddSampleLines(const Pass& first, const std::vector<LineWish>& wishes, Findings* findings);

}  // namespace logstat

#endif  // LOGSTAT_SRC_ANALYSIS_SAMPLE_LINES_H_
