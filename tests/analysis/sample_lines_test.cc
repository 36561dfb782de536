// Sample lines of findings whose lines were no events: fetched from the inputs once more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/analysis/run_log.h"
#include "tests/detect/find.h"
#include "tests/detect/traffic.h"
#include "tests/input/compress.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr int64_t kNoon = 12 * 3600;

// Many requests, all answered, of one client among visitors.
std::string Flood() {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  for (int64_t i = 0; i < 660; ++i) {
    const std::string_view file = i % 4 == 0 ? "site.css" : "page";
    traffic.Add({.second = kNoon + i / 6,
                 .client = "203.0.113.9",
                 .request = fmt::format("GET /search/{}/{} HTTP/1.1", i, file)});
  }
  return traffic.text();
}

// One client that has another name every second, and says each of them twice.
std::string Rotation() {
  Log log;
  for (int i = 0; i < 40; ++i) {
    log.Add(kNoon + i / 2, i % 3 == 0 ? "198.51.100.7" : "203.0.113.9", fmt::format("GET /news/{}.html HTTP/1.1", i),
            200, 500, "-", i % 3 == 0 ? "Mozilla/5.0 Firefox/128.0" : fmt::format("Browser/{}", i / 2));
  }
  return log.text();
}

// Pages that are asked for whole after each 304.
std::string Stale() {
  Log log;
  for (int i = 0; i < 40; ++i) {
    const std::string client = fmt::format("203.0.113.{}", i);
    log.Add(3600 + i * 30, "198.51.100.7", "GET /feed HTTP/1.1", 200, 9000);
    log.Add(3600 + i * 30 + 5, client, "GET /feed HTTP/1.1", 304, 0);
    log.Add(3600 + i * 30 + 6, client, "GET /feed HTTP/1.1", 200, 9000);
  }
  return log.text();
}

std::string Gap() {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon, 60);
  traffic.Visit(kNoon + 600, kNoon + 3600, 60);
  return traffic.text();
}

Options OptionsFor(std::vector<std::string> inputs, unsigned threads = 2, size_t cell_bytes = 4099) {
  Options options;
  options.inputs = std::move(inputs);
  options.format = "combined";
  options.threads = threads;
  options.tuning.cell_bytes = cell_bytes;
  return options;
}

std::vector<LineSample> SamplesOf(const Report& report, std::string_view id) {
  const Finding* finding = FindId(report.findings, id);
  return finding == nullptr ? std::vector<LineSample>() : finding->samples;
}

std::vector<std::string> TextsOf(const std::vector<LineSample>& samples) {
  std::vector<std::string> texts;
  for (const LineSample& sample : samples) texts.push_back(sample.text);
  return texts;
}

// Each stands in the log where it says.
void ExpectToStandIn(const std::string& log, const std::vector<LineSample>& samples) {
  for (const LineSample& sample : samples) {
    EXPECT_EQ(log.substr(sample.offset, sample.text.size()), sample.text);
    EXPECT_EQ(
        static_cast<uint64_t>(std::count(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(sample.offset), '\n')) +
            1,
        sample.line);
    const char behind = log[sample.offset + sample.text.size()];
    EXPECT_EQ(behind == '\n', !sample.cut);
  }
}

std::vector<LineSample> SamplesOfLog(const std::string& log, std::string_view id) {
  const TempDir dir;
  const Report report = RunAnalysis(OptionsFor({dir.Write("access.log", log)}));
  std::vector<LineSample> samples = SamplesOf(report, id);
  ExpectToStandIn(log, samples);
  return samples;
}

TEST(SampleLinesTest, OfAFloodItsFirstThatAreNoFiles) {
  EXPECT_THAT(TextsOf(SamplesOfLog(Flood(), "rate-flood")),
              ElementsAre(StartsWith("203.0.113.9 - - [22/Nov/2026:12:00:00 +0000] \"GET /search/1/page "),
                          HasSubstr(" /search/2/page "), HasSubstr(" /search/3/page ")));
}

TEST(SampleLinesTest, OfAClientUnderManyNamesThreeOfThem) {
  EXPECT_THAT(TextsOf(SamplesOfLog(Rotation(), "ua-rotation")),
              ElementsAre(HasSubstr("\"Browser/0\""), HasSubstr("\"Browser/1\""), HasSubstr("\"Browser/2\"")));
}

