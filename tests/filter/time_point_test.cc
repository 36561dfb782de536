#include "src/filter/time_point.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace logstat {
namespace {

using testing::HasSubstr;

constexpr TimeMs kNoon = 1'795'348'800'000;  // 2026-11-22T12:00:00Z, a Sunday
constexpr TimeMs kHour = 3'600'000;
constexpr TimeMs kDay = 24 * kHour;

TimeMs At(const std::string& text, const std::string& zone = "UTC") {
  const StatusOr<TimeMs> time = ParseTimePoint("--since", text, TimeContext{kNoon, zone});
  EXPECT_TRUE(time.ok()) << text << ": " << (time.ok() ? "" : Message(time.status()));
  return time.ok() ? *time : 0;
}

TEST(ParseTimePoint, Absolute) {
  EXPECT_EQ(At("2026-11-22"), kNoon - 12 * kHour);
  EXPECT_EQ(At("2026-11-22T12:00"), kNoon);
  EXPECT_EQ(At("2026-11-22 12:00"), kNoon);
  EXPECT_EQ(At("2026-11-22 12:00:05"), kNoon + 5000);
  EXPECT_EQ(At("2026-11-22t12:00:05.25"), kNoon + 5250);
  EXPECT_EQ(At("0001-01-01"), kEarliestTime);
  EXPECT_EQ(At("9999-12-31T23:59:59.999"), kLatestTime);
}

TEST(ParseTimePoint, AnOffsetWinsOverTheZone) {
  EXPECT_EQ(At("2026-11-22T12:00:00Z", "Asia/Tokyo"), kNoon);
  EXPECT_EQ(At("2026-11-22T12:00:00+00:00", "Asia/Tokyo"), kNoon);
  EXPECT_EQ(At("2026-11-22T13:00:00.5+01:00"), kNoon + 500);
  EXPECT_EQ(At("2026-11-22T07:00-05:00"), kNoon) << "without seconds";
  EXPECT_EQ(At("2026-11-22 12:00:00 +0000", "Asia/Tokyo"), kNoon);
}

TEST(ParseTimePoint, WithoutAnOffsetItIsInTheZone) {
  EXPECT_EQ(At("2026-11-22T13:00", "Europe/Berlin"), kNoon);
  EXPECT_EQ(At("2026-11-22", "America/New_York"), kNoon - 7 * kHour);
  EXPECT_EQ(At("2026-11-22T17:30:00.125", "Asia/Kolkata"), kNoon + 125);
  EXPECT_EQ(At("1969-12-31T23:59:59.5", "UTC"), -500) << "before 1970 the fraction still counts forward";
}

TEST(ParseTimePoint, ClocksThatAChangeOfTheOffsetSkippedOrRepeated) {
  // Berlin: 2026-03-29 02:00 is 03:00 at once; 2026-10-25 03:00 is 02:00 again.
  EXPECT_EQ(At("2026-03-29T02:30", "Europe/Berlin"), At("2026-03-29T01:30:00Z")) << "3:30 of summer";
  EXPECT_EQ(At("2026-10-25T02:30", "Europe/Berlin"), At("2026-10-25T00:30:00Z")) << "the first one, of summer";
}

TEST(ParseTimePoint, RelativeToNow) {
  EXPECT_EQ(At("now"), kNoon);
  EXPECT_EQ(At("90s"), kNoon - 90'000);
  EXPECT_EQ(At("30m"), kNoon - kHour / 2);
  EXPECT_EQ(At("30min"), kNoon - kHour / 2);
  EXPECT_EQ(At("2h"), kNoon - 2 * kHour);
  EXPECT_EQ(At("1d"), kNoon - kDay);
  EXPECT_EQ(At("1w"), kNoon - 7 * kDay);
  EXPECT_EQ(At("0s"), kNoon);
}

TEST(ParseTimePoint, DaysBeginAtMidnightOfTheZone) {
  EXPECT_EQ(At("today"), kNoon - 12 * kHour);
  EXPECT_EQ(At("yesterday"), kNoon - 36 * kHour);
  EXPECT_EQ(At("today", "Europe/Berlin"), kNoon - 13 * kHour);
  EXPECT_EQ(At("today", "Pacific/Auckland"), kNoon - 1 * kHour) << "it is Monday there";
  EXPECT_EQ(At("yesterday", "Pacific/Auckland"), kNoon - 25 * kHour);
  // A day of 25 hours: yesterday is not 24 hours before today.
  const TimeMs after_change = At("2026-10-26T12:00:00Z");
  const TimeContext context{after_change, "Europe/Berlin"};
  EXPECT_EQ(*ParseTimePoint("--since", "today", context) - *ParseTimePoint("--since", "yesterday", context),
            25 * kHour);
}

TEST(ParseTimePoint, ErrorsNameTheOptionAndTheSpellings) {
  for (const char* text : {"",
                           "13:00",
                           "2026",
                           "2026-13-01",
                           "2026-02-30",
                           "2026-11-22T",
                           "2026-11-22T25:00",
                           "2026-11-22T13",
                           "2026-11-22T13:00:00+99:00",
                           "2026-11-22x",
                           "2026-11-22T13:00:00 ",
                           "2y",
                           "h",
                           "-2h",
                           "2h3",
                           "1.5h",
                           "99999999999999999999s",
                           "9999999w",
                           "tomorrow",
                           "0000-01-01"}) {
    const StatusOr<TimeMs> time = ParseTimePoint("--until", text, TimeContext{kNoon, "UTC"});
    ASSERT_FALSE(time.ok()) << text << " is " << *time;
    EXPECT_THAT(Message(time.status()), HasSubstr("--until: '" + std::string(text) + "' is not a time: write 2026"));
    EXPECT_THAT(Message(time.status()), HasSubstr("yesterday"));
  }
  EXPECT_THAT(Message(ParseTimePoint("--since", "2026-11-22", {kNoon, "Mars/Base"}).status()),
              HasSubstr("time zone 'Mars/Base' is not known"));
}

TEST(ParseTimePoint, WithoutNowNothingIsRelative) {
  const StatusOr<TimeMs> time = ParseTimePoint("--now", "2h", TimeContext{std::nullopt, "UTC"});
  ASSERT_FALSE(time.ok());
  EXPECT_EQ(Message(time.status()).find("yesterday"), std::string::npos);
}

}  // namespace
}  // namespace logstat
