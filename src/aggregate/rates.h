// Rates of parts of the log, of the series by minute: the peak, the last minutes, and errors recently against before.
//
//   FillRates(minutes, first_time, last_time, &report.summary);
//
// Parts are whole minutes of UTC, as the series has them (coarser steps of a very long log). A rate is rows over the
// seconds of its part that lie in the log, both ends included. Pure function.
#ifndef LOGSTAT_SRC_AGGREGATE_RATES_H_
#define LOGSTAT_SRC_AGGREGATE_RATES_H_

#include "logstat/report.h"
#include "src/aggregate/minute_counts.h"

namespace logstat {

// The times are the first and the last one of the rows in `minutes`.
void FillRates(const MinuteCounts& minutes, TimeMs first_time, TimeMs last_time, Summary* summary);

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_RATES_H_
