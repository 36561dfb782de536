#include "src/filter/filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "bench/genlog_lib.h"
#include "tests/filter/filtered_rows.h"

namespace logstat {
namespace {

using testing::HasSubstr;

constexpr TimeMs kStart = 1'795'305'600'000;  // of a generated log

Filter Where(const std::string& where) {
  Options options;
  options.where = where;
  return *MakeFilter(options);
}

std::string DirtyLog(genlog::Format format) {
  genlog::Options options;
  options.lines = 3000;
  options.dirty_ppm = 200'000;
  options.format = format;
  options.seed = 5;
  return genlog::GenerateLog(options);
}

TEST(Filter, NothingGivenIsNoFilter) {
  const Filter filter = *MakeFilter(Options());
  EXPECT_FALSE(filter.active());
  EXPECT_EQ(filter.early(), nullptr);
  EXPECT_EQ(filter.columns(), ColumnSet{});
}

TEST(Filter, TestsOnStatusTimeAndBytesAreEarly) {
  const Filter filter = Where("path =~ 'x' and (status == 200 or bytes > 5) and method == 'GET' and time > 2026-01-01");
  ASSERT_NE(filter.early(), nullptr);
  EXPECT_EQ(filter.early()->columns(), (ColumnSet{Field::kStatus, Field::kBytes, Field::kTime}));
  EXPECT_EQ(filter.columns(), filter.named());
  EXPECT_TRUE(filter.columns().Contains(Field::kPath));
  EXPECT_EQ(Where("status == 200 or path == 'x'").early(), nullptr) << "an `or` cannot be taken apart";
  EXPECT_NE(Where("not (status == 200 or path == 'x')").early(), nullptr) << "its negation can";
}

TEST(Filter, ARangeIsEarlyAndNamesNoField) {
  Options options;
  options.since = kStart;
  const Filter filter = *MakeFilter(options);
  EXPECT_TRUE(filter.active());
  EXPECT_EQ(filter.early()->columns(), ColumnSet{Field::kTime});
  EXPECT_EQ(filter.named(), ColumnSet{}) << "a log without times is no error";
}

TEST(Filter, RangesThatHoldNothingAreErrors) {
  Options options;
  options.since = options.until = kStart;
  EXPECT_THAT(Message(MakeFilter(options).status()), HasSubstr("--since is not before --until"));
  options.until = kStart + 1;
  EXPECT_TRUE(MakeFilter(options).ok());
  options.where = "status >";
  EXPECT_TRUE(MarkOf(MakeFilter(options).status()).has_value());
}

// What the fast path drops early, and reads no further, is what the careful path drops when it has read all.
TEST(Filter, EarlyTestsChangeNoRow) {
  constexpr ColumnSet kFast{Field::kStatus, Field::kTime, Field::kClient, Field::kPath, Field::kMethod, Field::kHost};
  for (const auto& [name, log_format] : {std::pair{"combined", genlog::Format::kCombined},
                                         std::pair{"vhost_combined", genlog::Format::kVhostCombined}}) {
    const std::string text = DirtyLog(log_format);
    const LineFormat& format = LineFormatOf(name);
    for (const ColumnSet columns : {ColumnSet{Field::kStatus}, kFast, kFast | ColumnSet{Field::kAgent}}) {
      for (const char* where :
           {"status >= 500", "status != 200 and path =~ 'a'", "bytes > 10K", "time >= 2026-11-22T00:00:20Z",
            "status == 1", "not (time < 2026-11-22T00:00:20Z or status in 2xx)", "client in 0.0.0.0/1 and bytes > 0"}) {
        const Filter filter = Where(where);
        const std::vector<ReadRow> careful =
            FilteredRows(text, format, columns, filter, {.fast = false, .early = false});
        for (const FilteredReading how : {FilteredReading{.fast = true, .early = true},
                                          {.fast = true, .early = false},
                                          {.fast = false, .early = true},
                                          {.fast = true, .early = true, .cell_bytes = 300}}) {
          ASSERT_EQ(DescribeDifference(text, FilteredRows(text, format, columns, filter, how), careful), "")
              << name << " " << where << (how.fast ? " fast" : "") << (how.early ? " early" : "");
        }
      }
    }
  }
}

}  // namespace
}  // namespace logstat
