// Points in time as a person writes them: --since, --until, --now, and times inside --where.
//
//   StatusOr<TimeMs> since = ParseTimePoint("--since", "2h", TimeContext{now_ms, zone});
//   StatusOr<TimeMs> since = ParseTimePoint("--since", "2026-11-22T13:00", {now_ms, zone});
//
// Absolute: a date, with or without a clock behind a `T` or a space, as 2026-11-22, 2026-11-22 13:00,
// 2026-11-22T13:00:05, 2026-11-22T13:00:05.250; with an offset behind it (Z, +01:00) as RFC 3339 has it, else in the
// zone of the context. Relative to now: 90s, 30m, 2h, 1d, 1w ago; `now`; `today` and `yesterday`, which begin at
// midnight in that zone. A clock that a change of the offset skipped is that much later; of one that came twice the
// first is meant.
#ifndef LOGSTAT_SRC_FILTER_TIME_POINT_H_
#define LOGSTAT_SRC_FILTER_TIME_POINT_H_

#include <optional>
#include <string>
#include <string_view>

#include "logstat/report.h"
#include "src/base/status.h"

namespace logstat {

struct TimeContext {
  std::optional<TimeMs> now;      // absent: relative times are errors
  std::string time_zone = "UTC";  // an IANA name
};

// An error is one line that names the option and the spellings.
StatusOr<TimeMs> ParseTimePoint(std::string_view option, std::string_view text, const TimeContext& context);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FILTER_TIME_POINT_H_
