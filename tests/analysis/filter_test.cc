// --since, --until, --where and --client through whole runs: against a second count of the same lines, and the same for
// everything that must not matter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/genlog_lib.h"
#include "tests/analysis/run_log.h"
#include "tests/analysis/same_answer.h"
#include "tests/base/sanitized.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using ::testing::HasSubstr;

constexpr TimeMs kStart = 1'795'305'600'000;  // 2026-11-22T00:00:00Z, the first line of a generated log

Report RunWith(const std::string& path, const std::function<void(Options&)>& change) {
  Options options;
  options.inputs = {path};
  options.tuning.cell_bytes = 10'000;
  options.max_memory_bytes = kLeastMemoryBytes;
  change(options);
  return RunAnalysis(options);
}

uint64_t CountWhere(const std::string& path, const std::string& where) {
  return RunWith(path, [&](Options& options) { options.where = where; }).totals.counted;
}

// What awk says; the program is one line of it that prints a number.
uint64_t CountByAwk(const std::string& program, const std::string& path) {
  const std::string command = "LC_ALL=C awk '" + program + "' " + path;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  unsigned long count = 0;
  EXPECT_EQ(std::fscanf(pipe.get(), "%lu", &count), 1) << command;
  return count;
}

class GeneratedLogTest : public testing::Test {
 protected:
  static constexpr uint64_t kLines = 20'000;
  const TempDir dir_;
  const std::string path_ = dir_.Write("access.log", Generated(kLines, 11, 0));
};

TEST_F(GeneratedLogTest, WhereCountsWhatAwkCounts) {
  const uint64_t both = CountWhere(path_, R"(status >= 400 and target =~ "^/[a-m]")");
  EXPECT_EQ(both, CountByAwk(R"($9 >= 400 && $7 ~ /^\/[a-m]/ {++n} END {print n + 0})", path_));
  EXPECT_GT(both, 10u);
  EXPECT_LT(both, kLines / 2);
  EXPECT_EQ(CountWhere(path_, R"(status >= 500 and target =~ "^/api")"),
            CountByAwk(R"($9 >= 500 && $7 ~ /^\/api/ {++n} END {print n + 0})", path_));
  EXPECT_EQ(CountWhere(path_, R"(not (bytes > 10000 or method != "GET"))"),
            CountByAwk(R"(!($10 > 10000 || $6 != "\"GET") && $10 != "-" {++n} END {print n + 0})", path_));
}

TEST_F(GeneratedLogTest, SinceAndUntilCountWhatAwkCounts) {
  const uint64_t inside = RunWith(path_, [](Options& options) {
                            options.since = kStart + 60'000;
                            options.until = kStart + 120'000;
                          }).totals.counted;
  EXPECT_EQ(inside, CountByAwk(R"(substr($4, 14, 5) == "00:01" {++n} END {print n + 0})", path_));
  EXPECT_GT(inside, 1000u);
  EXPECT_LT(inside, 5000u);
}

TEST_F(GeneratedLogTest, ARangeAndItsTwoSidesAddUp) {
  const TimeMs cut = kStart + 100'000;
  const Report before = RunWith(path_, [&](Options& options) { options.until = cut; });
  const Report after = RunWith(path_, [&](Options& options) { options.since = cut; });
  const Report all = RunWith(path_, [](Options&) {});
  EXPECT_EQ(before.totals.counted + after.totals.counted, all.totals.counted);
  EXPECT_EQ(before.totals.filtered, after.totals.counted);
  EXPECT_LT(*before.totals.last_time, cut);
  EXPECT_EQ(*after.totals.first_time, cut) << "half-open: the first time is inside";
}

// The same lines, written to a log of their own, give the same report but for the accounts and the findings: rules that
// need all statuses do not run under such a filter (tests/detect/filtered_rules_test.cc).
TEST_F(GeneratedLogTest, TheReportIsThatOfALogOfTheLinesThatPass) {
  std::ifstream log(path_);
  std::string kept;
  for (std::string line; std::getline(log, line);) {
    const size_t status = line.find("\" ") + 2;
    if (line[status] >= '4' && line.find("00:02:", line.find('[')) < line.find(']')) kept += line + "\n";
  }
  Report filtered = RunWith(path_, [](Options& options) {
    options.since = kStart + 120'000;
    options.until = kStart + 180'000;
    options.where = "status in (4xx, 5xx)";
  });
  Report alone = RunWith(dir_.Write("kept.log", kept), [](Options&) {});
  ASSERT_GT(alone.totals.counted, 50u);
  EXPECT_EQ(filtered.totals.counted, alone.totals.counted);
  for (Report* report : {&filtered, &alone}) {
    report->options = ReportOptions();
    report->inputs.clear();
    report->totals.lines = report->totals.filtered = report->totals.bytes_read = 0;
    report->findings = Findings();
  }
  EXPECT_EQ(ToJson(filtered), ToJson(alone));
}

