// Floods of events within minutes in a small --max-memory: what findings hold is bounded, and what they leave out does
// not depend on threads and cells.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

#include "tests/analysis/peak_memory.h"
#include "tests/analysis/run_log.h"
#include "tests/base/sanitized.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

// Lines that are all events and each of another path, line number i in second second_of(i).
std::string Flood(size_t lines, int status, const std::function<size_t(size_t)>& second_of) {
  std::string text;
  for (size_t i = 0; i < lines; ++i) {
    const size_t second = second_of(i);
    text +=
        fmt::format("10.{}.{}.{} - - [23/Nov/2026:{:02}:{:02}:{:02} +0000] \"GET /p/{} HTTP/1.1\" {} 7 \"-\" \"a\"\n",
                    i >> 16 & 255, i >> 8 & 255, i & 255, second / 3600, second / 60 % 60, second % 60, i, status);
  }
  return text;
}

class FloodTest : public testing::Test {
 protected:
  Options OptionsFor(const std::string& text) const {
    Options options;
    options.inputs = {dir_.Write("flood.log", text)};
    options.max_memory_bytes = kLeastMemoryBytes;
    options.threads = 2;
    options.tuning.map_from_bytes = UINT64_MAX;
    return options;
  }

  void ExpectTheSameForThreadsAndCells(const std::string& text) const {
    Options options = OptionsFor(text);
    options.threads = 1;
    const Report report = RunAnalysis(options);
    EXPECT_TRUE(report.findings.incomplete);
    const std::string answer = ToJson(report);
    for (const unsigned threads : {1u, 2u, 5u}) {
      for (const size_t cell_bytes : {size_t{1000}, size_t{64} << 10}) {
        options.threads = threads;
        options.tuning.cell_bytes = cell_bytes;
        EXPECT_TRUE(RunJson(options) == answer) << threads << " threads, cells of " << cell_bytes;
      }
    }
  }

  TempDir dir_;
};

TEST_F(FloodTest, WhatIsHeldForOneMinuteIsBounded) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer has memory of its own";
  for (const int status : {404, 301}) {
    const Options options = OptionsFor(Flood(250'000, status, [](size_t i) { return i / 2500; }));
    const uint64_t peak = PeakOfChild([&] { EXPECT_TRUE(RunAnalysis(options).findings.incomplete); });
    EXPECT_LT(peak, options.max_memory_bytes + 64 * kMiB) << status;
  }
}

TEST_F(FloodTest, WhatIsLeftOutOfAMinuteIsTheSameForThreadsAndCells) {
  ExpectTheSameForThreadsAndCells(Flood(60'000, 404, [](size_t i) { return i / 300; }));
}

// Each minute is open while lines come to others, older ones as well, and stores have lines of all.
TEST_F(FloodTest, TimesThatJumpAreTheSameForThreadsAndCells) {
  std::mt19937 random(5);
  ExpectTheSameForThreadsAndCells(Flood(60'000, 404, [&](size_t i) { return i / 60 + random() % 900; }));
}

// A full minute, in which a line of the next one stands now and then.
TEST_F(FloodTest, AFewLinesOfManyCellsAreTheSameForThreadsAndCells) {
  ExpectTheSameForThreadsAndCells(Flood(60'000, 404, [](size_t i) { return i % 500 == 7 ? size_t{60} : i / 1200; }));
}

}  // namespace
}  // namespace logstat
