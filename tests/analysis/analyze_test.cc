// One small log and every number of its report, counted by hand.
#include "logstat/analyze.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/analysis/run_log.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr TimeMs kOneOClock = 1795352400000;  // 2026-11-22T13:00:00Z

// 12 lines, one a comment, one blank, two rejected (one of each common reason): 8 are counted, one of them without a
// readable time and one whose clock is a year off.
const char kLog[] =
    R"(# written by hand
192.0.2.1 - - [22/Nov/2026:13:00:00 +0000] "GET /a?q=1 HTTP/1.1" 200 1000 "-" "one"
192.0.2.1 - - [22/Nov/2026:13:00:10 +0000] "GET /a HTTP/1.1" 304 0 "-" "one"
192.0.2.2 - alice [22/Nov/2026:14:00:20 +0100] "POST /login HTTP/1.1" 502 150 "-" "two"
192.0.2.2 - - [22/Nov/2025:13:00:21 +0000] "GET /a HTTP/1.1" 200 2000 "-" "two"

192.0.2.3 - - [22/Nov/2026:13:00:30 +0000] "GET http://shop.example/b HTTP/1.1" 404 - "-" "three"
192.0.2.3 - - [33/Nov/2026:13:00:40 +0000] "GET /b HTTP/1.1" 404 10 "-" "three"
garbage
192.0.2.3 - - [22/Nov/2026:13:00:50 +0000] "GET /b HTTP/1.1" great 10 "-" "three"
2001:db8::1 - - [22/Nov/2026:13:01:00 +0000] "\x16\x03\x01" 400 226 "-" "-"
192.0.2.1 - - [22/Nov/2026:13:01:39 +0000] "GET /a HTTP/1.1" 499 0 "-" "one"
)";

class SmallLogTest : public testing::Test {
 protected:
  Options OptionsWith(SectionSet sections) const {
    Options options;
    options.inputs = {path_};
    options.sections = sections;
    return options;
  }

  const TempDir dir_;
  const std::string path_ = dir_.Write("access.log", kLog);
  const Report report_ = RunAnalysis(OptionsWith(SectionSet::All()));
};

// "key:count" of each row; the missing key is "-".
template <typename Row>
std::vector<std::string> RowCounts(const std::vector<Row>& rows) {
  std::vector<std::string> counts;
  for (const Row& row : rows) counts.push_back((row.missing ? "-" : row.key) + ":" + std::to_string(row.count));
  return counts;
}

const KeyRow& RowOf(const std::vector<KeyRow>& rows, std::string_view key) {
  for (const KeyRow& row : rows) {
    if (row.key == key && !row.missing) return row;
  }
  throw std::runtime_error("no row " + std::string(key));
}

