// Every spelling of a time that a log has, to milliseconds since 1970.
//
//   TimeReader reader;                                           // one per worker: it remembers the last minute
//   int64_t ms = reader.Read("2026-11-22T13:00:00.123+01:00");   // kNoTime if it is no time
//
// Read:
//   22/Nov/2026:13:00:00 +0000      Common Log Format; also in brackets
//   22/Nov/2026:13:00:00.123        HAProxy; also with an offset behind, or with a blank before the clock
//   2026-11-22T13:00:00.123Z        RFC 3339 and ISO 8601: also with a space or `_` for the T, a comma for the point,
//                                   offsets as +01:00, +0100 or +01, also behind a space, without one, without seconds'
//                                   fraction
//   2026/11/22 13:00:00             the same with slashes
//   11/22/2026, 13:00:00            IIS: also with two digits of the year (20xx), or one of month, day or hour
//   20261122130000                  all digits
//   1795352400, 1795352400.123      since 1970 in seconds, milliseconds, microseconds or nanoseconds, by magnitude:
//                                   below 1e11, 1e14, 1e17 and above
// A time without an offset is UTC: a log does not say where it was written. A leap second is the first of the next
// minute. Fractions are cut off to milliseconds. Years 1 to 9999 of UTC.
#ifndef LOGSTAT_SRC_FORMAT_TIME_TEXT_H_
#define LOGSTAT_SRC_FORMAT_TIME_TEXT_H_

#include <cstdint>
#include <string_view>

#include "src/format/clf_time.h"

namespace logstat {

class TimeReader {
 public:
  int64_t Read(std::string_view text);
  // Only the first of these.
  int64_t ReadClf(std::string_view text) { return clf_.Read(text); }

 private:
  int64_t ReadIso(std::string_view text);

  ClfTimeReader clf_;
  char date_[10] = {};  // of the last ISO time: its days are the same for all lines of a day
  int64_t date_ms_ = 0;
};

// Seconds, milliseconds, microseconds or nanoseconds since 1970, by magnitude; kNoTime if it is no such number.
int64_t ParseEpochTime(std::string_view text);

// "+01:00", "+0100", "+01", "Z", "" to milliseconds east of UTC; kNoTime if it is none of these.
int64_t ParseOffset(std::string_view text);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_TIME_TEXT_H_
