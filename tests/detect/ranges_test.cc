#include <gtest/gtest.h>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

constexpr std::string_view kReader = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

void AddParts(Log& log, int parts, int64_t apart, int64_t bytes, std::string_view agent = "aria2/1.36.0") {
  for (int i = 0; i < parts; ++i) {
    log.Add(3610 + i * apart, "203.0.113.9", "GET /film.iso HTTP/1.1", 206, bytes, "-", agent);
  }
}

std::vector<Finding> FoundRanges(const Log& log) { return OfRule(Find(log.text()), "range-abuse"); }

TEST(RangesTest, EightPartsInTenSeconds) {
  Log log;
  AddParts(log, 7, 1, 1000);
  EXPECT_TRUE(FoundRanges(log).empty());
  AddParts(log, 1, 1, 1000);
  const auto found = FoundRanges(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "segments");
  EXPECT_EQ(found[0].entity, "203.0.113.9");
  EXPECT_EQ(found[0].count, 8u);
  EXPECT_EQ(found[0].severity, Severity::kLow);
}

TEST(RangesTest, SlowerThanThatIsNone) {
  Log log;
  AddParts(log, 50, 2, 1000);
  EXPECT_TRUE(FoundRanges(log).empty());
}

TEST(RangesTest, AFilmInABrowserIsInfoAtMost) {
  Log log;
  log.Add(3600, "198.51.100.1", "GET /film.iso HTTP/1.1", 200, 100'000'000);
  AddParts(log, 100, 0, 1'000'000, kReader);
  const auto found = FoundRanges(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(RangesTest, AFilmOfUnknownSizeHasNoRatio) {
  Log log;
  AddParts(log, 200, 2, 1'000'000, kReader);
  EXPECT_TRUE(FoundRanges(log).empty());
}

TEST(RangesTest, MoreThanThreeTimesTheSizeIsLow) {
  const auto fetched = [](int64_t bytes) {
    Log log;
    log.Add(3600, "198.51.100.1", "GET /film.iso HTTP/1.1", 200, 1'000'000);
    AddParts(log, 8, 30, bytes);
    return FoundRanges(log);
  };
  EXPECT_TRUE(fetched(375'000).empty());
  const auto found = fetched(400'000);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "bytes");
  EXPECT_EQ(found[0].severity, Severity::kLow);
  EXPECT_EQ(FactOf(found[0], "times_the_size"), "3.2");
}

TEST(RangesTest, MoreThanTenTimesTheSizeAndFastIsHigh) {
  Log log;
  log.Add(3600, "198.51.100.1", "GET /film.iso HTTP/1.1", 200, 1'000'000);
  AddParts(log, 16, 0, 900'000);
  const auto found = FoundRanges(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kHigh);
  EXPECT_EQ(FactOf(found[0], "times_the_size"), "14.4");
}

TEST(RangesTest, FiveBehindTheEnd) {
  const auto times = [](int count) {
    Log log;
    for (int i = 0; i < count; ++i) log.Add(3600 + i * 150, "203.0.113.9", "GET /film.iso HTTP/1.1", 416, 0);
    return FoundRanges(log);
  };
  EXPECT_TRUE(times(4).empty());
  ASSERT_EQ(times(5).size(), 1u);
  EXPECT_EQ(times(5)[0].verdict, "past-end");
  EXPECT_EQ(times(5)[0].severity, Severity::kInfo);
  EXPECT_EQ(times(5)[0].code, 416);
}

TEST(RangesTest, OneProbeBehindTheEndIsNone) {
  Log log;
  log.Add(3600, "203.0.113.9", "GET / HTTP/1.1", 416, 0);
  EXPECT_TRUE(FoundRanges(log).empty());
}

}  // namespace
}  // namespace logstat
