// Durations of whole runs: percentiles against the sorted durations of the log, and the same whatever the run is.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/aggregate/durations_oracle.h"
#include "tests/analysis/run_log.h"
#include "tests/analysis/same_answer.h"
#include "tests/base/sanitized.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using Sorted = std::map<std::string, std::vector<int64_t>>;  // microseconds

// A log of nginx with $request_time and $upstream_response_time, and what is true of it.
struct TimedLog {
  std::string text;
  std::vector<int64_t> all;
  std::map<int, std::vector<int64_t>> by_class;
  Sorted by_path;
};

// Durations of 1 ms to minutes, by a law that depends on the path; one line in forty is not timed.
TimedLog MakeTimedLog(size_t lines, uint64_t seed) {
  constexpr int kStatuses[] = {200, 200, 200, 200, 304, 404, 502};
  std::mt19937_64 random(seed);
  TimedLog log;
  for (size_t i = 0; i < lines; ++i) {
    const size_t number = std::min(random() % 400, random() % 400);
    const int status = kStatuses[random() % std::size(kStatuses)];
    std::lognormal_distribution<double> law(3 + static_cast<double>(number % 7), 1.5);
    const int64_t ms = std::min<int64_t>(static_cast<int64_t>(law(random)), 3'000'000);
    const bool timed = random() % 40 != 0;
    const std::string path = fmt::format("/item/{}", number);
    const std::string seconds = timed ? fmt::format("{}.{:03}", ms / 1000, ms % 1000) : "-";
    log.text += fmt::format(
        "192.0.2.{} - - [22/Nov/2026:{:02}:{:02}:{:02} +0000] \"GET {}?q={} HTTP/1.1\" {} {} \"-\" \"curl/7.88\" {} "
        "{}\n",
        random() % 200, i / 3600 % 24, i / 60 % 60, i % 60, path, random() % 9, status, random() % 90'000, seconds,
        seconds);
    if (!timed) continue;
    log.all.push_back(ms * 1000);
    log.by_class[status / 100].push_back(ms * 1000);
    log.by_path[path].push_back(ms * 1000);
  }
  return log;
}

Report RunOver(const std::vector<std::string>& inputs, unsigned threads, size_t cell_bytes, SectionSet sections) {
  Options options;
  options.inputs = inputs;
  options.threads = threads;
  options.sections = sections;
  options.top = 0;
  options.tuning.cell_bytes = cell_bytes;
  return RunAnalysis(options);
}

TEST(DurationsOfALog, PercentilesAreWithinOnePercentOfTheExactOnes) {
  const TimedLog log = MakeTimedLog(40'000, 1);
  const TempDir dir;
  dir.Write("timed.log", log.text);
  const Report report = RunOver({dir.Path("timed.log")}, 2, size_t{1} << 20, SectionSet::All());
  ASSERT_EQ(report.inputs[0].format, "combined_timed");
  EXPECT_TRUE(report.columns.duration);
  ExpectRowOf(report.durations.overall, log.all);
  EXPECT_EQ(report.durations.overall.max_us, *std::max_element(log.all.begin(), log.all.end()));
  ASSERT_EQ(report.durations.classes.size(), log.by_class.size());
  for (const ClassDurations& of : report.durations.classes) ExpectRowOf(of.row, log.by_class.at(of.digit));
  for (const PathDurationRow& path : report.durations.paths) {
    SCOPED_TRACE(path.key);
    ExpectRowOf(path.row, log.by_path.at(path.key));
    EXPECT_GE(path.row.count, 20u);
  }
  const auto often = [](const auto& path) { return path.second.size() >= 20; };
  const auto expected = std::count_if(log.by_path.begin(), log.by_path.end(), often);
  EXPECT_GT(expected, 100);
  EXPECT_EQ(report.durations.paths.size(), static_cast<size_t>(expected));
  ASSERT_FALSE(report.paths.empty());
  for (const KeyRow& row : report.paths) {
    const auto found = log.by_path.find(row.key);
    ASSERT_EQ(row.p95_us.has_value(), found != log.by_path.end()) << row.key;
    if (row.p95_us) ExpectWithin1Percent(*row.p95_us, ExactQuantile(found->second, 950));
  }
}

TEST(DurationsOfALog, AreTheSameForAnyRun) {
  const uint64_t lines = kSanitized ? 300 : 1500;
  const AnswerLogs logs({{"a.log", MakeTimedLog(2 * lines, 2).text},
                         {"b.log", Generated(lines, 3, 0, genlog::Format::kNginxJson)},
                         {"c.log", Generated(lines, 4, 20'000)}});
  EXPECT_THAT(logs.answer(), ::testing::HasSubstr("\"durations\""));
  for (const unsigned threads : {1u, 2u, 3u, 4u}) {
    for (const size_t cell_bytes : kCellSizes) {
      logs.Check(How{.threads = threads, .cell_bytes = cell_bytes, .source = How::kMapped, .seed = threads});
      logs.Check(How{.threads = threads, .cell_bytes = cell_bytes, .source = How::kPipe, .reversed = true});
    }
  }
}

TEST(DurationsOfALog, AreTheSameInOneFileAndInParts) {
  const std::string text = MakeTimedLog(6000, 5).text;
  const size_t cut = text.find('\n', text.size() / 3) + 1;
  const TempDir dir;
  dir.Write("whole.log", text);
  dir.Write("first.log", text.substr(0, cut));
  dir.Write("second.log", text.substr(cut));
  const SectionSet sections{Section::kPaths, Section::kDurations};
  EXPECT_EQ(DescribeDurations(RunOver({dir.Path("first.log"), dir.Path("second.log")}, 3, 4096, sections)),
            DescribeDurations(RunOver({dir.Path("whole.log")}, 1, size_t{1} << 20, sections)));
}

TEST(DurationsOfALog, DoNotExistWhereNoInputHasThem) {
  const TempDir dir;
  dir.Write("access.log", Generated(200, 6, 0));
  const Report report = RunOver({dir.Path("access.log")}, 1, size_t{1} << 20, SectionSet::All());
  EXPECT_FALSE(report.columns.duration);
  EXPECT_THAT(ToJson(report), ::testing::Not(::testing::HasSubstr("\"p95\"")));
  EXPECT_THAT(ToJson(report), ::testing::Not(::testing::HasSubstr("\"durations\":")));
}

TEST(DurationsOfALog, TheSectionAloneIsTheSame) {
  const TempDir dir;
  dir.Write("timed.log", MakeTimedLog(3000, 7).text);
  const std::vector<std::string> inputs = {dir.Path("timed.log")};
  Report all = RunOver(inputs, 1, size_t{1} << 20, SectionSet::All());
  all.paths.clear();
  all.failing_paths.clear();
  EXPECT_EQ(DescribeDurations(RunOver(inputs, 1, size_t{1} << 20, SectionSet{Section::kDurations})),
            DescribeDurations(all));
}

}  // namespace
}  // namespace logstat
