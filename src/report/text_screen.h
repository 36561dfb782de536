// The text of one screen: what fails, since when, who causes it, what the codes mean.
//
//   PrintScreen(context, /*rows=*/24, page);   // at most 23 lines
//
// The order is fixed: summary, codes, timeline, failing paths, hosts and clients, and what --full adds. Codes get
// the lines that the others do not need; what does not fit even then is named in one line. On a higher terminal
// the parts move apart, and the failing lists grow to a line for each key.
#ifndef LOGSTAT_SRC_REPORT_TEXT_SCREEN_H_
#define LOGSTAT_SRC_REPORT_TEXT_SCREEN_H_

#include <cstddef>

#include "src/report/text_layout.h"
#include "src/report/text_words.h"

namespace logstat {

void PrintScreen(const TextContext& context, size_t rows, Page& page);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_SCREEN_H_
