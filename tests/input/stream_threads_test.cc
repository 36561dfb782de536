#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "src/input/stream.h"
#include "tests/input/lines.h"
#include "tests/input/pipe_writer.h"

namespace logstat {
namespace {

TEST(StreamSourceTest, ManyThreadsGetEachCellOnceWithBytesThatNobodyOverwrites) {
  std::string content;
  for (int i = 0; content.size() < (size_t{6} << 20); ++i) content += "line number " + std::to_string(i) + "\n";
  for (const size_t cell_bytes : {size_t{1000}, size_t{100'000}, size_t{1} << 20}) {
    PipeWriter writer([&content](int out) { WriteAll(out, content); });
    SourceSettings settings;
    settings.cell_bytes = cell_bytes;
    const std::unique_ptr<Source> source = OpenStream(writer.TakeReadEnd(), settings);
    std::mutex mutex;
    std::map<uint64_t, std::string> cells;
    std::vector<std::pair<uint64_t, std::string>> lines;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        while (true) {
          StatusOr<std::optional<Block>> block = source->Next();
          if (!block.ok() || !block->has_value()) return;
          std::vector<std::pair<uint64_t, std::string>> owned;
          AppendOwnedLines(**block, owned);
          const std::lock_guard<std::mutex> lock(mutex);
          cells[(*block)->cell].assign(reinterpret_cast<const char*>((*block)->bytes), (*block)->cell_bytes);
          lines.insert(lines.end(), owned.begin(), owned.end());
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    std::string joined;
    for (const auto& [cell, bytes] : cells) joined += bytes;
    EXPECT_TRUE(joined == content);
    std::sort(lines.begin(), lines.end());
    EXPECT_TRUE(lines == ExpectedLines(content));
  }
}

}  // namespace
}  // namespace logstat
