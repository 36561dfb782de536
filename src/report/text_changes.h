// What changed, in one sentence for the summary and as a table.
//
//   std::vector<std::string> wordings = ChangeSentences(report, times);   // longest first; empty if nothing changed
//   PrintChanges(context, page);
//
// "since 13:02 (ongoing): 502 rose from 0.1 % to 12 % of requests, with host shop.example". The key that is named at
// the end is that of the first change of another kind at much the same time and of much the same size.
#ifndef LOGSTAT_SRC_REPORT_TEXT_CHANGES_H_
#define LOGSTAT_SRC_REPORT_TEXT_CHANGES_H_

#include <string>
#include <vector>

#include "src/report/text_layout.h"
#include "src/report/text_words.h"

namespace logstat {

std::vector<std::string> ChangeSentences(const Report& report, const TimeFormatter& times);

// The rows of the section, with their titles.
void PrintChanges(const TextContext& context, Page& page);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_CHANGES_H_
