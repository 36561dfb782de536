// The section of the codes in the full text: an overview of all, then each with its bytes and times; codes of 400 or
// more, and no status at all, also with their meaning and the paths and clients that have them most.
//
//   PrintCodes(context, page);
#ifndef LOGSTAT_SRC_REPORT_TEXT_CODES_H_
#define LOGSTAT_SRC_REPORT_TEXT_CODES_H_

#include "src/report/text_layout.h"
#include "src/report/text_words.h"

namespace logstat {

void PrintCodes(const TextContext& context, Page& page);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_CODES_H_
