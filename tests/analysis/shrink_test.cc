// Files that change while they are analysed: truncated, replaced, extended. Never a crash, and the accounts hold.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <thread>

#include "bench/genlog_lib.h"
#include "tests/analysis/run_log.h"
#include "tests/base/sanitized.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

const std::string& Log() {
  static const std::string text = [] {
    genlog::Options options;
    options.lines = 3000;
    options.clients = 200;
    options.paths = 100;
    return genlog::GenerateLog(options);
  }();
  return text;
}

uint64_t LinesIn(std::string_view text) { return static_cast<uint64_t>(std::count(text.begin(), text.end(), '\n')); }

Options OptionsFor(const std::string& path, unsigned threads) {
  Options options;
  options.inputs = {path};
  options.threads = threads;
  options.max_memory_bytes = uint64_t{16} << 20;
  options.guard_mapped_files = true;
  options.tuning.cell_bytes = 16 << 10;
  options.tuning.map_from_bytes = 1;
  return options;
}

// Runs `change` once, from within the run: the first cell is counted and most of the file is not.
Report AnalyzeAndChange(const Options& options, const std::function<void()>& change) {
  RunControl control;
  bool changed = false;
  control.progress = [&](const Progress&) {
    if (!changed) change();
    changed = true;
  };
  Report report = Analyze(options, control);
  EXPECT_TRUE(changed);
  EXPECT_TRUE(control.mapped_used);
  ExpectAccountsHold(report);
  return report;
}

void ExpectShrank(const Report& report) {
  EXPECT_FALSE(report.complete);
  ASSERT_EQ(report.errors.size(), 1u);
  EXPECT_EQ(report.errors[0].path, report.inputs[0].path);
  EXPECT_THAT(report.errors[0].message, ContainsRegex("shrank to [0-9]+ bytes while it was being read"));
  EXPECT_THAT(report.errors[0].message, HasSubstr(std::to_string(report.totals.bytes_read) + " bytes"));
  EXPECT_EQ(report.inputs[0].state, InputState::kPartial);
}

TEST(ShrinkTest, TruncatedInTheMiddleItIsCountedUpToSomewhereAndSaysSo) {
  TempDir dir;
  std::mt19937_64 random(1);
  for (int round = 0; round < (kSanitized ? 30 : 150); ++round) {
    const std::string path = dir.Write("log", Log());
    const uint64_t kept = random() % (Log().size() - (200 << 10));
    const Report report = AnalyzeAndChange(OptionsFor(path, 1 + static_cast<unsigned>(round % 4)),
                                           [&] { std::filesystem::resize_file(path, kept); });
    ASSERT_NO_FATAL_FAILURE(ExpectShrank(report));
    EXPECT_LT(report.totals.lines, LinesIn(Log()));
    EXPECT_GE(report.totals.lines, LinesIn(std::string_view(Log()).substr(0, 16 << 10)));
    EXPECT_EQ(report.totals.rejected, 0u) << "no line of zeros, no half of a line";
    EXPECT_EQ(report.totals.ignored, 0u);
  }
}

TEST(ShrinkTest, WithOneWorkerExactlyTheWholeLinesThatAreLeftAreCounted) {
  TempDir dir;
  for (const uint64_t kept : {uint64_t{20'000}, uint64_t{32'768}, uint64_t{32'769}, uint64_t{100'000}}) {
    const std::string path = dir.Write("log", Log());
    const Report report = AnalyzeAndChange(OptionsFor(path, 1), [&] { std::filesystem::resize_file(path, kept); });
    ASSERT_NO_FATAL_FAILURE(ExpectShrank(report));
    EXPECT_EQ(report.totals.lines, LinesIn(std::string_view(Log()).substr(0, kept)));
    EXPECT_EQ(report.totals.bytes_read, kept);
    EXPECT_THAT(report.errors[0].message, HasSubstr("shrank to " + std::to_string(kept) + " bytes"));
  }
}

