// Millions of clients and paths, nearly all of them different, in a small --max-memory: the memory is bounded, findings
// included, and the lists are right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "bench/genlog_lib.h"
#include "tests/analysis/peak_memory.h"
#include "tests/analysis/run_log.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using Rows = std::vector<std::pair<uint64_t, std::string>>;  // count and key

// The first ten of the keys that come often, by count and then key, as the generator counted them.
template <size_t kSize>
Rows TopOf(const std::array<uint64_t, kSize>& counts, const std::vector<std::string>& keys) {
  Rows rows;
  for (size_t i = 0; i < keys.size(); ++i) rows.emplace_back(counts[i], keys[i]);
  std::sort(rows.begin(), rows.end(),
            [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  rows.resize(10);
  return rows;
}

Rows RowsOf(const std::vector<KeyRow>& rows) {
  Rows pairs;
  for (const KeyRow& row : rows) {
    EXPECT_EQ(row.error, 0u) << row.key;
    pairs.emplace_back(row.count, row.key);
  }
  return pairs;
}

class SlowBudgetTest : public testing::Test {
 protected:
  SlowBudgetTest() {
    genlog::Options options;
    options.lines = 2'500'000;
    options.distinct = true;
    genlog::LogGenerator generator(options);
    path_ = dir_.Path("flood.log");
    std::ofstream file(path_, std::ios::binary);
    for (std::string_view block = generator.Next(); !block.empty(); block = generator.Next()) file << block;
    file.close();
    truth_ = generator.stats();
  }

  Options OptionsFor(unsigned threads, bool mapped) const {
    Options options;
    options.inputs = {path_};
    options.threads = threads;
    options.max_memory_bytes = 32 * kMiB;
    options.tuning.map_from_bytes = mapped ? 1 : UINT64_MAX;
    return options;
  }

  TempDir dir_;
  std::string path_;
  genlog::Stats truth_;
};

TEST_F(SlowBudgetTest, MemoryStaysWithinAndListsAreRight) {
  std::vector<std::string> answers;
  for (const auto& [threads, mapped] : {std::pair(2u, true), std::pair(3u, false)}) {
    const std::string answer = dir_.Path("answer.json");
    const uint64_t peak = PeakOfChild([&] { std::ofstream(answer) << RunJson(OptionsFor(threads, mapped)); });
    EXPECT_LT(peak, (32 + 64) * kMiB) << "the budget, and 64 MiB; mapped: " << mapped;
    std::ostringstream json;
    json << std::ifstream(answer).rdbuf();
    answers.push_back(json.str());
  }
  EXPECT_TRUE(answers[0] == answers[1]) << "of 2 threads over a mapping, and 3 that read";

  const Report report = RunAnalysis(OptionsFor(2, true));
  EXPECT_THAT(report.warnings, testing::IsEmpty());
  EXPECT_TRUE(ToJson(report) == answers[0]);
  EXPECT_EQ(report.totals.counted, truth_.counted);
  for (const CodeRow& row : report.codes) EXPECT_EQ(row.count, truth_.codes[static_cast<size_t>(row.code)]);
  EXPECT_NEAR(static_cast<double>(report.totals.distinct_clients), static_cast<double>(truth_.distinct),
              0.04 * static_cast<double>(truth_.distinct));
  std::vector<std::string> clients;
  for (size_t rank = 0; rank < genlog::Stats::kHeavy; ++rank) clients.push_back("10.0.0." + std::to_string(rank));
  EXPECT_GT(report.client_bounds.busiest, 0u);
  EXPECT_EQ(RowsOf(report.clients), TopOf(truth_.clients, clients));
  EXPECT_GT(report.path_bounds.busiest, 0u);
  std::vector<uint64_t> of_paths(truth_.paths.begin(), truth_.paths.end());
  std::sort(of_paths.begin(), of_paths.end(), std::greater<>());
  ASSERT_EQ(report.paths.size(), 10u);
  // The long queries of 414 are all of /search, whose other requests the generator counted.
  for (const KeyRow& row : report.paths) {
    const uint64_t count = row.count - (row.key == "/search" ? truth_.codes[414] : 0);
    EXPECT_THAT(of_paths, testing::Contains(count)) << row.key;
  }
}

}  // namespace
}  // namespace logstat
