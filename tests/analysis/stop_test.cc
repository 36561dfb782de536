// Runs that end before their inputs do: asked to stop, or because a callback of the embedder throws.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <system_error>
#include <thread>

#include "bench/genlog_lib.h"
#include "tests/analysis/run_log.h"
#include "tests/base/sanitized.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

class StopTest : public testing::TestWithParam<unsigned> {
 protected:
  StopTest() {
    genlog::Options log;
    log.lines = 5000;
    log.dirty_ppm = 50'000;
    const std::string text = genlog::GenerateLog(log);
    for (const char* name : {"a", "b", "c"}) options_.inputs.push_back(dir_.Write(name, text));
    options_.threads = GetParam();
    options_.max_memory_bytes = uint64_t{64} << 20;
    options_.tuning.cell_bytes = 4096;
    total_lines_ = RunAnalysis(options_).totals.lines;
  }

  const TempDir dir_;
  Options options_;
  uint64_t total_lines_ = 0;
};

TEST_P(StopTest, AskedInTheMiddleItReportsWhatWasRead) {
  for (const uint64_t map_from : {uint64_t{1}, UINT64_MAX}) {
    options_.tuning.map_from_bytes = map_from;
    std::stop_source stop;
    RunControl control;
    control.stop = stop.get_token();
    control.progress = [&](const Progress& progress) {
      EXPECT_GT(progress.bytes_done, 0u);
      EXPECT_GT(progress.bytes_total, progress.bytes_done);
      stop.request_stop();
    };
    const Report report = Analyze(options_, control);
    ExpectAccountsHold(report);
    EXPECT_FALSE(report.complete);
    EXPECT_GT(report.totals.lines, 0u);
    EXPECT_LT(report.totals.lines, total_lines_);
    ASSERT_EQ(report.inputs.size(), 3u);
    EXPECT_EQ(report.inputs[2].state, InputState::kPartial) << "not read to its end";
    EXPECT_TRUE(report.errors.empty()) << "being stopped is no error of an input";
  }
}

TEST_P(StopTest, AskedBeforeItBeginsItReadsNothing) {
  std::stop_source stop;
  stop.request_stop();
  RunControl control;
  control.stop = stop.get_token();
  const Report report = Analyze(options_, control);
  ExpectAccountsHold(report);
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.totals.lines, 0u);
}

TEST_P(StopTest, AskedAtAnyMomentItEnds) {
  for (int round = 0; round < 30; round += kSanitized ? 5 : 1) {
    std::stop_source stop;
    RunControl control;
    control.stop = stop.get_token();
    std::thread asker([&] {
      std::this_thread::sleep_for(std::chrono::microseconds(round * 500));
      stop.request_stop();
    });
    const Report report = Analyze(options_, control);
    asker.join();
    ExpectAccountsHold(report);
    EXPECT_LE(report.totals.lines, total_lines_);
    if (report.complete) {
      EXPECT_EQ(report.totals.lines, total_lines_);
    }
  }
}

TEST_P(StopTest, AWriterThatSaysNothingDoesNotHoldItUp) {
  const std::string path = dir_.Path("fifo");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const int silent = open(path.c_str(), O_RDWR);  // a writer, and nobody waits for it to open
  WriteAll(silent, "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"\n");
  options_.inputs = {path};
  std::stop_source stop;
  RunControl control;
  control.stop = stop.get_token();
  std::thread asker([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop.request_stop();
  });
  const Report report = Analyze(options_, control);
  asker.join();
  close(silent);
  ExpectAccountsHold(report);
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.inputs[0].state, InputState::kPartial);
}

// Whether this process has the file open; looking does not disturb a FIFO, as opening it would.
bool IsOpenHere(const std::string& path) {
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    if (std::filesystem::read_symlink(entry.path(), gone) == path) return true;
  }
  return false;
}

TEST_P(StopTest, AFifoThatNobodyOpensForWritingDoesNotHoldItUp) {
  const std::string path = dir_.Path("fifo");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  options_.inputs.push_back(path);
  std::stop_source stop;
  RunControl control;
  control.stop = stop.get_token();
  std::atomic<bool> ended = false;
  std::thread asker([&] {
    for (int i = 0; i < 400 && !IsOpenHere(path); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop.request_stop();
    for (int i = 0; i < 100 && !ended; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (!ended) close(open(path.c_str(), O_WRONLY));  // a run that waits for it gets its writer, and the test fails
  });
  const auto start = std::chrono::steady_clock::now();
  const Report report = Analyze(options_, control);
  const auto took = std::chrono::steady_clock::now() - start;
  ended = true;
  asker.join();
  EXPECT_LT(took, std::chrono::seconds(5));
  ExpectAccountsHold(report);
  EXPECT_FALSE(report.complete);
  EXPECT_LE(report.totals.lines, total_lines_) << "a FIFO is opened first: its times may be the oldest";
  EXPECT_EQ(report.inputs[3].state, InputState::kPartial);
}

// The other workers wait for cells that will never be delivered: they must be let go.
TEST_P(StopTest, AnExceptionOfTheCallbackReachesTheCaller) {
  RunControl control;
  control.progress = [](const Progress&) { throw std::runtime_error("the embedder's"); };
  EXPECT_THROW(Analyze(options_, control), std::runtime_error);
}

INSTANTIATE_TEST_SUITE_P(Threads, StopTest, testing::Values(1u, 2u, 7u));

}  // namespace
}  // namespace logstat