TEST(SampleLinesTest, OfACacheTheAnswerAndTheRequestAfterIt) {
  EXPECT_THAT(TextsOf(SamplesOfLog(Stale(), "cache-stale")),
              ElementsAre(HasSubstr("203.0.113.0 - - [22/Nov/2026:01:00:05 +0000] \"GET /feed HTTP/1.1\" 304 "),
                          HasSubstr("203.0.113.0 - - [22/Nov/2026:01:00:06 +0000] \"GET /feed HTTP/1.1\" 200 "),
                          HasSubstr("203.0.113.39 - - [22/Nov/2026:01:19:36 +0000] \"GET /feed HTTP/1.1\" 200 ")));
}

TEST(SampleLinesTest, OfAGapItsEdges) {
  EXPECT_THAT(TextsOf(SamplesOfLog(Gap(), "traffic-gap")),
              ElementsAre(HasSubstr("11:59:59"), HasSubstr("12:10:00"), HasSubstr("12:10:01")));
}

TEST(SampleLinesTest, OfSlowAnswersTheFirst) {
  Traffic traffic;
  for (int64_t i = 0; i < 1800; ++i) {
    traffic.Add({.second = kNoon + i, .request = fmt::format("GET /fast/{} HTTP/1.1", i), .duration = 0.05});
  }
  for (int64_t i = 0; i < 600; ++i) {
    traffic.Add({.second = kNoon + 1800 + i,
                 .request = fmt::format("GET /later/{} HTTP/1.1", i),
                 .duration = i % 2 == 0 ? 0.06 : 2.5});
    traffic.Add({.second = kNoon + 1800 + i, .request = "GET /live HTTP/1.1", .status = 101, .duration = 30});
  }
  const TempDir dir;
  Options options = OptionsFor({dir.Write("access.log", traffic.text())});
  options.format = kTimed;
  const std::vector<LineSample> samples = SamplesOf(RunAnalysis(options), "slow-shift");
  ExpectToStandIn(traffic.text(), samples);
  EXPECT_THAT(TextsOf(samples), ElementsAre(HasSubstr(" /later/1 "), HasSubstr(" /later/3 "), HasSubstr(" /later/5 ")));
}

TEST(SampleLinesTest, AreTheSameHoweverTheLogIsRead) {
  const std::vector<std::pair<std::string, std::string>> logs = {
      {"rate-flood", Flood()}, {"ua-rotation", Rotation()}, {"cache-stale", Stale()}, {"traffic-gap", Gap()}};
  for (const auto& entry : logs) {
    const std::string& id = entry.first;  // clang 14 captures no structured binding
    const std::string& log = entry.second;
    const TempDir dir;
    const std::string plain = dir.Write("access.log", log);
    const std::vector<LineSample> expected = SamplesOf(RunAnalysis(OptionsFor({plain})), id);
    ASSERT_THAT(expected, SizeIs(3)) << id;
    const auto check = [&](Options options, const std::string& how) {
      const std::vector<LineSample> samples = SamplesOf(RunAnalysis(options), id);
      ASSERT_THAT(samples, SizeIs(3)) << id << " " << how;
      for (size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(samples[i].text, expected[i].text) << how;
        EXPECT_EQ(samples[i].offset, expected[i].offset) << how;
        EXPECT_EQ(samples[i].line, expected[i].line) << how;
        EXPECT_EQ(samples[i].path, options.inputs[0]) << how;
      }
    };
    for (const unsigned threads : {1u, 5u}) {
      for (const size_t cell_bytes : {size_t{100}, size_t{1} << 20}) {
        Options options = OptionsFor({plain}, threads, cell_bytes);
        check(options, "streamed");
        options.tuning.map_from_bytes = 1;
        check(options, "mapped");
      }
    }
    for (const Codec& codec : Codecs()) {
      const std::string half = log.substr(log.size() / 2);
      const std::string members = codec.compress(log.substr(0, log.size() / 2)) + codec.compress(half);
      check(OptionsFor({dir.Write("access.log.packed", members)}), "compressed");
    }
  }
}

