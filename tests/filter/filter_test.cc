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

// The same of formats that the fast path does not read: a first look at the early columns says which lines are read.
TEST(Filter, EarlyTestsChangeNoRowOfOtherFormats) {
  constexpr ColumnSet kColumns{Field::kStatus, Field::kTime,     Field::kClient, Field::kPath,
                               Field::kHost,   Field::kDuration, Field::kAgent,  Field::kUpstream};
  const std::string fields =
      "#Fields: date time c-ip cs-username cs-method cs-uri-stem cs-uri-query sc-status sc-bytes time-taken cs-version "
      "cs(User-Agent) cs(Referer)\n";
  for (const auto& [name, log_format] :
       {std::pair{"nginx_json", genlog::Format::kNginxJson}, std::pair{"caddy", genlog::Format::kCaddy},
        std::pair{"ltsv", genlog::Format::kLtsv}, std::pair{"w3c", genlog::Format::kW3c},
        std::pair{"squid", genlog::Format::kSquid}, std::pair{"haproxy", genlog::Format::kHaproxy},
        std::pair{"alb", genlog::Format::kAlb}}) {
    const std::string log = DirtyLog(log_format);
    const std::string text =
        fields + log + "#Fields: date time c-ip sc-status\n2026-11-22 00:00:20 192.0.2.1 500\n" + fields + log;
    const LineFormat& format = LineFormatOf(name);
    for (const char* where : {"status >= 500", "status == 1", "bytes > 10K and path =~ 'a'",
                              "time >= 2026-11-22T00:00:20Z", "status == 404 or status == 200"}) {
      const Filter filter = Where(where);
      for (const size_t cell_bytes : {size_t{3000}, size_t{1} << 20}) {
        const FilteredReading how{.fast = true, .early = true, .cell_bytes = cell_bytes};
        const FilteredReading whole{.fast = true, .early = false, .cell_bytes = cell_bytes};
        const std::vector<ReadRow> expected = FilteredRows(text, format, kColumns, filter, whole);
        ASSERT_EQ(DescribeDifference(text, FilteredRows(text, format, kColumns, filter, how), expected), "")
            << name << " " << where << " " << cell_bytes;
      }
    }
  }
}

}  // namespace
}  // namespace logstat
