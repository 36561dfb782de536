#include "src/format/time_text.h"

#include <absl/time/time.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace logstat {
namespace {

constexpr int64_t kNov22 = 1795352400000;  // 2026-11-22T13:00:00Z

TEST(TimeReader, EverySpellingOfOneMoment) {
  TimeReader reader;
  for (const char* text : {"22/Nov/2026:13:00:00 +0000",
                           "[22/Nov/2026:13:00:00 +0000]",
                           "22/Nov/2026:14:00:00.000 +0100",
                           "22/Nov/2026:13:00:00.000",
                           "22/Nov/2026 14:00:00.000 +0100",
                           "20261122130000",
                           "2026-11-22T13:00:00Z",
                           "2026-11-22T13:00:00",
                           "2026-11-22 13:00:00",
                           "2026-11-22_13:00:00",
                           "2026/11/22 13:00:00",
                           "2026-11-22T14:00:00+01:00",
                           "2026-11-22T14:00:00 +0100",
                           "2026-11-22T14:00:00+01",
                           "2026-11-22T09:30:00.000000000-03:30",
                           "2026-11-22T13:00:00,000Z",
                           "2026-11-22 13:00:00 UTC",
                           "1795352400",
                           "1795352400.000",
                           "1795352400000",
                           "1795352400000000",
                           "1795352400000000000"}) {
    EXPECT_EQ(reader.Read(text), kNov22) << text;
  }
}

TEST(TimeReader, FractionsAreCutOffToMilliseconds) {
  TimeReader reader;
  EXPECT_EQ(reader.Read("2026-11-22T13:00:00.1Z"), kNov22 + 100);
  EXPECT_EQ(reader.Read("2026-11-22T13:00:00.123999Z"), kNov22 + 123);
  EXPECT_EQ(reader.Read("22/Nov/2026:13:00:00.045"), kNov22 + 45);
  EXPECT_EQ(reader.Read("1795352400.5"), kNov22 + 500);
  EXPECT_EQ(reader.Read("1795352400123456"), kNov22 + 123);
}

TEST(TimeReader, OffsetThatMovesItOutOfTheYearsThatCanBePrinted) {
  TimeReader reader;
  EXPECT_EQ(reader.Read("0001-01-01T00:59:59+01:00"), kNoTime);
  EXPECT_EQ(reader.Read("0001-01-01T01:00:00+01:00"), -62135596800000);
  EXPECT_EQ(reader.Read("9999-12-31T23:00:00.000-01:00"), kNoTime);
  EXPECT_EQ(reader.Read("9999-12-31T22:59:59.999-01:00"), 253402300799999);
  EXPECT_EQ(reader.Read("01/Jan/0001:00:00:00.000 +0100"), kNoTime);
}

TEST(TimeReader, WhatIsNoTime) {
  TimeReader reader;
  for (const char* text : {"",
                           "-",
                           "yesterday",
                           "2026-11-22",
                           "2026-13-22T13:00:00Z",
                           "2026-11-31T13:00:00Z",
                           "2026-11-22T24:00:00Z",
                           "2026-11-22T13:00:00.Z",
                           "2026-11-22T13:00:00+1",
                           "2026-11-22T13:00:00+01:0",
                           "2026-11-22x13:00:00",
                           "2026-11/22T13:00:00",
                           "0000-11-22T13:00:00Z",
                           "22/Foo/2026:13:00:00.123",
                           "31/Nov/2026:13:00:00.123",
                           "17953524x0",
                           "20261322130000",
                           "20261122240000",
                           "1795352400.",
                           "1795352400.5x",
                           "99999999999999999999",
                           "[]",
                           "["}) {
    EXPECT_EQ(reader.Read(text), kNoTime) << text;
  }
}

TEST(TimeReader, WhatItRemembersNeverChangesAnAnswer) {
  TimeReader remembering;
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    const int64_t seconds = static_cast<int64_t>(random() % 4'000'000'000) / (i % 3 == 0 ? 1 : 1000);
    const absl::Time time = absl::FromUnixSeconds(seconds);
    const std::string format = i % 2 == 0 ? "%Y-%m-%dT%H:%M:%SZ" : "%d/%b/%Y:%H:%M:%S +0000";
    const std::string text(absl::FormatTime(std::string(format), time, absl::UTCTimeZone()));
    ASSERT_EQ(remembering.Read(text), seconds * 1000) << text;
  }
}

TEST(ParseOffset, Spellings) {
  EXPECT_EQ(ParseOffset("+05:45"), 20'700'000);
  EXPECT_EQ(ParseOffset("-0330"), -12'600'000);
  EXPECT_EQ(ParseOffset("+01"), 3'600'000);
  EXPECT_EQ(ParseOffset(""), 0);
  for (const char* wrong : {"+", "+1", "+0:00", "+24:00", "+01:60", "01:00", "+01-00", "CET"}) {
    EXPECT_EQ(ParseOffset(wrong), kNoTime) << wrong;
  }
}

}  // namespace
}  // namespace logstat