TEST_F(GeneratedLogTest, NoFilterChangesTheAccountsOrTheVerdict) {
  const std::string dirty = dir_.Write("dirty.log", Generated(5000, 12, 100'000));
  const Report all = RunWith(dirty, [](Options&) {});
  ASSERT_GT(all.totals.rejected, 0u);
  ASSERT_EQ(all.totals.filtered, 0u);
  for (const char* where : {"status == 999", "status >= 0", "client in 10.0.0.0/8", "target =~ \"a\" or bytes > 5"}) {
    const Report some = RunWith(dirty, [&](Options& options) { options.where = where; });
    EXPECT_EQ(some.totals.lines, all.totals.lines) << where;
    EXPECT_EQ(some.totals.rejected, all.totals.rejected) << where;
    EXPECT_EQ(some.totals.ignored, all.totals.ignored) << where;
    EXPECT_EQ(some.totals.counted + some.totals.filtered, all.totals.counted) << where;
    EXPECT_EQ(some.inputs[0].confidence, all.inputs[0].confidence) << where;
  }
}

TEST(FilteredRows, TheSameForAnyThreadsCellsAndKernel) {
  const std::string text = Generated(1500, 13, 200'000, genlog::Format::kCombined);
  const TempDir dir;
  const std::string path = dir.Write("dirty.log", text);
  for (const char* where :
       {"status >= 500", "time >= 2026-11-22T00:00:10Z and time < 2026-11-22T00:00:15Z", "bytes > 100K",
        "not (status == 200 or time > 2026-11-22T00:00:12Z)", "status == 404 and path =~ \"a\"",
        "method == 'POST' or status in 5xx", "not client in 0.0.0.0/1"}) {
    std::string answer;
    for (const unsigned threads : {1u, 2u, 3u, 4u}) {
      if (kSanitized && threads % 2 == 0) continue;
      for (const size_t cell_bytes : {size_t{100}, size_t{5000}, size_t{1} << 20}) {
        for (const char* kernel : {"scalar", ""}) {
          const std::string json = ToJson(RunWith(path, [&](Options& options) {
            options.where = where;
            options.threads = threads;
            options.tuning.cell_bytes = cell_bytes;
            options.tuning.kernel = kernel;
          }));
          if (answer.empty()) answer = json;
          ASSERT_EQ(json, answer) << where << ", " << threads << " threads, cells of " << cell_bytes;
        }
      }
    }
    EXPECT_EQ(answer.find("\"counted\":0,"), std::string::npos) << where << " selects nothing";
  }
}

TEST(FilteredRows, ClockOutliersAreJudgedBeforeTheFilterAndHaveNoTime) {
  const auto line = [](const char* time, int status) {
    return "192.0.2.1 - - [" + std::string(time) + " +0000] \"GET / HTTP/1.1\" " + std::to_string(status) + " 5\n";
  };
  // The third line is a year off; its neighbours are filtered by status in the runs below.
  const std::string text = line("22/Nov/2026:13:00:00", 200) + line("22/Nov/2026:13:00:01", 200) +
                           line("22/Nov/2025:13:00:02", 500) + line("22/Nov/2026:13:00:03", 200) +
                           line("bad/Nov/2026:13:00:04", 500) + line("22/Nov/2026:13:00:05", 500);
  const TempDir dir;
  const std::string path = dir.Write("access.log", text);
  for (const size_t cell_bytes : {size_t{1}, size_t{100}, size_t{200}, size_t{1000}}) {
    const auto run = [&](const std::string& where) {
      return RunWith(path, [&](Options& options) {
        options.where = where;
        options.tuning.cell_bytes = cell_bytes;
      });
    };
    const Report errors = run("status == 500");
    EXPECT_EQ(errors.totals.counted, 3u);
    EXPECT_EQ(errors.totals.clock_outliers, 1u);
    EXPECT_EQ(errors.totals.time_unknown, 1u);
    EXPECT_EQ(errors.totals.first_time, errors.totals.last_time) << "that of the last line only";
    EXPECT_EQ(run("time < 2026-01-01").totals.counted, 0u);
    EXPECT_EQ(run("not time < 2026-01-01").totals.counted, 4u) << "unknown is neither";
    EXPECT_EQ(run("time < 2026-01-01 or status == 500").totals.counted, 3u);
    EXPECT_EQ(run("time < 2026-01-01").totals.newest_time, 1'795'352'405'000) << "13:00:05";
    const Report since = RunWith(path, [&](Options& options) {
      options.since = kEarliestTime;
      options.tuning.cell_bytes = cell_bytes;
    });
    EXPECT_EQ(since.totals.counted, 4u);
    EXPECT_EQ(since.totals.filtered, 2u);
  }
}

TEST(FilteredRows, ColumnsOfTheFilterAloneAreNotInTheReport) {
  const TempDir dir;
  const Report report = RunWith(dir.Write("access.log", Generated(500, 14, 0)), [](Options& options) {
    options.sections = SectionSet{Section::kCodes};
    options.since = kStart;
    options.where = "bytes >= 0 and client in 0.0.0.0/0 and path =~ '/'";
  });
  EXPECT_GT(report.totals.counted, 0u);
  EXPECT_FALSE(report.columns.time || report.columns.bytes || report.columns.client || report.columns.path);
  EXPECT_FALSE(report.totals.first_time.has_value());
  EXPECT_EQ(report.totals.response_bytes, 0u);
  EXPECT_EQ(report.codes[0].bytes, 0u);
  EXPECT_TRUE(report.codes[0].top_clients.empty());
}

TEST(FilteredRows, AFieldThatOneOfTheInputsHasIsNoError) {
  const TempDir dir;
  const std::string plain = dir.Write("a.log", Generated(100, 15, 0));
  const std::string json = dir.Write(
      "b.log",
      "{\"status\":200,\"time\":\"2026-11-22T13:00:00Z\",\"request\":\"GET / HTTP/1.1\",\"request_time\":2.5}\n"
      "{\"status\":200,\"time\":\"2026-11-22T13:00:01Z\",\"request\":\"GET / HTTP/1.1\",\"request_time\":0.5}\n");
  Options options;
  options.where = "duration > 1";
  RunControl control;
  options.inputs = {plain, json};
  const Report both = Analyze(options, control);
  EXPECT_EQ(control.usage_error, "");
  EXPECT_EQ(both.totals.counted, 1u);
  EXPECT_EQ(both.totals.filtered, 101u);
  options.inputs = {plain};
  const Report one = Analyze(options, control);
  EXPECT_THAT(control.usage_error,
              HasSubstr("--where: no input has the field duration; there are status, time, bytes"));
  EXPECT_FALSE(one.complete);
  EXPECT_EQ(one.totals.lines, 0u);
  options.inputs = {dir.Path("missing.log")};
  EXPECT_EQ(Analyze(options, control).errors.size(), 1u);
  EXPECT_EQ(control.usage_error, "") << "what is missing may have the field";
}

TEST(FilteredRows, WhereMeansTheClientThatWasChosen) {
  const TempDir dir;
  const std::string path = dir.Write(
      "access.log",
      "{\"status\":200,\"remote_addr\":\"10.0.0.1\",\"http_x_forwarded_for\":\"6.6.6.6, 198.51.100.9, 10.2.2.2\"}\n"
      "{\"status\":404,\"remote_addr\":\"10.0.0.1\",\"http_x_forwarded_for\":\"10.9.9.9\"}\n"
      "{\"status\":500,\"remote_addr\":\"10.0.0.1\"}\n");
  const auto run = [&](const std::string& where) {
    return RunWith(path, [&](Options& options) {
      options.client_field = "xff";
      options.where = where;
    });
  };
  const Report chosen = run("client == 198.51.100.9");
  EXPECT_EQ(chosen.totals.counted, 1u);
  ASSERT_EQ(chosen.clients.size(), 1u);
  EXPECT_EQ(chosen.clients[0].key, "198.51.100.9");
  const Report others = run("status >= 400 and client in 10.0.0.0/8");
  EXPECT_EQ(others.totals.counted, 2u);
  ASSERT_EQ(others.clients.size(), 1u) << "all trusted, or none: the address of the connection";
  EXPECT_EQ(others.clients[0].key, "10.0.0.1");
}

// Lines without a request are what a filter by 408 leaves, and the lists say so. A format without requests has no
// lists.
TEST(FilteredRows, WithoutAnyRequestListsSayThat) {
  TempDir dir;
  Options options;
  options.inputs = {dir.Write("a.log", R"(192.0.2.1 - - [22/Nov/2026:13:00:00 +0000] "GET /a HTTP/1.1" 200 5
192.0.2.2 - - [22/Nov/2026:13:00:01 +0000] "-" 408 0
)")};
  options.where = "status == 408";
  const Report report = RunAnalysis(options);
  ASSERT_EQ(report.paths.size(), 1u);
  EXPECT_TRUE(report.paths[0].missing);
  ASSERT_EQ(report.methods.size(), 1u);
  EXPECT_TRUE(report.methods[0].missing);
  ASSERT_EQ(report.failing_paths.size(), 1u);
  ASSERT_EQ(report.codes.size(), 1u);
  ASSERT_EQ(report.codes[0].top_paths.size(), 1u);
  EXPECT_TRUE(report.codes[0].top_paths[0].missing);

  options.format = "$remote_addr - - [$time_local] \"-\" $status $body_bytes_sent";
  const Report without = RunAnalysis(options);
  EXPECT_EQ(without.totals.counted, 1u);
  EXPECT_TRUE(without.paths.empty());
  EXPECT_TRUE(without.methods.empty());
  EXPECT_TRUE(without.failing_paths.empty());
  EXPECT_TRUE(without.codes[0].top_paths.empty());
}

}  // namespace
}  // namespace logstat
