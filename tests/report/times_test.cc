#include "src/report/times.h"

#include <gtest/gtest.h>

namespace logstat {
namespace {

constexpr TimeMs kNoon = 1'795'352'400'000 - 3'600'000;  // 2026-11-22T12:00:00Z

TEST(Times, Rfc3339HasMillisecondsOnlyIfTheyAreNotZero) {
  const TimeFormatter utc("UTC");
  EXPECT_EQ(utc.Rfc3339(kNoon), "2026-11-22T12:00:00Z");
  EXPECT_EQ(utc.Rfc3339(kNoon + 7), "2026-11-22T12:00:00.007Z");
  EXPECT_EQ(utc.Rfc3339(-1), "1969-12-31T23:59:59.999Z");
}

TEST(Times, OffsetOfTheMomentNotOfTheZone) {
  const TimeFormatter berlin("Europe/Berlin");
  EXPECT_EQ(berlin.Rfc3339(kNoon), "2026-11-22T13:00:00+01:00");
  EXPECT_EQ(berlin.Rfc3339(kNoon - 150 * 86'400'000LL), "2026-06-25T14:00:00+02:00");
  EXPECT_EQ(TimeFormatter("America/St_Johns").Rfc3339(kNoon), "2026-11-22T08:30:00-03:30");
  EXPECT_EQ(berlin.Zone(kNoon), "CET");
}

TEST(Times, OffsetWithSecondsIsWrittenInUtc) {
  EXPECT_EQ(TimeFormatter("Europe/Berlin").Rfc3339(-2'800'000'000'000), "1881-04-09T14:13:20Z");
}

TEST(Times, YearsAlwaysHaveFourDigits) {
  EXPECT_EQ(TimeFormatter("America/New_York").Rfc3339(kEarliestTime), "0001-01-01T00:00:00Z");
  EXPECT_EQ(TimeFormatter("Pacific/Kiritimati").Rfc3339(kLatestTime), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(TimeFormatter("Pacific/Kiritimati").DateAndTime(kLatestTime), "9999-12-31 23:59:59");
  EXPECT_EQ(TimeFormatter("Pacific/Kiritimati").Zone(kLatestTime), "UTC");
  EXPECT_EQ(TimeFormatter("UTC").Rfc3339(kEarliestTime - 86'400'000), "0001-01-01T00:00:00Z") << "start of a step";
  EXPECT_EQ(TimeFormatter("UTC").DateAndTime(kLatestTime + 1), "9999-12-31 23:59:59") << "end of a step";
}

TEST(Times, UnknownZoneIsUtc) { EXPECT_EQ(TimeFormatter("No/Where").Rfc3339(kNoon), "2026-11-22T12:00:00Z"); }

TEST(Times, DayEndsWithTheZone) {
  const TimeMs late = kNoon + 11 * 3'600'000 + 1'800'000;  // 23:30 UTC
  EXPECT_TRUE(TimeFormatter("UTC").SameDay(kNoon, late));
  EXPECT_FALSE(TimeFormatter("Europe/Berlin").SameDay(kNoon, late));
}

TEST(Times, TheHourThatTheEndOfSummerTimeRepeatsNamesItsZone) {
  const TimeFormatter berlin("Europe/Berlin");
  constexpr TimeMs kFirst = 1'792'888'200'000;  // 2026-10-25T00:30:00Z
  EXPECT_EQ(berlin.DateAndTime(kFirst), "2026-10-25 02:30:00 CEST");
  EXPECT_EQ(berlin.DateAndMinute(kFirst + 3'600'000), "2026-10-25 02:30 CET");
  EXPECT_EQ(berlin.Clock(kFirst + 3'600'000), "02:30:00 CET");
  EXPECT_EQ(berlin.ShortClock(kFirst), "02:30 CEST");
  EXPECT_EQ(berlin.DateAndTime(kFirst - 3'600'000), "2026-10-25 01:30:00");
  EXPECT_EQ(berlin.DateAndTime(kFirst + 2 * 3'600'000), "2026-10-25 03:30:00");
  EXPECT_EQ(TimeFormatter("UTC").DateAndMinute(kFirst), "2026-10-25 00:30");
}

}  // namespace
}  // namespace logstat
