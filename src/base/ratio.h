// A part of a whole, as a fraction; of nothing, 0. Every share and rate of a report is made here.
//
//   report.summary.reject_share = Ratio(totals.rejected, totals.lines - totals.ignored);
#ifndef LOGSTAT_SRC_BASE_RATIO_H_
#define LOGSTAT_SRC_BASE_RATIO_H_

#include <cstdint>

namespace logstat {

inline double Ratio(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_RATIO_H_