TEST(ShrinkTest, TruncatedToNothingAtAnyMoment) {
  TempDir dir;
  std::mt19937_64 random(2);
  int shrank = 0;
  for (int round = 0; round < (kSanitized ? 40 : 150); ++round) {
    const std::string path = dir.Write("log", Log());
    std::thread writer([&, delay = random() % 8000] {
      std::this_thread::sleep_for(std::chrono::microseconds(delay));
      std::filesystem::resize_file(path, 0);
    });
    const Report report = RunAnalysis(OptionsFor(path, 3));
    writer.join();
    EXPECT_EQ(report.complete, report.errors.empty());
    EXPECT_EQ(report.totals.rejected, 0u);
    shrank += !report.complete;
  }
  EXPECT_GT(shrank, 0) << "no round hit the run: the test shows nothing";
}

// What logrotate's copytruncate does under a server that goes on writing.
TEST(ShrinkTest, TruncatedAndWrittenAnew) {
  TempDir dir;
  std::mt19937_64 random(3);
  for (int round = 0; round < (kSanitized ? 20 : 100); ++round) {
    const std::string path = dir.Write("log", Log());
    const uint64_t refilled = random() % Log().size();
    const Report report = AnalyzeAndChange(OptionsFor(path, 3), [&] {
      const int file = open(path.c_str(), O_WRONLY | O_TRUNC);
      WriteAll(file, std::string_view(Log()).substr(0, refilled));
      close(file);
    });
    EXPECT_LE(report.totals.lines, LinesIn(Log()));
    EXPECT_GT(report.totals.counted, 0u);
  }
}

TEST(ShrinkTest, AReplacedFileIsReadWholeAsItWas) {
  TempDir dir;
  const std::string path = dir.Write("log", Log());
  const std::string before = ToJson(WithoutFetchedLines(RunAnalysis(OptionsFor(path, 1))));
  for (int round = 0; round < 50; ++round) {
    dir.Write("log", Log());
    const Report report = AnalyzeAndChange(OptionsFor(path, 3),
                                           [&] { std::filesystem::rename(dir.Write("new", "another log\n"), path); });
    ASSERT_EQ(ToJson(WithoutFetchedLines(report)), before);
    std::filesystem::remove(path);
  }
}

TEST(ShrinkTest, ADeletedFileIsReadWholeAsItWas) {
  TempDir dir;
  const std::string path = dir.Write("log", Log());
  const std::string before = ToJson(WithoutFetchedLines(RunAnalysis(OptionsFor(path, 1))));
  const Report report = AnalyzeAndChange(OptionsFor(path, 3), [&] { std::filesystem::remove(path); });
  EXPECT_EQ(ToJson(WithoutFetchedLines(report)), before);
}

TEST(ShrinkTest, AnExtendedFileIsReadAsItWasWhenItWasOpened) {
  TempDir dir;
  const std::string path = dir.Write("log", Log());
  const std::string before = RunJson(OptionsFor(path, 1));
  for (int round = 0; round < 50; ++round) {
    dir.Write("log", Log());
    const Report report =
        AnalyzeAndChange(OptionsFor(path, 3), [&] { std::ofstream(path, std::ios::app | std::ios::binary) << Log(); });
    ASSERT_EQ(ToJson(report), before);
  }
}

// The inputs beside it are not touched by what happened to it.
TEST(ShrinkTest, OneOfSeveralFilesShrinks) {
  TempDir dir;
  Options options = OptionsFor(dir.Write("a", Log()), 3);
  const std::string shrinking = dir.Write("b", Log());
  options.inputs = {dir.Path("a"), shrinking, dir.Write("c", Log())};
  RunControl control;
  bool changed = false;
  control.progress = [&](const Progress&) {
    if (!changed) std::filesystem::resize_file(shrinking, 1);
    changed = true;
  };
  const Report report = Analyze(options, control);
  ExpectAccountsHold(report);
  EXPECT_EQ(report.inputs[0].lines, LinesIn(Log()));
  EXPECT_EQ(report.inputs[0].state, InputState::kRead);
  EXPECT_LT(report.inputs[1].lines, LinesIn(Log()));
  EXPECT_EQ(report.inputs[2].lines, LinesIn(Log()));
}

}  // namespace
}  // namespace logstat