TEST_F(SmallLogTest, Totals) {
  const Totals& totals = report_.totals;
  EXPECT_EQ(totals.lines, 12u);
  EXPECT_EQ(totals.counted, 8u);
  EXPECT_EQ(totals.filtered, 0u);
  EXPECT_EQ(totals.rejected, 2u);
  EXPECT_EQ(totals.ignored, 2u);
  EXPECT_EQ(totals.bytes_read, sizeof kLog - 1);
  EXPECT_EQ(totals.response_bytes, 1000u + 150 + 2000 + 10 + 226);
  EXPECT_EQ(totals.first_time, kOneOClock);
  EXPECT_EQ(totals.last_time, kOneOClock + 99'000);
  EXPECT_EQ(totals.time_unknown, 1u);
  EXPECT_EQ(totals.clock_outliers, 1u);
  EXPECT_EQ(totals.distinct_clients, 4u);
  EXPECT_EQ(totals.distinct_clients_error, 0);
}

TEST_F(SmallLogTest, Input) {
  ASSERT_THAT(report_.inputs, SizeIs(1));
  const InputReport& input = report_.inputs[0];
  EXPECT_EQ(input.path, path_);
  EXPECT_EQ(input.state, InputState::kRead);
  EXPECT_EQ(input.format, "combined");
  EXPECT_DOUBLE_EQ(input.confidence, 0.8);
  EXPECT_EQ(input.lines, 12u);
  EXPECT_EQ(input.bytes, sizeof kLog - 1);
  EXPECT_EQ(input.error, "");
  EXPECT_TRUE(report_.complete);
  EXPECT_THAT(report_.errors, IsEmpty());
  EXPECT_THAT(report_.warnings, IsEmpty());
}

TEST_F(SmallLogTest, Columns) {
  const ColumnsRead& columns = report_.columns;
  EXPECT_TRUE(columns.time && columns.bytes && columns.client && columns.path && columns.method);
  EXPECT_TRUE(columns.host) << "one target is absolute";
}

TEST_F(SmallLogTest, Summary) {
  EXPECT_DOUBLE_EQ(report_.summary.mean_requests_per_second, 6.0 / 100);
  EXPECT_DOUBLE_EQ(report_.summary.error_rate, 1.0 / 8);
  EXPECT_DOUBLE_EQ(report_.summary.reject_share, 2.0 / 10);
}

TEST_F(SmallLogTest, Classes) {
  ASSERT_THAT(report_.classes, SizeIs(4));
  const std::vector<std::pair<int, uint64_t>> expected = {{2, 2}, {3, 1}, {4, 4}, {5, 1}};
  for (size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(report_.classes[i].digit, expected[i].first);
    EXPECT_EQ(report_.classes[i].count, expected[i].second);
    EXPECT_DOUBLE_EQ(report_.classes[i].share, static_cast<double>(expected[i].second) / 8);
  }
}

TEST_F(SmallLogTest, Codes) {
  ASSERT_THAT(report_.codes, SizeIs(6));
  const std::vector<int> order = {200, 404, 304, 400, 499, 502};
  for (size_t i = 0; i < order.size(); ++i) EXPECT_EQ(report_.codes[i].code, order[i]);

  const CodeRow& ok = report_.codes[0];
  EXPECT_EQ(ok.count, 2u);
  EXPECT_DOUBLE_EQ(ok.share, 0.25);
  EXPECT_EQ(ok.bytes, 3000u);
  EXPECT_EQ(ok.first_time, kOneOClock);
  EXPECT_EQ(ok.last_time, kOneOClock) << "the other one's clock is wrong";

  const CodeRow& not_found = report_.codes[1];
  EXPECT_EQ(not_found.count, 2u);
  EXPECT_EQ(not_found.bytes, 10u);
  EXPECT_EQ(not_found.first_time, kOneOClock + 30'000);
  EXPECT_EQ(not_found.last_time, kOneOClock + 30'000) << "the other one's time is unreadable";
  EXPECT_THAT(RowCounts(not_found.top_clients), ElementsAre("192.0.2.3:2"));

  const CodeRow& bad = report_.codes[3];
  EXPECT_THAT(RowCounts(bad.top_paths), ElementsAre("-:1"));
  EXPECT_THAT(RowCounts(bad.top_clients), ElementsAre("2001:db8::1:1"));
}

TEST_F(SmallLogTest, Timeline) {
  const Timeline& timeline = report_.timeline;
  EXPECT_EQ(timeline.interval_seconds, 1);
  EXPECT_FALSE(timeline.coarsened);
  ASSERT_THAT(timeline.points, SizeIs(101)) << "13:00:00 to 13:01:39, and the point without a time";
  uint64_t count = 0;
  for (size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(timeline.points[i].time, kOneOClock + static_cast<TimeMs>(i) * 1000);
    count += timeline.points[i].count;
  }
  EXPECT_EQ(count, 6u);
  const TimelinePoint& failing = timeline.points[20];
  EXPECT_EQ(failing.count, 1u);
  EXPECT_EQ(failing.bytes, 150u);
  EXPECT_EQ(failing.classes[5], 1u);
  EXPECT_EQ(failing.outcomes.server_errors, 1u);
  ASSERT_THAT(failing.codes, SizeIs(1));
  EXPECT_EQ(failing.codes[0].code, 502);
  const TimelinePoint& timeless = timeline.points[100];
  EXPECT_FALSE(timeless.time.has_value());
  EXPECT_EQ(timeless.count, 1u);
  EXPECT_EQ(timeless.bytes, 10u);
}

TEST_F(SmallLogTest, ListsByKey) {
  EXPECT_THAT(RowCounts(report_.clients), ElementsAre("192.0.2.1:3", "192.0.2.2:2", "192.0.2.3:2", "2001:db8::1:1"));
  EXPECT_THAT(RowCounts(report_.methods), ElementsAre("GET:6", "-:1", "POST:1"));
  EXPECT_THAT(RowCounts(report_.hosts), ElementsAre("-:7", "shop.example:1"));
  EXPECT_EQ(RowOf(report_.paths, "/a").count, 4u);
  EXPECT_EQ(RowOf(report_.paths, "/login").count, 1u);
  EXPECT_EQ(RowOf(report_.paths, "/b").count + (RowCounts(report_.paths).size() > 4 ? 1 : 0), 2u);
}

TEST_F(SmallLogTest, OneRowInFull) {
  const KeyRow& row = RowOf(report_.clients, "192.0.2.2");
  EXPECT_EQ(row.key_bytes, 9u);
  EXPECT_DOUBLE_EQ(row.share, 0.25);
  EXPECT_EQ(row.bytes, 2150u);
  EXPECT_EQ(row.classes, (ClassCounts{0, 0, 1, 0, 0, 1, 0, 0, 0, 0}));
  EXPECT_EQ(row.outcomes.server_errors, 1u);
  EXPECT_EQ(row.outcomes.client_errors, 0u);
  EXPECT_EQ(row.first_time, kOneOClock + 20'000);
  EXPECT_EQ(row.last_time, kOneOClock + 20'000);
  EXPECT_EQ(row.error, 0u);
  EXPECT_EQ(RowOf(report_.clients, "192.0.2.1").outcomes.aborted, 1u) << "499";
}

TEST_F(SmallLogTest, FailingLists) {
  EXPECT_THAT(RowCounts(report_.failing_clients), ElementsAre("192.0.2.2:2", "192.0.2.3:2", "2001:db8::1:1"));
  ASSERT_FALSE(report_.failing_paths.empty());
  EXPECT_EQ(report_.failing_paths[0].key, "/login") << "a server error comes before any number of client errors";
}

TEST_F(SmallLogTest, Rejects) {
  ASSERT_THAT(report_.rejects, SizeIs(2));
  EXPECT_EQ(report_.rejects[0].reason, "no_status");
  EXPECT_EQ(report_.rejects[0].count, 1u);
  EXPECT_EQ(report_.rejects[0].samples[0].line, 10u);
  EXPECT_EQ(report_.rejects[1].reason, "too_few_fields");
  const LineSample& sample = report_.rejects[1].samples[0];
  EXPECT_EQ(sample.path, path_);
  EXPECT_EQ(sample.line, 9u);
  EXPECT_EQ(sample.offset, std::string(kLog).find("garbage"));
  EXPECT_EQ(sample.text, "garbage");
}

TEST_F(SmallLogTest, OnlyCodesLeavesTheOtherMembersEmpty) {
  const Report report = RunAnalysis(OptionsWith({Section::kCodes}));
  EXPECT_EQ(report.totals.lines, 12u);
  EXPECT_EQ(report.totals.counted, 8u);
  EXPECT_EQ(report.totals.bytes_read, sizeof kLog - 1);
  ASSERT_THAT(report.codes, SizeIs(6));
  EXPECT_EQ(report.codes[0].count, 2u);
  EXPECT_FALSE(report.codes[0].first_time.has_value());
  EXPECT_THAT(report.codes[0].top_paths, IsEmpty());
  const ColumnsRead& columns = report.columns;
  EXPECT_FALSE(columns.time || columns.bytes || columns.client || columns.path || columns.method || columns.host);
  EXPECT_FALSE(report.totals.first_time.has_value());
  EXPECT_THAT(report.classes, IsEmpty());
  EXPECT_THAT(report.timeline.points, IsEmpty());
  for (const auto* rows : {&report.paths, &report.clients, &report.upstreams, &report.methods, &report.hosts,
                           &report.referrers, &report.agents, &report.failing_paths, &report.failing_clients,
                           &report.failing_upstreams, &report.failing_hosts}) {
    EXPECT_THAT(*rows, IsEmpty());
  }
  EXPECT_THAT(report.rejects, IsEmpty());
}

TEST_F(SmallLogTest, EverySectionAloneCountsTheSameLines) {
  for (size_t i = 0; i < kSectionCount; ++i) {
    const Report report = RunAnalysis(OptionsWith({static_cast<Section>(i)}));
    EXPECT_EQ(report.totals.counted, 8u) << SectionName(static_cast<Section>(i));
    EXPECT_EQ(report.totals.rejected, 2u);
    EXPECT_EQ(report.totals.ignored, 2u);
  }
}

TEST_F(SmallLogTest, TopIsTheLengthOfEveryList) {
  Options options = OptionsWith(SectionSet::All());
  options.top = 1;
  const Report report = RunAnalysis(options);
  EXPECT_THAT(RowCounts(report.clients), ElementsAre("192.0.2.1:3"));
  EXPECT_THAT(report.failing_clients, SizeIs(1));
  EXPECT_THAT(report.codes, SizeIs(6)) << "codes are never cut";
}

TEST(AnalyzeTest, AnEmptyLogIsAValidEmptyReport) {
  TempDir dir;
  Options options;
  options.inputs = {dir.Write("empty.log", "")};
  const Report report = RunAnalysis(options);
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(report.totals.lines, 0u);
  EXPECT_EQ(report.inputs[0].format, "");
  EXPECT_TRUE(report.columns.time && report.columns.path) << "asked for, and empty: not absent";
}

TEST(AnalyzeTest, UnusableOptionsAreAReportThatSaysWhy) {
  Options options;
  options.time_zone = "nowhere";
  RunControl control;
  const Report report = Analyze(options, control);
  EXPECT_FALSE(report.complete);
  ASSERT_THAT(report.errors, SizeIs(1));
  EXPECT_EQ(report.errors[0].path, "");
  EXPECT_THAT(report.errors[0].message, HasSubstr("'nowhere'"));
}

TEST(AnalyzeTest, AMissingFileBesideAGoodOneIsReportedAndTheGoodOneIsCounted) {
  TempDir dir;
  Options options;
  options.inputs = {dir.Path("missing.log"), dir.Write("a.log", kLog), dir.Write("z.log", kLog)};
  const Report report = RunAnalysis(options);
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.totals.counted, 16u);
  ASSERT_THAT(report.errors, SizeIs(1));
  EXPECT_EQ(report.errors[0].path, dir.Path("missing.log"));
  ASSERT_THAT(report.inputs, SizeIs(3));
  EXPECT_EQ(report.inputs[1].state, InputState::kFailed);
  EXPECT_EQ(report.inputs[2].lines, 12u);
}

TEST(AnalyzeTest, TheSameFileTwiceIsCountedOnceAndNamed) {
  TempDir dir;
  Options options;
  const std::string path = dir.Write("a.log", kLog);
  std::filesystem::create_hard_link(path, dir.Path("b.log"));
  options.inputs = {dir.Path("b.log"), path};
  const Report report = RunAnalysis(options);
  EXPECT_EQ(report.totals.counted, 8u);
  EXPECT_EQ(report.inputs[1].copy_of, path);
  EXPECT_TRUE(report.complete);
  EXPECT_THAT(report.warnings, SizeIs(1));
}

// Each file is read by its own format, also when its lines need the careful path and one worker reads them all.
TEST(AnalyzeTest, ManyFilesOfTwoFormatsKeepTheirs) {
  TempDir dir;
  Options options;
  options.threads = 1;
  const std::string rest = R"( - - [22/Nov/2026:13:00:00 +0000] "GET /say\"hi\" HTTP/1.1" 200 5 "-" "agent")"
                           "\n";
  for (int i = 0; i < 40; ++i) {
    const std::string line = i % 2 == 0 ? "192.0.2.9" + rest : "shop.example:443 192.0.2.9" + rest;
    options.inputs.push_back(dir.Write(std::to_string(100 + i), line));
  }
  const Report report = RunAnalysis(options);
  EXPECT_THAT(RowCounts(report.clients), ElementsAre("192.0.2.9:40"));
  EXPECT_THAT(RowCounts(report.hosts), ElementsAre("-:20", "shop.example:20"));
}

TEST(AnalyzeTest, FilesWithoutAHostColumnHaveNoHosts) {
  TempDir dir;
  Options options;
  options.inputs = {dir.Write("a.log", "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n")};
  const Report report = RunAnalysis(options);
  EXPECT_FALSE(report.columns.host);
  EXPECT_TRUE(report.columns.method);
  EXPECT_EQ(ToJson(report).find("\"hosts\":"), std::string::npos);
}

TEST(AnalyzeTest, TheSmallestBudgetStillCountsCodesExactly) {
  TempDir dir;
  Options options;
  options.inputs = {dir.Write("a.log", kLog)};
  options.max_memory_bytes = 1;
  const Report report = RunAnalysis(options);
  EXPECT_EQ(report.totals.counted, 8u);
  EXPECT_EQ(report.totals.clock_outliers, 1u);
}

TEST(AnalyzeTest, HostsThatAreAllTooRareForTheBudgetAreNotTakenForNone) {
  TempDir dir;
  std::string log;
  for (int i = 0; i < 60'000; ++i) {
    log +=
        "host" + std::to_string(i) + ".example 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n";
  }
  Options options;
  options.inputs = {dir.Write("a.log", log)};
  options.max_memory_bytes = 1;
  const Report report = RunAnalysis(options);
  EXPECT_TRUE(report.columns.host);
  EXPECT_TRUE(report.hosts.empty());
  EXPECT_GT(report.host_bounds.busiest, 0u);
}

TEST(AnalyzeTest, TheRunSaysHowItWentBesideTheReport) {
  TempDir dir;
  Options options;
  options.inputs = {dir.Write("a.log", kLog)};
  options.threads = 3;
  options.tuning.kernel = "scalar";
  options.tuning.map_from_bytes = 1;
  RunControl control;
  Analyze(options, control);
  EXPECT_EQ(control.threads_used, 3u);
  EXPECT_EQ(control.kernel_used, "scalar");
  EXPECT_TRUE(control.mapped_used);
}

TEST(DetectFormatTest, TheVerdictOfASampleAndOfAMissingFile) {
  TempDir dir;
  const FormatVerdict good = DetectFormat(dir.Write("a.log", kLog));
  EXPECT_EQ(good.format, "combined");
  EXPECT_EQ(good.sampled_lines, 10u);
  EXPECT_EQ(DetectFormat(dir.Write("b.log", "x\ny\n")).format, "");
  EXPECT_THAT(DetectFormat(dir.Path("missing")).error, HasSubstr("cannot open"));
}

TEST(KnownFormatsTest, EveryExampleIsCountedInItsOwnFormat) {
  TempDir dir;
  for (const FormatInfo& format : KnownFormats()) {
    Options options;
    // A directive is what defines the lines behind it.
    const std::string before = format.definition.starts_with("#") ? std::string(format.definition) + "\n" : "";
    options.inputs = {dir.Write("example.log", before + std::string(format.example) + "\n")};
    options.format = format.name;
    EXPECT_EQ(RunAnalysis(options).totals.counted, 1u) << format.name;
    const std::string& detected = DetectFormat(options.inputs[0]).format;
    const bool is_alias = format.name == "tomcat" || format.name == "varnish" || format.name == "netscaler";
    EXPECT_EQ(detected == format.name, !is_alias) << detected << ", " << format.name;
  }
}

}  // namespace
}  // namespace logstat
