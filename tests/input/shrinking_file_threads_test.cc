// Files that other processes truncate, replace and extend while several threads scan their mapping, many hundred times:
// never a crash, never a byte that neither the old nor the new file had, and IntactBytes() tells what is sound.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "src/input/source.h"
#include "tests/input/pipe_writer.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

constexpr size_t kFileBytes = (size_t{1} << 20) + 1234;
constexpr size_t kCellBytes = size_t{16} << 10;
constexpr int kRounds = 250;
constexpr int kReaders = 3;

uint8_t OriginalByte(uint64_t offset) { return static_cast<uint8_t>('a' + offset % 25); }
constexpr uint8_t kNewByte = 'Z';  // what is written later

const std::string& Original() {
  static const std::string content = [] {
    std::string bytes(kFileBytes, 0);
    for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(OriginalByte(i));
    return bytes;
  }();
  return content;
}

struct Scan {
  uint64_t first_changed = UINT64_MAX;  // lowest offset that did not read as the original byte
  uint64_t strange_bytes = 0;           // neither original, nor zero, nor new
  uint64_t cells = 0;
  uint64_t intact = 0;  // IntactBytes() afterwards
};

// Scans the file with several threads while `change` runs, from when the first cell was taken.
Scan ScanWhile(const std::string& path, const std::function<void()>& change) {
  SourceSettings settings;
  settings.cell_bytes = kCellBytes;
  settings.map_from_bytes = 1;
  settings.guard_mapped_files = true;
  const StatusOr<std::unique_ptr<Source>> source = OpenSource(path, settings);
  if (!source.ok() || !(*source)->mapped()) throw std::runtime_error("not mapped");
  std::atomic<bool> started{false};
  std::mutex mutex;
  Scan scan;
  std::vector<std::thread> threads;
  for (int i = 0; i < kReaders; ++i) {
    threads.emplace_back([&] {
      Scan mine;
      while (true) {
        const StatusOr<std::optional<Block>> block = (*source)->Next();
        if (!block.ok() || !block->has_value()) break;
        started = true;
        ++mine.cells;
        const volatile uint8_t* bytes = (*block)->bytes;
        for (size_t at = 0; at < (*block)->cell_bytes; at += 61) {
          const uint64_t offset = (*block)->offset + at;
          const uint8_t byte = bytes[at];
          if (byte == OriginalByte(offset)) continue;
          mine.first_changed = std::min(mine.first_changed, offset);
          mine.strange_bytes += byte != 0 && byte != kNewByte;
        }
      }
      const std::lock_guard<std::mutex> lock(mutex);
      scan.first_changed = std::min(scan.first_changed, mine.first_changed);
      scan.strange_bytes += mine.strange_bytes;
      scan.cells += mine.cells;
    });
  }
  while (!started) std::this_thread::yield();
  change();
  for (std::thread& thread : threads) thread.join();
  scan.intact = (*source)->IntactBytes();
  EXPECT_EQ(scan.cells, (kFileBytes + kCellBytes - 1) / kCellBytes) << "every cell once";
  EXPECT_EQ(scan.strange_bytes, 0u);
  return scan;
}

TEST(ShrinkingFileTest, TruncatedOnceOrTwice) {
  TempDir dir;
  std::mt19937_64 random(1);
  int seen = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::string path = dir.Write("log", Original());
    const uint64_t first = random() % kFileBytes, second = round % 2 == 0 ? first : random() % (first + 1);
    const Scan scan = ScanWhile(path, [&] {
      std::filesystem::resize_file(path, first);
      std::filesystem::resize_file(path, second);
    });
    ASSERT_EQ(scan.intact, second);
    ASSERT_GE(scan.first_changed, second);
    seen += scan.first_changed != UINT64_MAX;
  }
  EXPECT_GT(seen, 0) << "no round lost a byte while it was read: the test shows nothing";
}

TEST(ShrinkingFileTest, CopiedAndTruncatedWhileTheWriterGoesOn) {
  TempDir dir;
  std::mt19937_64 random(2);
  int lost = 0;
  const std::string new_bytes(4 * kFileBytes / 3, static_cast<char>(kNewByte));
  for (int round = 0; round < kRounds; ++round) {
    const std::string path = dir.Write("log", Original());
    const int out = open(path.c_str(), O_WRONLY | O_APPEND);
    const size_t regrown = random() % new_bytes.size();
    const Scan scan = ScanWhile(path, [&] {
      ASSERT_EQ(ftruncate(out, 0), 0);
      if (round % 2 == 0) std::this_thread::sleep_for(std::chrono::microseconds(random() % 300));
      WriteAll(out, std::string_view(new_bytes).substr(0, regrown));
    });
    close(out);
    // What faulted stays lost, however large the file is now.
    ASSERT_LE(scan.intact, std::min<uint64_t>(regrown, kFileBytes));
    lost += scan.intact < std::min<uint64_t>(regrown, kFileBytes);
  }
  EXPECT_GT(lost, 0) << "no round met a lost page: the test shows nothing";
}

TEST(ShrinkingFileTest, ReplacedByRenamingAnotherOverItKeepsTheOldBytes) {
  TempDir dir;
  for (int round = 0; round < kRounds; ++round) {
    const std::string path = dir.Write("log", Original());
    const std::string other = dir.Write("new", "short\n");
    const Scan scan = ScanWhile(path, [&] { std::filesystem::rename(other, path); });
    ASSERT_EQ(scan.intact, kFileBytes);
    ASSERT_EQ(scan.first_changed, UINT64_MAX);
  }
}

TEST(ShrinkingFileTest, ExtendedKeepsTheOldBytesAndSize) {
  TempDir dir;
  const std::string more(100'000, static_cast<char>(kNewByte));
  for (int round = 0; round < kRounds; ++round) {
    const std::string path = dir.Write("log", Original());
    const int out = open(path.c_str(), O_WRONLY | O_APPEND);
    const Scan scan = ScanWhile(path, [&] { WriteAll(out, more); });
    close(out);
    ASSERT_EQ(scan.intact, kFileBytes);
    ASSERT_EQ(scan.first_changed, UINT64_MAX);
  }
}

TEST(ShrinkingFileTest, FilesThatComeAndGoInOtherThreadsDoNotDisturbEachOther) {
  TempDir dir;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&dir, t] {
      std::mt19937_64 random(t);
      for (int round = 0; round < 100; ++round) {
        const std::string path = dir.Write("log" + std::to_string(t), std::string(20'000, 'x'));
        SourceSettings settings;
        settings.map_from_bytes = 1;
        settings.cell_bytes = 4096;
        settings.guard_mapped_files = true;
        const auto source = OpenSource(path, settings);
        const uint64_t kept = random() % 20'000;
        std::filesystem::resize_file(path, kept);
        size_t intact_bytes = 0;
        while (true) {
          const auto block = (*source)->Next();
          if (!block->has_value()) break;
          for (size_t i = 0; i < (*block)->cell_bytes; ++i) intact_bytes += (*block)->bytes[i] == 'x';
        }
        EXPECT_EQ(intact_bytes, kept);
        EXPECT_EQ((*source)->IntactBytes(), kept);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace logstat
