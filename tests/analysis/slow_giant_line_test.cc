// A line of 1 GiB, from a pipe and from a sparse file: one rejected line, in bounded memory and linear time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "tests/analysis/run_log.h"
#include "tests/input/pipe_writer.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

constexpr uint64_t kGiB = uint64_t{1} << 30;
const char kLine[] = "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"\n";

// A line of the log, `size` NULs as the second one, and a third, which needs no space on the disk.
std::string WriteSparse(const TempDir& dir, uint64_t size) {
  const std::string path = dir.Write("sparse.log", kLine);
  std::filesystem::resize_file(path, sizeof kLine - 1 + size);
  std::ofstream(path, std::ios::app | std::ios::binary) << "\n" << kLine;
  return path;
}

void ExpectOneTooLong(const Report& report, uint64_t size) {
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(report.totals.lines, 3u);
  EXPECT_EQ(report.totals.counted, 2u);
  EXPECT_EQ(report.totals.ignored, 0u) << "NULs are blank, but not a line of 1 GiB of them";
  ASSERT_EQ(report.rejects.size(), 1u);
  EXPECT_EQ(report.rejects[0].reason, "too_long");
  EXPECT_EQ(report.rejects[0].samples[0].line, 2u);
  EXPECT_EQ(report.rejects[0].samples[0].offset, sizeof kLine - 1);
  EXPECT_EQ(report.totals.bytes_read, 2 * (sizeof kLine - 1) + size + 1);
}

Options OptionsFor(const std::string& path, bool mapped) {
  Options options;
  options.inputs = {path};
  options.threads = 2;
  options.max_memory_bytes = uint64_t{32} << 20;
  options.tuning.map_from_bytes = mapped ? 1 : UINT64_MAX;
  return options;
}

// Processor time of this program alone: how long the kernel takes to make a gigabyte of pages says nothing about us.
double UserSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

double SecondsFor(const Options& options, uint64_t size) {
  const double start = UserSeconds();
  ExpectOneTooLong(RunAnalysis(options), size);
  return UserSeconds() - start;
}

// Peak memory in bytes of a child process that runs `work`.
uint64_t PeakOfChild(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  rusage usage;
  EXPECT_EQ(wait4(child, &status, 0, &usage), child);
  EXPECT_EQ(status, 0);
  return static_cast<uint64_t>(usage.ru_maxrss) << 10;
}

TEST(SlowGiantLineTest, FromASparseFileMappedAndReadInLinearTime) {
  TempDir dir;
  for (const bool mapped : {true, false}) {
    const double small_seconds = SecondsFor(OptionsFor(WriteSparse(dir, kGiB / 8), mapped), kGiB / 8);
    const double large_seconds = SecondsFor(OptionsFor(WriteSparse(dir, kGiB), mapped), kGiB);
    EXPECT_LT(large_seconds, 3 * 8 * small_seconds + 0.5) << "8 times the bytes; quadratic time would be 64 times";
  }
}

TEST(SlowGiantLineTest, ReadItTakesBoundedMemory) {
  TempDir dir;
  const Options options = OptionsFor(WriteSparse(dir, kGiB), false);
  const uint64_t peak = PeakOfChild([&] { ExpectOneTooLong(RunAnalysis(options), kGiB); });
  EXPECT_LT(peak, (uint64_t{32} << 20) + (uint64_t{64} << 20)) << "the budget, and 64 MiB";
}

TEST(SlowGiantLineTest, OfTextFromAPipeItTakesBoundedMemory) {
  TempDir dir;
  const std::string path = dir.Path("fifo");
  const uint64_t peak = PeakOfChild([&] {
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    std::thread writer([&] {
      const int out = open(path.c_str(), O_WRONLY);
      const std::string piece(size_t{1} << 20, 'x');
      WriteAll(out, kLine);
      for (uint64_t i = 0; i < kGiB / piece.size(); ++i) WriteAll(out, piece);
      WriteAll(out, std::string("\n") + kLine);
      close(out);
    });
    ExpectOneTooLong(RunAnalysis(OptionsFor(path, false)), kGiB);
    writer.join();
  });
  EXPECT_LT(peak, (uint64_t{32} << 20) + (uint64_t{64} << 20));
}

}  // namespace
}  // namespace logstat
