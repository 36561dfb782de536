// How often requests come and how many fail, over all and lately: "rates" and "errors" in the head of the text.
//
//   AddRates(context, lines);                     // where lines are not scarce
//   AddErrors(context, HeadForm::kScreen, lines);
#ifndef LOGSTAT_SRC_REPORT_TEXT_RATES_H_
#define LOGSTAT_SRC_REPORT_TEXT_RATES_H_

#include <vector>

#include "src/report/text_summary.h"

namespace logstat {

// The peak minute, the last five, errors recently and before. Nothing of a log without a readable time.
void AddRates(const TextContext& context, std::vector<Line>& lines);

// Server errors, client errors, aborted; on a screen also the rate of server errors recently where that is news.
void AddErrors(const TextContext& context, HeadForm form, std::vector<Line>& lines);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_RATES_H_
