#include "src/aggregate/slow_paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "src/aggregate/aggregates.h"
#include "tests/aggregate/batches.h"
#include "tests/aggregate/durations_oracle.h"

namespace logstat {
namespace {

Report SlowPathsReport(const std::vector<TestRow>& rows, size_t top, AggregatePlan plan = {}) {
  plan.columns = kAllColumns;
  Aggregates aggregates(plan);
  Aggregates::Worker worker(&aggregates);
  const TestBatch made = MakeBatch(rows, plan.columns, 9);
  worker.Add(made.batch, made.selection);
  worker.Flush();
  ReportOptions options;
  options.top = top;
  options.sections = plan.sections;
  Report report;
  aggregates.FillReport(options, &report);
  return report;
}

std::map<std::string, std::vector<int64_t>> DurationsByPath(const std::vector<TestRow>& rows) {
  std::map<std::string, std::vector<int64_t>> by_path;
  for (const TestRow& row : rows) {
    if (row.path && row.path->size() <= 1024 && row.duration_us >= 0) by_path[*row.path].push_back(row.duration_us);
  }
  return by_path;
}

void AddRows(const std::string& path, std::vector<int64_t> durations, std::vector<TestRow>* rows) {
  for (const int64_t duration : durations) {
    TestRow row;
    row.path = path;
    row.duration_us = duration;
    rows->push_back(row);
  }
}

std::vector<std::string> Keys(const Report& report) {
  std::vector<std::string> keys;
  for (const PathDurationRow& path : report.durations.paths) keys.push_back(path.key);
  return keys;
}

TEST(SlowPaths, EveryPathWith20TimedRequestsSlowestFirst) {
  const std::vector<TestRow> rows = RandomRows(20'000, 1);
  auto expected = DurationsByPath(rows);
  std::erase_if(expected, [](const auto& path) { return path.second.size() < 20; });
  ASSERT_GT(expected.size(), 100u);
  ASSERT_LT(expected.size(), DurationsByPath(rows).size()) << "some must be left out";
  const Report report = SlowPathsReport(rows, 0);
  EXPECT_FALSE(report.durations.paths_left_out);
  ASSERT_EQ(report.durations.paths.size(), expected.size());
  for (size_t i = 0; i < report.durations.paths.size(); ++i) {
    const PathDurationRow& path = report.durations.paths[i];
    ASSERT_TRUE(expected.contains(path.key)) << path.key;
    ExpectRowOf(path.row, expected[path.key]);
    if (i == 0) continue;
    EXPECT_GE(report.durations.paths[i - 1].row.p95_us, path.row.p95_us);
  }
}

TEST(SlowPaths, TopIsTheHeadOfAll) {
  const std::vector<TestRow> rows = RandomRows(20'000, 2);
  std::vector<std::string> all = Keys(SlowPathsReport(rows, 0));
  all.resize(5);
  EXPECT_EQ(Keys(SlowPathsReport(rows, 5)), all);
}

TEST(SlowPaths, EqualOnesAreInTheOrderOfTheirBytes) {
  std::vector<TestRow> rows;
  for (const char* path : {"/c", "/a", "/d", "/b"}) AddRows(path, std::vector<int64_t>(20, 70), &rows);
  EXPECT_EQ(Keys(SlowPathsReport(rows, 3)), (std::vector<std::string>{"/a", "/b", "/c"}));
}

TEST(SlowPaths, FewerThan20TimedRequestsAreListedOnlyIfNoPathHasMore) {
  std::vector<TestRow> rows;
  AddRows("/rare", std::vector<int64_t>(19, 9'000), &rows);
  AddRows("/rarest", {7'000}, &rows);
  EXPECT_EQ(Keys(SlowPathsReport(rows, 10)), (std::vector<std::string>{"/rare", "/rarest"}));
  AddRows("/often", std::vector<int64_t>(20, 10), &rows);
  EXPECT_EQ(Keys(SlowPathsReport(rows, 10)), (std::vector<std::string>{"/often"}));
  AddRows("/often-but-not-timed", std::vector<int64_t>(30, kNoNumber), &rows);
  EXPECT_EQ(Keys(SlowPathsReport(rows, 10)), (std::vector<std::string>{"/often"}));
}

TEST(SlowPaths, APathThatOnlyEverFailsIsListed) {
  std::vector<TestRow> rows;
  AddRows("/fails", std::vector<int64_t>(20, 30'000'000), &rows);
  for (TestRow& row : rows) row.status = 504;
  AddRows("/works", std::vector<int64_t>(20, 30), &rows);
  EXPECT_EQ(Keys(SlowPathsReport(rows, 1)), (std::vector<std::string>{"/fails"}));
}

TEST(SlowPaths, RowsOfTheListsHaveTheirP95) {
  const std::vector<TestRow> rows = RandomRows(20'000, 3);
  const auto by_path = DurationsByPath(rows);
  const Report report = SlowPathsReport(rows, 0);
  size_t without = 0;
  for (const auto* list : {&report.paths, &report.failing_paths}) {
    for (const KeyRow& row : *list) {
      const auto found = row.missing || row.key_bytes > 1024 ? by_path.end() : by_path.find(row.key);
      ASSERT_EQ(row.p95_us.has_value(), found != by_path.end()) << row.key;
      if (row.p95_us) ExpectWithin1Percent(*row.p95_us, ExactQuantile(found->second, 950));
      without += !row.p95_us;
    }
  }
  EXPECT_GT(without, 0u) << "rows without a path, paths of more than 1,024 bytes";
  for (const KeyRow& row : report.clients) EXPECT_FALSE(row.p95_us);
}

TEST(SlowPaths, PathsAloneHaveTheirP95AndNothingElse) {
  AggregatePlan plan;
  plan.sections = SectionSet{Section::kPaths};
  const Report report = SlowPathsReport(RandomRows(2000, 4), 3, plan);
  EXPECT_TRUE(
      std::any_of(report.paths.begin(), report.paths.end(), [](const KeyRow& row) { return row.p95_us.has_value(); }));
  EXPECT_EQ(report.durations.overall.count, 0u);
  EXPECT_TRUE(report.durations.paths.empty());
}

TEST(SlowPaths, TooManyPairsForTheMemoryLeaveThePathsOutAndKeepTheRest) {
  std::vector<TestRow> rows;
  for (int64_t i = 0; i < 6000; ++i) AddRows("/" + std::to_string(i % 50), {i / 50 * (i / 50)}, &rows);
  AggregatePlan plan;
  plan.table_bytes = 1 << 20;
  const Report report = SlowPathsReport(rows, 10, plan);
  EXPECT_EQ(report.path_bounds.busiest, 0u) << "the table of the paths suffices";
  EXPECT_TRUE(report.durations.paths_left_out);
  EXPECT_TRUE(report.durations.paths.empty());
  EXPECT_FALSE(report.paths[0].p95_us);
  EXPECT_EQ(report.durations.overall.count, rows.size());
  EXPECT_EQ(report.durations.overall.max_us, 119 * 119);
}

TEST(SlowPaths, ATableThatLeftPathsOutHasNoSlowest) {
  std::vector<TestRow> rows;
  for (int i = 0; i < 3000; ++i) AddRows("/" + std::string(900, 'x') + std::to_string(i), {5}, &rows);
  AggregatePlan plan;
  plan.table_bytes = 4 << 20;
  const Report report = SlowPathsReport(rows, 10, plan);
  EXPECT_GT(report.path_bounds.busiest, 0u);
  EXPECT_TRUE(report.durations.paths_left_out);
  EXPECT_TRUE(report.durations.paths.empty());
}

TEST(SlowPaths, ALogWithoutDurationsHasNone) {
  std::vector<TestRow> rows = RandomRows(500, 5);
  for (TestRow& row : rows) row.duration_us = kNoNumber;
  const Report report = SlowPathsReport(rows, 0);
  EXPECT_EQ(report.durations.overall.count, 0u);
  EXPECT_TRUE(report.durations.paths.empty());
  for (const KeyRow& row : report.paths) EXPECT_FALSE(row.p95_us);
}

}  // namespace
}  // namespace logstat
