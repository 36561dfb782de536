// Compressed inputs in the report: the same as of the plain log, and what damage does to it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/analysis/same_answer.h"
#include "tests/base/sanitized.h"
#include "tests/input/compress.h"

namespace logstat {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ArchiveAnswerTest, EveryKindGivesTheReportOfThePlainLogs) {
  const AnswerLogs logs(GeneratedLogs(kSanitized ? 600 : 3000));
  for (const How::Source source : {How::kGzip, How::kZstd, How::kXz, How::kBzip2, How::kGzipPipe}) {
    for (const unsigned threads : {1u, 2u, 5u}) {
      for (const size_t cell_bytes : {size_t{77}, size_t{4099}, size_t{1} << 20}) {
        logs.Check(How{threads, cell_bytes, source, 1, threads == 2, "scalar"});
      }
    }
  }
}

Report AnalyzeFile(const std::string& data, unsigned threads, size_t cell_bytes = 4096) {
  const TempDir dir;
  Options options;
  options.inputs = {dir.Write("log", data)};
  options.threads = threads;
  options.tuning.cell_bytes = cell_bytes;
  return RunAnalysis(options);
}

TEST(ArchiveAnswerTest, ATruncatedArchiveCountsItsLastPartialLine) {
  const std::string text = Generated(5000, 1, 0);
  const std::string data = Gzip(text);
  for (const unsigned threads : {1u, 3u}) {
    const Report report = AnalyzeFile(data.substr(0, data.size() / 2), threads);
    ASSERT_EQ(report.inputs.size(), 1u);
    const InputReport& input = report.inputs[0];
    EXPECT_EQ(input.state, InputState::kPartial);
    EXPECT_THAT(input.error, HasSubstr("the gzip data ends too early, at compressed byte "));
    EXPECT_FALSE(report.complete);
    const std::string decoded = text.substr(0, input.bytes);
    ASSERT_NE(decoded.back(), '\n') << "the test needs a partial line";
    EXPECT_EQ(input.lines, static_cast<uint64_t>(std::count(decoded.begin(), decoded.end(), '\n')) + 1);
    EXPECT_GT(input.lines, 1000u);
  }
}

// Without the name of the directory, which is another for each run.
std::string JsonOfFile(const std::string& data, unsigned threads, size_t cell_bytes) {
  Report report = AnalyzeFile(data, threads, cell_bytes);
  EXPECT_THAT(report.inputs[0].error, HasSubstr("damaged gzip data ("));
  EXPECT_GE(report.inputs[0].lines, 3000u);
  report.inputs[0].path = report.errors[0].path = "log";
  for (RejectRow& row : report.rejects) {
    for (LineSample& sample : row.samples) sample.path = "log";
  }
  for (Finding& finding : report.findings.rows) {
    for (LineSample& sample : finding.samples) sample.path = "log";
  }
  return ToJson(report);
}

TEST(ArchiveAnswerTest, DamageGivesTheSameReportForAllThreadsAndCells) {
  std::string data = Gzip(Generated(3000, 1, 0)) + Gzip(Generated(3000, 2, 0));
  data[data.size() / 4 * 3] ^= 0x55;
  const std::string expected = JsonOfFile(data, 1, 4096);
  for (const unsigned threads : {2u, 7u}) {
    for (const size_t cell_bytes : {size_t{100}, size_t{1} << 20}) {
      EXPECT_TRUE(JsonOfFile(data, threads, cell_bytes) == expected) << threads << " " << cell_bytes;
    }
  }
}

// The report without the name of the directory.
std::string JsonOf(const std::string& data, unsigned threads, size_t cell_bytes, uint64_t max_expand_bytes) {
  const TempDir dir;
  Options options;
  options.inputs = {dir.Write("log", data)};
  options.threads = threads;
  options.tuning.cell_bytes = cell_bytes;
  options.max_expand_bytes = max_expand_bytes;
  options.max_memory_bytes = uint64_t{16} << 20;
  std::string json = RunJson(options);
  for (size_t at; (at = json.find(options.inputs[0])) != std::string::npos;) {
    json.replace(at, options.inputs[0].size(), "log");
  }
  return json;
}

