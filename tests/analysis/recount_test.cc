// Lists by key over --max-memory: a second pass counts them exactly, and what is listed does not depend on how.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/genlog_lib.h"
#include "tests/analysis/key_truth.h"
#include "tests/analysis/run_log.h"
#include "tests/input/compress.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr uint64_t kTiny = 1;  // budget: every table has its least capacity, a few keys for each of its partitions

std::string ManyKeys(uint64_t lines, uint64_t seed) {
  genlog::Options options;
  options.lines = lines;
  options.seed = seed;
  options.distinct = true;
  options.paths = 300;
  options.start_seconds += static_cast<int64_t>(seed * 86400);
  return genlog::GenerateLog(options);
}

// Without findings: the lines that they need fit no such budget.
Options TinyOptions(std::vector<std::string> inputs) {
  Options options;
  options.inputs = std::move(inputs);
  options.threads = 2;
  options.max_memory_bytes = kTiny;
  options.sections = SectionSet();
  for (size_t i = 0; i < kSectionCount; ++i) {
    if (static_cast<Section>(i) != Section::kFindings) options.sections.Insert(static_cast<Section>(i));
  }
  options.tuning.table_seed = 7;
  return options;
}

std::vector<std::pair<std::string, uint64_t>> Counts(const std::vector<KeyRow>& rows) {
  std::vector<std::pair<std::string, uint64_t>> counts;
  for (const KeyRow& row : rows) counts.emplace_back(row.key, row.count);
  return counts;
}

void ExpectNoError(const std::vector<KeyRow>& rows) {
  for (const KeyRow& row : rows) EXPECT_EQ(row.error, 0u) << row.key;
}

