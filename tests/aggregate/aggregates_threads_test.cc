#include <gtest/gtest.h>

#include <thread>

#include "src/aggregate/aggregates.h"
#include "tests/aggregate/batches.h"
#include "tests/aggregate/durations_oracle.h"
#include "tests/aggregate/oracle.h"

namespace logstat {
namespace {

std::vector<std::string> Everything(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& part :
       {Describe(report.codes), Describe(report.paths), Describe(report.clients), Describe(report.methods),
        Describe(report.hosts), Describe(report.failing_paths), Describe(report.failing_clients),
        Describe(report.failing_hosts), Describe(report.timeline), DescribeDurations(report)}) {
    lines.insert(lines.end(), part.begin(), part.end());
  }
  return lines;
}

Report ReportByThreads(const std::vector<TestBatch>& batches, unsigned threads, uint64_t seed, uint64_t table_bytes) {
  AggregatePlan plan;
  plan.columns = kAllColumns;
  plan.workers = threads;
  plan.seed = TableSeed{seed};
  plan.table_bytes = table_bytes;
  Aggregates aggregates(plan);
  std::vector<std::thread> pool;
  for (unsigned thread = 0; thread < threads; ++thread) {
    pool.emplace_back([&, thread] {
      Aggregates::Worker worker(&aggregates);
      for (size_t i = thread; i < batches.size(); i += threads) {
        worker.Add(batches[i].batch, batches[i].selection);
        if (i % 5 == seed % 5) worker.Flush();
      }
      worker.Flush();
    });
  }
  for (std::thread& thread : pool) thread.join();
  Report report;
  ReportOptions options;
  options.top = 0;
  aggregates.FillReport(options, &report);
  return report;
}

TEST(AggregatesThreads, SameReportForOneToEightThreads) {
  std::vector<TestBatch> batches;
  for (uint64_t i = 0; i < 24; ++i) batches.push_back(MakeBatch(RandomRows(700, i, 3000, 2000)));
  const std::vector<std::string> expected = Everything(ReportByThreads(batches, 1, 1, uint64_t{256} << 20));
  for (unsigned threads = 2; threads <= 8; ++threads) {
    EXPECT_EQ(Everything(ReportByThreads(batches, threads, threads, uint64_t{256} << 20)), expected) << threads;
  }
}

TEST(AggregatesThreads, OverBudgetWhatIsNotListsIsTheSame) {
  std::vector<TestBatch> batches;
  for (uint64_t i = 0; i < 40; ++i) {
    std::vector<TestRow> rows = RandomRows(700, i);
    for (size_t k = 0; k < rows.size(); ++k) rows[k].client = "client-number-" + std::to_string(i * 700 + k);
    batches.push_back(MakeBatch(rows));
  }
  const Report one = ReportByThreads(batches, 1, 1, 1 << 20);
  EXPECT_GT(one.totals.distinct_clients_error, 0);
  EXPECT_TRUE(one.durations.paths_left_out);
  for (unsigned threads : {2u, 5u}) {
    const Report many = ReportByThreads(batches, threads, threads, 1 << 20);
    EXPECT_EQ(many.totals.distinct_clients, one.totals.distinct_clients);
    EXPECT_EQ(many.totals.counted, one.totals.counted);
    EXPECT_EQ(Describe(many.timeline), Describe(one.timeline));
    EXPECT_EQ(Describe(many.durations.overall), Describe(one.durations.overall));
    EXPECT_EQ(many.durations.paths_left_out, one.durations.paths_left_out);
    ASSERT_EQ(many.codes.size(), one.codes.size());
    for (size_t i = 0; i < one.codes.size(); ++i) EXPECT_EQ(many.codes[i].count, one.codes[i].count);
  }
}

}  // namespace
}  // namespace logstat
