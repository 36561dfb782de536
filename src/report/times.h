// Points in time as the report prints them, in the zone that the user asked for.
//
//   TimeFormatter times(report.options.time_zone);
//   times.Rfc3339(1795352400123)     // "2026-11-22T13:00:00.123Z"
//   times.DateAndTime(1795352400000) // "2026-11-22 13:00:00"
//   times.Zone(1795352400000)        // "UTC", "CET"
//
// A zone that the machine does not know is UTC (options are checked before the run, so this is a second net only).
// A time that has another year than 1 to 9999 in the zone is printed in UTC, so that years always have four digits.
// Immutable after construction; thread-safe.
#ifndef LOGSTAT_SRC_REPORT_TIMES_H_
#define LOGSTAT_SRC_REPORT_TIMES_H_

#include <string>

#include "absl/time/time.h"
#include "logstat/report.h"

namespace logstat {

class TimeFormatter {
 public:
  explicit TimeFormatter(const std::string& zone_name);

  // With the offset of that moment ("Z" for zero), milliseconds only if they are not zero. Offsets that are no whole
  // minutes (local mean time, before 1900 or so) cannot be written in RFC 3339: such a time is written in UTC.
  std::string Rfc3339(TimeMs time) const;

  // With the zone behind it in the hour that the end of summer time repeats: "2026-10-25 02:30:00 CEST".
  std::string DateAndTime(TimeMs time) const;    // "2026-11-22 13:00:00"
  std::string DateAndMinute(TimeMs time) const;  // "2026-11-22 13:00"
  std::string Clock(TimeMs time) const;          // "13:00:00"
  std::string ShortClock(TimeMs time) const;     // "13:00"

  std::string ShortDate(TimeMs time) const;  // "11-22"
  std::string Zone(TimeMs time) const;       // abbreviation in force at that time

  // Whether both fall on the same day of the zone.
  bool SameDay(TimeMs a, TimeMs b) const;

 private:
  absl::TimeZone zone_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TIMES_H_
