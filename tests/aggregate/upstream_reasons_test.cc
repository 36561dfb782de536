#include "src/aggregate/upstream_reasons.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/aggregate/batches.h"
#include "tests/aggregate/oracle.h"
#include "tests/aggregate/report_of.h"

namespace logstat {
namespace {

using ReasonLines = std::vector<std::string>;

constexpr ColumnSet kUpstreamColumns{Field::kStatus, Field::kTime, Field::kBytes, Field::kUpstream, Field::kReason};

TestRow UpstreamRow(std::optional<std::string> upstream, std::optional<std::string> reason, uint16_t status = 200) {
  TestRow row;
  row.status = status;
  row.time_ms = 1'000;
  row.upstream = std::move(upstream);
  row.reason = std::move(reason);
  return row;
}

Report UpstreamReport(const std::vector<TestRow>& rows, size_t top = 0, size_t workers = 1, size_t batch_rows = 100,
                      uint64_t table_bytes = uint64_t{64} << 20, ColumnSet columns = kUpstreamColumns) {
  AggregatePlan plan;
  plan.columns = columns;
  plan.table_bytes = table_bytes;
  plan.workers = static_cast<unsigned>(workers);
  plan.seed = TableSeed{workers};
  return ReportOf(plan, rows, {.batch_rows = batch_rows, .top = top});
}

TEST(UpstreamReasons, EqualSimpleMapsForAnyWorkersAndBatches) {
  std::mt19937_64 random(1);
  std::vector<TestRow> rows;
  std::map<std::string, std::vector<TestRow>> of_upstream;
  for (size_t i = 0; i < 8'000; ++i) {
    const std::string upstream = "10.0.0." + std::to_string(random() % 40);
    rows.push_back(UpstreamRow(upstream, "reason-" + std::to_string(random() % 300), random() % 9 == 0 ? 502 : 200));
    if (random() % 10 == 0) rows.back().reason.reset();
    of_upstream[upstream].push_back(rows.back());
    if (random() % 10 != 0) continue;
    rows.back().upstream.reset();
    of_upstream[upstream].pop_back();
  }
  for (size_t workers : {1, 3}) {
    for (size_t batch_rows : {1, 777, 100'000}) {
      const Report report = UpstreamReport(rows, 0, workers, batch_rows, uint64_t{256} << 20);  // room for 12,000 pairs
      ASSERT_EQ(report.upstreams.size(), 40u);
      ASSERT_FALSE(report.failing_upstreams.empty());
      for (const auto* list : {&report.upstreams, &report.failing_upstreams}) {
        for (const KeyRow& row : *list) {
          std::vector<KeyCount> expected;
          for (const KeyRow& reason : OracleKeys(of_upstream[row.key], Field::kReason)) {
            if (!reason.missing) expected.push_back(KeyCount{reason.key, false, reason.count, 0});
          }
          EXPECT_EQ(Describe(row.top_reasons), Describe(expected)) << row.key;
        }
      }
    }
  }
}

TEST(UpstreamReasons, TopIsTheHeadOfAllAndTiesAreByKey) {
  const Report report = UpstreamReport(
      {UpstreamRow("a", "SH--"), UpstreamRow("a", "PC--"), UpstreamRow("a", "sH--"), UpstreamRow("a", "sH--")}, 2);
  EXPECT_EQ(Describe(report.upstreams.at(0).top_reasons), (ReasonLines{"sH--: 2 error 0", "PC--: 1 error 0"}));
}

TEST(UpstreamReasons, OfALineWithoutEitherNothingIsCounted) {
  const Report report = UpstreamReport({UpstreamRow("a", {}), UpstreamRow({}, "SH--"), UpstreamRow({}, {})});
  ASSERT_EQ(report.upstreams.size(), 1u);
  EXPECT_TRUE(report.upstreams[0].top_reasons.empty());
}

TEST(UpstreamReasons, WithoutTheColumnOfReasonsThereAreNone) {
  const ColumnSet columns{Field::kStatus, Field::kTime, Field::kBytes, Field::kUpstream};
  const Report report = UpstreamReport({UpstreamRow("a", "SH--")}, 0, 1, 1, uint64_t{1} << 20, columns);
  EXPECT_TRUE(report.upstreams.at(0).top_reasons.empty());
}

TEST(UpstreamReasons, ALongReasonIsCutAndALongUpstreamHasNone) {
  const std::string length(3'000, 'x');
  const Report report =
      UpstreamReport({UpstreamRow("a", length + "1"), UpstreamRow("a", length + "2"), UpstreamRow(length, "SH--")});
  ASSERT_EQ(report.upstreams.size(), 2u);
  ASSERT_EQ(report.upstreams[0].top_reasons.size(), 2u) << "they differ behind what is kept";
  EXPECT_EQ(report.upstreams[0].top_reasons[0].key, length.substr(0, 1024));
  EXPECT_EQ(report.upstreams[0].top_reasons[0].key_bytes, 3'001u);
  EXPECT_TRUE(report.upstreams[1].top_reasons.empty());
}

// One pair less is an answer, so it is the number of pairs that decides; and it does for any workers and order.
TEST(UpstreamReasons, MorePairsThanTheBudgetAllowsAreDroppedForAnyWorkers) {
  constexpr uint64_t kTableBytes = uint64_t{64} << 20;
  constexpr size_t kMostPairs = kTableBytes / 256 / 64;
  std::vector<TestRow> rows;
  for (size_t i = 0; i < kMostPairs; ++i)
    rows.push_back(UpstreamRow("up" + std::to_string(i % 64), std::to_string(i / 64)));
  for (size_t workers : {1, 4}) {
    const Report exact = UpstreamReport(rows, 0, workers, 333, kTableBytes);
    ASSERT_EQ(exact.upstreams.size(), 64u);
    for (const KeyRow& row : exact.upstreams) EXPECT_EQ(row.top_reasons.size(), kMostPairs / 64);
  }
  rows.insert(rows.begin() + 100, UpstreamRow("up0", "one more"));
  for (size_t workers : {1, 4}) {
    for (const KeyRow& row : UpstreamReport(rows, 0, workers, 333, kTableBytes).upstreams) {
      EXPECT_TRUE(row.top_reasons.empty());
    }
  }
}

}  // namespace
}  // namespace logstat
