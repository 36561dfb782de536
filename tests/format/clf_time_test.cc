#include "src/format/clf_time.h"

#include <absl/time/time.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace logstat {
namespace {

int64_t Parse(const std::string& text) {
  if (text.size() != kClfTimeBytes) {
    ADD_FAILURE() << "not 26 bytes: " << text;
    return kNoTime;
  }
  return ParseClfTime(reinterpret_cast<const uint8_t*>(text.data()));
}

TEST(ParseClfTime, TheEpoch) {
  EXPECT_EQ(Parse("01/Jan/1970:00:00:00 +0000"), 0);
  EXPECT_EQ(Parse("31/Dec/1969:23:59:59 +0000"), -1000);
}

TEST(ParseClfTime, ZonesAreHonoured) {
  EXPECT_EQ(Parse("22/Nov/2026:13:00:00 +0000"), 1795352400000);
  EXPECT_EQ(Parse("22/Nov/2026:14:00:00 +0100"), 1795352400000);
  EXPECT_EQ(Parse("22/Nov/2026:09:30:00 -0330"), 1795352400000);
  EXPECT_EQ(Parse("22/Nov/2026:18:45:00 +0545"), 1795352400000);
  EXPECT_EQ(Parse("23/Nov/2026:03:00:00 +1400"), 1795352400000);
}

TEST(ParseClfTime, LeapDays) {
  EXPECT_EQ(Parse("29/Feb/2024:00:00:00 +0000"), 1709164800000);
  EXPECT_EQ(Parse("29/Feb/2000:00:00:00 +0000"), 951782400000);
  EXPECT_EQ(Parse("29/Feb/2026:00:00:00 +0000"), kNoTime);
  EXPECT_EQ(Parse("29/Feb/1900:00:00:00 +0000"), kNoTime);
}

TEST(ParseClfTime, ALeapSecondIsTheNextMinute) {
  EXPECT_EQ(Parse("31/Dec/2016:23:59:60 +0000"), Parse("01/Jan/2017:00:00:00 +0000"));
}

TEST(ParseClfTime, FirstAndLastYear) {
  EXPECT_EQ(Parse("01/Jan/0001:00:00:00 +0000"), -62135596800000);
  EXPECT_EQ(Parse("31/Dec/9999:23:59:59 +0000"), 253402300799000);
  EXPECT_EQ(Parse("31/Dec/0000:23:59:59 +0000"), kNoTime);
}

TEST(ParseClfTime, ZoneThatMovesItOutOfTheYearsThatCanBePrinted) {
  EXPECT_EQ(Parse("01/Jan/0001:00:59:59 +0100"), kNoTime);
  EXPECT_EQ(Parse("01/Jan/0001:01:00:00 +0100"), -62135596800000);
  EXPECT_EQ(Parse("31/Dec/9999:23:00:00 -0100"), kNoTime);
  EXPECT_EQ(Parse("31/Dec/9999:22:59:59 -0100"), 253402300799000);
  EXPECT_EQ(Parse("31/Dec/9999:23:59:60 +0000"), kNoTime) << "a leap second is the first one of the next year";
}

TEST(ParseClfTime, MonthsInAnyCase) {
  EXPECT_EQ(Parse("22/NOV/2026:13:00:00 +0000"), 1795352400000);
  EXPECT_EQ(Parse("22/nov/2026:13:00:00 +0000"), 1795352400000);
}

TEST(ParseClfTime, WhatIsNoTime) {
  for (const char* wrong :
       {"00/Nov/2026:13:00:00 +0000",    "31/Nov/2026:13:00:00 +0000", "32/Dec/2026:13:00:00 +0000",
        "22/Foo/2026:13:00:00 +0000",    "22/ovN/2026:13:00:00 +0000", "22/11/02026:13:00:00 +0000",
        "22/Nov/2026:24:00:00 +0000",    "22/Nov/2026:13:60:00 +0000", "22/Nov/2026:13:00:61 +0000",
        "22/Nov/2026:13:00:00 +2400",    "22/Nov/2026:13:00:00 +0060", "22/Nov/2026:13:00:00 *0000",
        "22-Nov-2026:13:00:00 +0000",    "22/Nov/2026 13:00:00 +0000", "22/Nov/2026:13.00.00 +0000",
        "22/Nov/2026:13:00:00+ 0000",    " 2/Nov/2026:13:00:00 +0000", "22/Nov/2026:13:00:00 +00:0",
        "2\xb2/Nov/2026:13:00:00 +0000", "22/Nov/20 6:13:00:00 +0000", "                          "}) {
    EXPECT_EQ(Parse(wrong), kNoTime) << wrong;
  }
}

TEST(ParseClfTime, RandomTimesAgreeWithAbseil) {
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::mt19937 random(20261122);
  int valid = 0;
  for (int i = 0; i < 50000; ++i) {
    const unsigned year = i % 2 == 0 ? 1 + random() % 9999 : 1970 + random() % 80;
    const unsigned month = 1 + random() % 12;
    const unsigned day = 1 + random() % 31;
    const unsigned hour = random() % 24;
    const unsigned minute = random() % 60;
    const unsigned second = random() % 60;
    const bool west = random() % 2 == 0;
    const unsigned zone_hour = random() % 15;
    const unsigned zone_minute = random() % 4 * 15;
    const std::string text = fmt::format("{:02}/{}/{:04}:{:02}:{:02}:{:02} {}{:02}{:02}", day, kMonths[month - 1], year,
                                         hour, minute, second, west ? '-' : '+', zone_hour, zone_minute);
    const absl::CivilSecond civil(year, month, day, hour, minute, second);
    if (civil.day() != static_cast<int>(day)) {  // Abseil moves 31 April into May
      ASSERT_EQ(Parse(text), kNoTime) << text;
      continue;
    }
    const int offset = static_cast<int>(zone_hour * 3600 + zone_minute * 60) * (west ? -1 : 1);
    ASSERT_EQ(Parse(text), absl::ToUnixMillis(absl::FromCivil(civil, absl::FixedTimeZone(offset)))) << text;
    ++valid;
  }
  EXPECT_GT(valid, 40000);
}

TEST(ClfTimeReader, OtherLengthsAreNoTimes) {
  ClfTimeReader reader;
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:00:00 +0000")), 1795352400000);
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:00:00 +000")), kNoTime);
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:00:00 +00000")), kNoTime);
  EXPECT_EQ(reader.Read(std::string_view()), kNoTime);
}

TEST(ClfTimeReader, ANewReaderRemembersNothingNotEvenNuls) {
  std::string text(kClfTimeBytes, '\0');
  EXPECT_EQ(ClfTimeReader().Read(std::string_view(text)), kNoTime);
  text[18] = text[19] = '0';  // only the seconds are digits
  EXPECT_EQ(ClfTimeReader().Read(std::string_view(text)), kNoTime);
}

TEST(ClfTimeReader, ABadTextDoesNotSpoilWhatIsRemembered) {
  ClfTimeReader reader;
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:00:05 +0000")), 1795352405000);
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:61:05 +0000")), kNoTime);
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:61:05 +0000")), kNoTime);
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:00:59 +0000")), 1795352459000);
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:00:60 +0000")), 1795352460000);
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:00:61 +0000")), kNoTime);
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:00:6 +00000")), kNoTime);
  EXPECT_EQ(reader.Read(std::string_view("22/Nov/2026:13:00:00 +0001")), 1795352340000);
}

TEST(ClfTimeReader, AlwaysAgreesWithTheReference) {
  std::mt19937 random(20261122);
  ClfTimeReader reader;
  std::string text = "28/Feb/2026:23:59:58 +0000";
  constexpr std::string_view kBytes = "0123456789/: +-JanFebMar";
  int times = 0;
  for (int i = 0; i < 300000; ++i) {
    std::string next = text;
    if (random() % 3 != 0) next[18 + random() % 2] = static_cast<char>('0' + random() % 10);
    if (random() % 4 == 0) next[random() % next.size()] = kBytes[random() % kBytes.size()];
    if (random() % 8 == 0) next[random() % next.size()] = static_cast<char>(random());
    const int64_t expected = Parse(next);
    ASSERT_EQ(reader.Read(std::string_view(next)), expected) << next;
    if (expected == kNoTime) continue;
    text = next;  // walk from time to time
    ++times;
  }
  EXPECT_GT(times, 100000);
}

}  // namespace
}  // namespace logstat