class RecountTest : public testing::Test {
 protected:
  const std::string first_ = ManyKeys(40'000, 1);
  const std::string second_ = ManyKeys(30'000, 2);
  TempDir dir_;
};

TEST_F(RecountTest, ListsAreExactlyWhatIsAboveTheBound) {
  Options options = TinyOptions({dir_.Write("a.log", first_), dir_.Write("b.log", second_)});
  options.top = 0;
  const Report report = RunAnalysis(options);
  EXPECT_THAT(report.warnings, IsEmpty());
  const KeyTruth truth(first_ + second_);
  const ListBounds& bounds = report.path_bounds;
  ASSERT_GT(bounds.busiest, 0u);
  ASSERT_GT(report.paths.size(), 5u);
  EXPECT_EQ(Counts(report.paths), truth.paths.Above(bounds.busiest));
  EXPECT_EQ(Counts(report.clients), truth.clients.Above(report.client_bounds.busiest));
  ExpectNoError(report.paths);
  ExpectNoError(report.failing_paths);
  for (const KeyRow& row : report.paths) {
    const KeyTruth::Key& key = truth.paths.of.at(row.key);
    EXPECT_EQ(row.classes[2], key.of_class[2]) << row.key;
    EXPECT_EQ(row.classes[3], key.of_class[3]) << row.key;
    EXPECT_EQ(row.classes[4], key.of_class[4]) << row.key;
    EXPECT_EQ(row.classes[5], key.of_class[5]) << row.key;
    EXPECT_EQ(row.bytes, key.bytes) << row.key;
  }
  size_t failing = 0;
  for (const auto& [text, key] : truth.paths.of) failing += key.errors > bounds.failing ? 1 : 0;
  ASSERT_GT(failing, 1u);
  EXPECT_EQ(report.failing_paths.size(), failing);
  for (const KeyRow& row : report.failing_paths) {
    EXPECT_EQ(row.outcomes.server_errors + row.outcomes.client_errors, truth.paths.of.at(row.key).errors) << row.key;
  }
  for (const CodeRow& code : report.codes) {
    for (const KeyCount& path : code.top_paths) {
      EXPECT_EQ(path.error, 0u);
      EXPECT_EQ(path.count, truth.paths.of.at(path.key).of_code.at(code.code)) << code.code << " " << path.key;
      EXPECT_GT(path.count, code.top_paths_bound);
    }
  }
}

TEST_F(RecountTest, TheSameForAnyThreadsCellsSourcesAndOrder) {
  const std::vector<std::string> plain = {dir_.Write("a.log", first_), dir_.Write("b.log", second_)};
  std::filesystem::create_directory(dir_.Path("gz"));
  const std::vector<std::string> zipped = {dir_.Write("gz/a.log", Gzip(first_)), dir_.Write("gz/b.log", Bgzf(second_))};
  Options options = TinyOptions(plain);
  options.threads = 1;
  const std::string answer = RunJson(options);
  EXPECT_THAT(answer, HasSubstr("\"bounds\""));
  for (const unsigned threads : {1u, 2u, 7u}) {
    for (const size_t cell_bytes : {size_t{5000}, size_t{100'000}, size_t{1} << 20}) {
      for (const uint64_t map_from : {uint64_t{1}, UINT64_MAX}) {
        options.threads = threads;
        options.tuning.cell_bytes = cell_bytes;
        options.tuning.map_from_bytes = map_from;
        options.tuning.table_seed = threads * 31 + cell_bytes;
        options.inputs = threads == 2 ? std::vector<std::string>{plain[1], plain[0]} : plain;
        EXPECT_EQ(RunJson(options), answer) << threads << " threads, cells of " << cell_bytes << ", " << map_from;
      }
      options.inputs = zipped;
      std::string json = RunJson(options);
      for (size_t at; (at = json.find("/gz/")) != std::string::npos;) json.erase(at, 3);
      EXPECT_EQ(json, answer) << threads << " threads, cells of " << cell_bytes << ", gzip";
    }
  }
}

TEST_F(RecountTest, AFilterHoldsInBothPasses) {
  Options options = TinyOptions({dir_.Write("a.log", first_)});
  options.where = "status < 404 and method != \"POST\"";
  options.threads = 1;
  const Report report = RunAnalysis(options);
  EXPECT_THAT(report.warnings, IsEmpty());
  ASSERT_GT(report.path_bounds.busiest, 0u);
  ExpectNoError(report.paths);
  options.threads = 3;
  options.tuning.cell_bytes = 4096;
  EXPECT_EQ(RunJson(options), ToJson(report));
}

TEST_F(RecountTest, APipeIsReadOnceAndItsRowsHaveAnError) {
  const std::string path = dir_.Path("fifo");
  FifoWriter writer(path, first_);
  Options options = TinyOptions({path});
  options.top = 0;
  const Report report = RunAnalysis(options);
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_GT(report.path_bounds.busiest, 0u);
  const KeyTruth truth(first_);
  uint64_t errors = 0;
  for (const KeyRow& row : report.clients) {
    errors += row.error;
    EXPECT_LE(row.count, truth.clients.of.at(row.key).count);
    EXPECT_GE(row.count + row.error, truth.clients.of.at(row.key).count);
  }
  EXPECT_GT(errors, 0u);
}

// Runs with something that is done to the files when the first cell was delivered.
Report RunMeanwhile(const Options& options, const std::function<void()>& action) {
  RunControl control;
  bool done = false;
  control.progress = [&](const Progress&) {
    if (!std::exchange(done, true)) action();
  };
  Report report = Analyze(options, control);
  EXPECT_TRUE(done);
  return report;
}

TEST_F(RecountTest, ALogThatGrowsIsReadAgainUpToWhereTheFirstPassEnded) {
  for (const uint64_t map_from : {uint64_t{1}, UINT64_MAX}) {
    // A last line without its end: its rest comes later.
    std::string text = first_;
    text.resize(text.size() - 20);
    Options options = TinyOptions({dir_.Write("a.log", text)});
    options.threads = 1;
    options.tuning.map_from_bytes = map_from;
    options.tuning.cell_bytes = size_t{1} << 27;  // one cell: all of it was read when it was delivered
    const std::string answer = RunJson(options);
    const Report report = RunMeanwhile(options, [&] {
      std::ofstream(options.inputs[0], std::ios::binary | std::ios::app) << first_.substr(text.size()) << second_;
    });
    EXPECT_THAT(report.warnings, IsEmpty());
    EXPECT_EQ(ToJson(report), answer) << map_from;
  }
}

TEST_F(RecountTest, AnArchiveThatGrowsIsReadAgainUpToWhereTheFirstPassEnded) {
  Options options = TinyOptions({dir_.Write("a.gz", Gzip(first_))});
  options.threads = 1;
  options.tuning.cell_bytes = size_t{1} << 27;
  const std::string answer = RunJson(options);
  const Report report = RunMeanwhile(
      options, [&] { std::ofstream(options.inputs[0], std::ios::binary | std::ios::app) << Gzip(second_); });
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_EQ(ToJson(report), answer);
}

class ChangedRecountTest : public RecountTest {
 protected:
  // The report of the first pass, with a warning that names what happened.
  void ExpectFallback(const std::function<void(const std::string&)>& change, const char* warning) {
    Options options = TinyOptions({dir_.Write("a.log", first_)});
    options.threads = 1;
    options.top = 0;
    options.tuning.map_from_bytes = UINT64_MAX;
    options.tuning.cell_bytes = size_t{1} << 27;
    const Report report = RunMeanwhile(options, [&] { change(options.inputs[0]); });
    ASSERT_EQ(report.warnings.size(), 1u);
    EXPECT_THAT(report.warnings[0], HasSubstr(warning));
    EXPECT_TRUE(report.complete) << "all of it was counted";
    const KeyTruth truth(first_);
    uint64_t errors = 0;
    ASSERT_FALSE(report.clients.empty());
    for (const KeyRow& row : report.clients) {
      errors += row.error;
      EXPECT_LE(row.count, truth.clients.of.at(row.key).count);
      EXPECT_GE(row.count + row.error, truth.clients.of.at(row.key).count);
    }
    EXPECT_GT(errors, 0u);
  }
};

TEST_F(ChangedRecountTest, RewrittenWithTheSameSize) {
  ExpectFallback(
      [&](const std::string& path) {
        std::string other = first_;
        std::reverse(other.begin(), other.end());
        std::ofstream(path, std::ios::binary | std::ios::trunc) << other;
      },
      "a.log: changed while it was read");
}

TEST_F(ChangedRecountTest, Shorter) {
  ExpectFallback([&](const std::string& path) { std::filesystem::resize_file(path, first_.size() / 2); },
                 "a.log: changed while it was read");
}

TEST_F(ChangedRecountTest, ReplacedByAnotherFile) {
  ExpectFallback(
      [&](const std::string& path) {
        std::filesystem::rename(path, path + ".1");
        std::ofstream(path, std::ios::binary) << first_ << second_;
      },
      "a.log: changed while it was read");
}

TEST_F(ChangedRecountTest, Removed) {
  ExpectFallback([&](const std::string& path) { std::filesystem::remove(path); }, "a.log: changed while it was read");
}

// As if it had only grown, by size and time: what was read tells that it has not.
TEST_F(ChangedRecountTest, RewrittenAndLonger) {
  ExpectFallback(
      [&](const std::string& path) { std::ofstream(path, std::ios::binary | std::ios::trunc) << second_ << first_; },
      "a second reading of the inputs saw other lines");
}

TEST_F(RecountTest, StoppedBetweenThePassesItKeepsTheFirstAnswer) {
  Options options = TinyOptions({dir_.Write("a.log", first_)});
  options.tuning.cell_bytes = size_t{1} << 27;
  std::stop_source source;
  RunControl control;
  control.stop = source.get_token();
  control.progress = [&](const Progress&) { source.request_stop(); };
  const Report report = Analyze(options, control);
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.totals.lines, 40'000u);
  EXPECT_GT(report.path_bounds.busiest, 0u);
}

TEST_F(RecountTest, ProgressGoesOnOverBothPasses) {
  Options options = TinyOptions({dir_.Write("a.log", first_)});
  options.tuning.cell_bytes = 4096;
  RunControl control;
  uint64_t before = 0;
  control.progress = [&](const Progress& progress) {
    EXPECT_GE(progress.bytes_done, before);
    EXPECT_LE(progress.bytes_done, progress.bytes_total);
    before = progress.bytes_done;
  };
  Analyze(options, control);
  EXPECT_GT(before, 0u);
}

}  // namespace
}  // namespace logstat