TEST(ArchiveAnswerTest, WorkersWhoDecodeAheadGiveTheReportOfOne) {
  std::string data;
  // More than is decoded when the file is opened.
  const std::string text = Generated(kSanitized ? 3000 : 8000, 1, 50'000);
  for (size_t at = 0; at < text.size(); at += 4000) data += Gzip(text.substr(at, 4000));
  std::string wrong_checksum = data + data;
  wrong_checksum[data.size() - 7] ^= 1;
  std::string damaged = data;
  damaged[data.size() / 6 * 5] ^= 0x55;
  for (const std::string& archive :
       {data, data.substr(0, data.size() / 8 * 7), wrong_checksum, damaged, data + "garbage" + data}) {
    for (const uint64_t max_expand_bytes : {uint64_t{0}, uint64_t{text.size() / 4 * 3}}) {
      const std::string alone = JsonOf(archive, 1, 4096, max_expand_bytes);
      for (const size_t cell_bytes : {size_t{4096}, size_t{1} << 20}) {
        for (const unsigned threads : {2u, 8u}) {
          EXPECT_TRUE(JsonOf(archive, threads, cell_bytes, max_expand_bytes) == alone) << threads << " " << cell_bytes;
        }
      }
    }
  }
}

TEST(ArchiveAnswerTest, GarbageBehindTheDataIsAWarningAndTheInputIsWhole) {
  const Report report = AnalyzeFile(Gzip(Generated(10, 1, 0)) + "garbage", 2);
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(report.inputs[0].state, InputState::kRead);
  EXPECT_EQ(report.totals.lines, 10u);
  EXPECT_THAT(report.warnings, ElementsAre(HasSubstr("log: ignored what follows the gzip data")));
}

TEST(ArchiveAnswerTest, ABombIsAnErrorAndTheRunGoesOn) {
  const TempDir dir;
  Options options;
  options.inputs = {dir.Write("a", Zstd(std::string(3'000'000, '\n'))), dir.Write("b", Zstd(Generated(10, 1, 0)))};
  options.max_expand_bytes = 1'000'000;
  options.threads = 2;
  const Report report = RunAnalysis(options);
  EXPECT_EQ(report.inputs[0].bytes, 1'000'000u);
  EXPECT_THAT(report.inputs[0].error, HasSubstr("--max-expand"));
  EXPECT_EQ(report.inputs[1].lines, 10u);
  EXPECT_FALSE(report.complete);
}

TEST(ArchiveAnswerTest, AWindowOverTheShareOfTheMemoryIsAnError) {
  const TempDir dir;
  Options options;
  options.inputs = {dir.Write("a", Zstd(Generated(10, 1, 0), 24))};
  options.max_memory_bytes = uint64_t{64} << 20;
  const Report refused = RunAnalysis(options);
  EXPECT_EQ(refused.inputs[0].state, InputState::kFailed);
  EXPECT_THAT(refused.inputs[0].error, HasSubstr("needs 16 MiB to be decoded"));
  EXPECT_THAT(refused.inputs[0].error, HasSubstr("--max-memory 128MiB"));
  options.max_memory_bytes = uint64_t{128} << 20;
  EXPECT_EQ(RunAnalysis(options).totals.lines, 10u) << "what the message advises helps";
}

TEST(ArchiveAnswerTest, ArchivesInADirectoryAreReadLikeLogs) {
  const TempDir dir;
  std::filesystem::create_directory(dir.Path("logs"));
  dir.Write("logs/access.log", Generated(10, 1, 0));
  dir.Write("logs/access.log.1.gz", Gzip(Generated(20, 2, 0)));
  dir.Write("logs/access.log.2", Xz(Generated(30, 3, 0)));
  dir.Write("logs/notes.gz", Gzip("Lorem ipsum dolor sit amet\n"));
  Options options;
  options.inputs = {dir.Path("logs")};
  const Report report = RunAnalysis(options);
  EXPECT_EQ(report.totals.lines, 60u);
  ASSERT_EQ(report.inputs.size(), 4u);
  EXPECT_EQ(report.inputs[1].format, "combined");
  EXPECT_EQ(report.inputs[3].state, InputState::kNotAccessLog);
  EXPECT_TRUE(report.complete);
}

TEST(ArchiveAnswerTest, ManyArchivesAndFewPlacesGiveTheSameAnswer) {
  LogTexts texts;
  for (uint64_t i = 0; i < 12; ++i) texts["log" + std::to_string(i)] = Generated(200 + 50 * i, i, 10'000);
  const AnswerLogs logs(texts);
  for (const unsigned threads : {2u, 3u, 16u}) {
    for (const How::Source source : {How::kGzip, How::kZstd, How::kRead}) {
      logs.Check(How{threads, 1000, source, 3, true, "scalar"});
    }
  }
}

}  // namespace
}  // namespace logstat