// Whichever file they stand in; a second of one file comes before the next of the other.
TEST(SampleLinesTest, OfSeveralFilesTheEarliest) {
  const std::string log = Flood();
  std::array<std::string, 3> dealt;
  size_t line = 0;
  for (size_t begin = 0; begin < log.size(); ++line) {
    const size_t end = log.find('\n', begin) + 1;
    dealt[line % 3] += log.substr(begin, end - begin);
    begin = end;
  }
  const TempDir dir;
  const std::vector<LineSample> samples =
      SamplesOf(RunAnalysis(OptionsFor({dir.Write("a", dealt[0]), dir.Write("b", dealt[1]), dir.Write("c", dealt[2])})),
                "rate-flood");
  EXPECT_THAT(TextsOf(samples), testing::Each(HasSubstr("12:00:00")));
  ASSERT_THAT(samples, SizeIs(3));
  for (const LineSample& sample : samples) {
    ExpectToStandIn(dealt[static_cast<size_t>(sample.path.back() - 'a')], {sample});
  }
}

TEST(SampleLinesTest, PassTheFilter) {
  const TempDir dir;
  Options options = OptionsFor({dir.Write("access.log", Flood())});
  options.where = "path =~ \"[02468]/page$\"";
  options.finding_rules["rate-flood"] = {.threshold = 50, .window_seconds = 60};
  EXPECT_THAT(TextsOf(SamplesOf(RunAnalysis(options), "rate-flood")),
              ElementsAre(HasSubstr("/search/2/page"), HasSubstr("/search/6/page"), HasSubstr("/search/10/page")));
}

// A wrong clock does not put a line among those of a time.
TEST(SampleLinesTest, AreNoClockOutliers) {
  Log later;
  for (int i = 0; i < 6; ++i) {
    const bool is_wrong = i == 3;
    later.Add(is_wrong ? kNoon : 2 * 86400 + kNoon + i, "203.0.113.9", "GET /later HTTP/1.1", 200, 500, "-",
              is_wrong ? "Wrong/1" : "Right/1");
  }
  const TempDir dir;
  Options options = OptionsFor({dir.Write("access.log", Rotation() + later.text())}, 1, size_t{1} << 20);
  const Report report = RunAnalysis(options);
  EXPECT_EQ(report.totals.clock_outliers, 1u);
  EXPECT_THAT(TextsOf(SamplesOf(report, "ua-rotation")),
              ElementsAre(HasSubstr("\"Browser/0\""), HasSubstr("\"Browser/1\""), HasSubstr("\"Browser/2\"")));
}

TEST(SampleLinesTest, OfAPipeThereAreNone) {
  const TempDir dir;
  const std::string path = dir.Path("pipe");
  const std::string log = Flood();
  const FifoWriter writer(path, log);
  const Report report = RunAnalysis(OptionsFor({path}));
  ASSERT_NE(FindId(report.findings, "rate-flood"), nullptr);
  EXPECT_THAT(SamplesOf(report, "rate-flood"), IsEmpty());
  EXPECT_THAT(report.warnings, IsEmpty());
}

// The samples of a flood in a log to which something happens while it is read.
std::vector<LineSample> SamplesAfter(const std::function<void(const std::string& path)>& change) {
  const TempDir dir;
  const std::string path = dir.Write("access.log", Flood());
  RunControl control;
  bool changed = false;
  control.progress = [&](const Progress&) {
    if (!changed) change(path);
    changed = true;
  };
  const Report report = Analyze(OptionsFor({path}, 1), control);
  EXPECT_TRUE(changed);
  EXPECT_NE(FindId(report.findings, "rate-flood"), nullptr);
  return SamplesOf(report, "rate-flood");
}

TEST(SampleLinesTest, AFileThatGrewStillHasThem) {
  EXPECT_THAT(SamplesAfter([](const std::string& path) {
                std::ofstream(path, std::ios::app) << "203.0.113.9 - - [22/Nov/2026:12:00:00 +0000] \"GET / HTTP/1.1\" "
                                                      "200 5 \"-\" \"-\"\n";
              }),
              SizeIs(3));
}

TEST(SampleLinesTest, AFileThatWasReplacedHasNone) {
  EXPECT_THAT(SamplesAfter([](const std::string& path) {
                std::filesystem::rename(path, path + ".1");
                std::ofstream(path) << Flood();
              }),
              IsEmpty());
}

}  // namespace
}  // namespace logstat
