// The section of the codes in the full text: an overview of all, then each code of 400 or more, or without a status,
// with its meaning, its times, and the paths and clients that have it most.
//
//   PrintCodes(context, page);
#ifndef LOGSTAT_SRC_REPORT_TEXT_CODES_H_
#define LOGSTAT_SRC_REPORT_TEXT_CODES_H_

#include "src/report/text_layout.h"
#include "src/report/text_summary.h"

namespace logstat {

void PrintCodes(const TextContext& context, Page& page);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_CODES_H_
