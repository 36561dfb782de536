// One line of 1 GiB through a pipe: bounded memory, linear time.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <string>

#include "src/input/stream.h"
#include "tests/input/pipe_writer.h"

namespace logstat {
namespace {

size_t PeakMemoryBytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<size_t>(usage.ru_maxrss) << 10;
}

// Reads one line of so many bytes and returns the seconds it took.
double ReadLineOf(size_t line_bytes) {
  const auto start = std::chrono::steady_clock::now();
  PipeWriter writer([line_bytes](int out) {
    const std::string piece(size_t{1} << 16, 'x');
    for (size_t i = 0; i < line_bytes / piece.size(); ++i) WriteAll(out, piece);
  });
  const std::unique_ptr<Source> source = OpenStream(writer.TakeReadEnd(), {});
  size_t bytes = 0;
  while (true) {
    const StatusOr<std::optional<Block>> block = source->Next();
    if (!block.ok() || !block->has_value()) break;
    bytes += (*block)->cell_bytes;
  }
  EXPECT_EQ(bytes, line_bytes);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST(SlowStreamTest, ALineOfOneGibibyteTakesBoundedMemoryAndLinearTime) {
  const double small_seconds = ReadLineOf(size_t{128} << 20);
  const size_t before = PeakMemoryBytes();
  const double large_seconds = ReadLineOf(size_t{1} << 30);
  EXPECT_LT(PeakMemoryBytes() - before, size_t{8} << 20);
  EXPECT_LT(large_seconds, 3 * 8 * small_seconds) << "8 times the bytes; quadratic time would be 64 times";
}

}  // namespace
}  // namespace logstat
