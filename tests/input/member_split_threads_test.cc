// Many threads decode ahead while others read the same archive.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/input/many_members.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

// Every thread reads a cell or decodes ahead, in turn.
ArchiveOutcome ReadByThreads(const std::string& path, const SourceSettings& settings, size_t threads) {
  const std::unique_ptr<Source> source = *OpenSource(path, settings);
  source->Sample();
  std::mutex mutex;
  std::map<uint64_t, std::string> cells;
  ArchiveOutcome outcome;
  const auto work = [&] {
    while (true) {
      source->DecodeAhead();
      const StatusOr<std::optional<Block>> block = source->Next();
      const std::lock_guard lock(mutex);
      if (!block.ok()) outcome.error = Message(block.status());
      if (!block.ok() || !block->has_value()) break;
      cells[(*block)->cell].assign(reinterpret_cast<const char*>((*block)->bytes), (*block)->cell_bytes);
    }
  };
  std::vector<std::thread> others;
  for (size_t i = 0; i < threads; ++i) others.emplace_back(work);
  for (std::thread& other : others) other.join();
  for (const auto& [number, bytes] : cells) outcome.text += bytes;
  outcome.warning = source->Warning();
  return outcome;
}

TEST(MemberSplitThreadsTest, EveryArchiveGivesWhatItGivesToOne) {
  const TempDir dir;
  for (const ManyMembers& archive : HardArchives()) {
    const std::string path = dir.Write("log", archive.data);
    for (const size_t cell_bytes : {size_t{4096}, size_t{30'000}}) {
      SCOPED_TRACE(archive.name + ", cells of " + std::to_string(cell_bytes));
      const SourceSettings settings = SettingsFor(cell_bytes);
      const std::unique_ptr<Source> source = *OpenSource(path, settings);
      const ArchiveOutcome alone = ReadArchive(*source, cell_bytes);
      for (const size_t threads : {2, 3, 8}) EXPECT_EQ(ReadByThreads(path, settings, threads), alone) << threads;
    }
  }
}

}  // namespace
}  // namespace logstat
