// Rates of parts of the log, of the series by minute: the peak, the last minutes, and errors recently against before.
//
//   FillRates(minutes, recent, first_time, last_time, &report.summary);
//
// The peak and the last minutes are whole minutes of UTC, as the series has them (coarser steps of a very long log); a
// rate is rows over the seconds of its part that lie in the log, both ends included. Errors are cut at the second,
// because the tenth of a short log is no minute. Pure function.
#ifndef LOGSTAT_SRC_AGGREGATE_RATES_H_
#define LOGSTAT_SRC_AGGREGATE_RATES_H_

#include "logstat/report.h"
#include "src/aggregate/minute_counts.h"
#include "src/aggregate/recent_seconds.h"

namespace logstat {

// Both have counted the same rows, of which the times are the first and the last one.
void FillRates(const MinuteCounts& minutes, const RecentSeconds& recent, TimeMs first_time, TimeMs last_time,
               Summary* summary);

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_RATES_H_
