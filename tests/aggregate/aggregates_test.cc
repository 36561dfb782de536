#include "src/aggregate/aggregates.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "src/plan/columns.h"
#include "tests/aggregate/batches.h"
#include "tests/aggregate/oracle.h"

namespace logstat {
namespace {

AggregatePlan PlanFor(ColumnSet columns) {
  AggregatePlan plan;
  plan.columns = columns;
  return plan;
}

Report ReportOf(const std::vector<TestRow>& rows, const AggregatePlan& plan, size_t top = 0, size_t batch_rows = 0) {
  Aggregates aggregates(plan);
  Aggregates::Worker worker(&aggregates);
  const size_t step = batch_rows == 0 ? std::max<size_t>(rows.size(), 1) : batch_rows;
  for (size_t begin = 0; begin < rows.size(); begin += step) {
    const size_t end = std::min(rows.size(), begin + step);
    const TestBatch made = MakeBatch(
        {rows.begin() + static_cast<ptrdiff_t>(begin), rows.begin() + static_cast<ptrdiff_t>(end)}, plan.columns, 7);
    worker.Add(made.batch, made.selection);
  }
  worker.Flush();
  Report report;
  ReportOptions options;
  options.top = top;
  aggregates.FillReport(options, &report);
  return report;
}

TEST(Aggregates, EveryListEqualsSimpleMaps) {
  const std::vector<TestRow> rows = RandomRows(20000, 1);
  const Report report = ReportOf(rows, PlanFor(kAllColumns), 0, 777);
  EXPECT_EQ(Describe(report.paths), Describe(OracleKeys(rows, Field::kPath)));
  EXPECT_EQ(Describe(report.clients), Describe(OracleKeys(rows, Field::kClient)));
  EXPECT_EQ(Describe(report.methods), Describe(OracleKeys(rows, Field::kMethod)));
  EXPECT_EQ(Describe(report.hosts), Describe(OracleKeys(rows, Field::kHost)));
  EXPECT_EQ(Describe(report.failing_paths), Describe(OracleFailing(OracleKeys(rows, Field::kPath))));
  EXPECT_EQ(Describe(report.failing_clients), Describe(OracleFailing(OracleKeys(rows, Field::kClient))));
  EXPECT_EQ(Describe(report.failing_hosts), Describe(OracleFailing(OracleKeys(rows, Field::kHost))));
  EXPECT_EQ(Describe(report.codes), Describe(OracleCodes(rows)));
}

TEST(Aggregates, TotalsAndClassesAddUp) {
  const std::vector<TestRow> rows = RandomRows(5000, 2);
  const Report report = ReportOf(rows, PlanFor(kAllColumns));
  EXPECT_EQ(report.totals.counted, rows.size());
  uint64_t bytes = 0, unknown = 0, in_classes = 0, server_errors = 0;
  for (const TestRow& row : rows) {
    bytes += row.bytes > 0 ? static_cast<uint64_t>(row.bytes) : 0;
    unknown += row.time_ms == kNoTime;
    server_errors += IsServerError(row.status);
  }
  for (const ClassRow& row : report.classes) in_classes += row.count;
  EXPECT_EQ(report.totals.response_bytes, bytes);
  EXPECT_EQ(report.totals.time_unknown, unknown);
  EXPECT_EQ(in_classes, rows.size());
  EXPECT_EQ(report.totals.distinct_clients, OracleKeys(rows, Field::kClient).size());
  EXPECT_EQ(report.totals.distinct_clients_error, 0);
  EXPECT_DOUBLE_EQ(report.summary.error_rate, static_cast<double>(server_errors) / static_cast<double>(rows.size()));
  uint64_t in_points = 0;
  for (const TimelinePoint& point : report.timeline.points) in_points += point.count;
  uint64_t outliers = 0;
  for (const TestRow& row : rows) outliers += row.time_ms == kOutlierTime;
  EXPECT_EQ(in_points, rows.size() - outliers);
}

TEST(Aggregates, TopIsTheHeadOfAll) {
  const std::vector<TestRow> rows = RandomRows(20000, 3);
  const Report all = ReportOf(rows, PlanFor(kAllColumns), 0);
  const Report top = ReportOf(rows, PlanFor(kAllColumns), 5);
  const auto head = [](auto rows) {
    rows.resize(std::min<size_t>(rows.size(), 5));
    return Describe(rows);
  };
  EXPECT_EQ(Describe(top.paths), head(all.paths));
  EXPECT_EQ(Describe(top.failing_clients), head(all.failing_clients));
  ASSERT_EQ(top.codes.size(), all.codes.size());
  for (size_t i = 0; i < all.codes.size(); ++i) {
    EXPECT_EQ(Describe(top.codes[i].top_paths), head(all.codes[i].top_paths));
  }
}

TEST(Aggregates, StatusAloneTouchesNoOtherColumn) {
  std::vector<TestRow> rows = RandomRows(1003, 4);
  const Report report = ReportOf(rows, PlanFor(ColumnsOf(SectionSet{Section::kCodes})));
  for (TestRow& row : rows) {
    const uint16_t status = row.status;
    row = TestRow{};
    row.status = status;
    row.time_ms = kNoTime;
  }
  EXPECT_EQ(Describe(report.codes), Describe(OracleCodes(rows)));
  EXPECT_TRUE(report.timeline.points.empty());
  EXPECT_FALSE(report.totals.first_time);
  EXPECT_EQ(report.totals.time_unknown, 0u);
}

TEST(Aggregates, NoRowsGiveAnEmptyReport) {
  const Report report = ReportOf({}, PlanFor(kAllColumns));
  EXPECT_EQ(report.totals.counted, 0u);
  EXPECT_TRUE(report.codes.empty());
  EXPECT_TRUE(report.paths.empty());
  EXPECT_TRUE(report.timeline.points.empty());
}

TEST(Aggregates, AFieldThatNoLineHasGivesNoRows) {
  std::vector<TestRow> rows = RandomRows(100, 5);
  for (TestRow& row : rows) row.host.reset();
  const Report report = ReportOf(rows, PlanFor(kAllColumns));
  EXPECT_TRUE(report.hosts.empty());
  EXPECT_TRUE(report.failing_hosts.empty());
  EXPECT_FALSE(report.paths.empty());
}

TEST(Aggregates, LinesWithoutAReasonAreNotListed) {
  std::vector<TestRow> rows = RandomRows(100, 5);
  for (TestRow& row : rows) row.reason.reset();
  Report report = ReportOf(rows, PlanFor(kAllColumns), 0, 10);
  for (const CodeRow& code : report.codes) EXPECT_TRUE(code.top_reasons.empty());
  rows[42].reason = "UF";
  report = ReportOf(rows, PlanFor(kAllColumns), 0, 10);
  EXPECT_EQ(Describe(report.codes), Describe(OracleCodes(rows)));
}

TEST(Aggregates, UnselectedRowsAreNotCounted) {
  const std::vector<TestRow> rows = RandomRows(3000, 6);
  Aggregates aggregates(PlanFor(kAllColumns));
  Aggregates::Worker worker(&aggregates);
  TestBatch made = MakeBatch(rows);
  std::vector<TestRow> kept;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i % 3 == 0) {
      made.batch.kind(i) = LineKind::kIgnored;
    } else {
      kept.push_back(rows[i]);
    }
  }
  made.selection.SelectCounted(made.batch);
  worker.Add(made.batch, made.selection);
  worker.Flush();
  Report report;
  ReportOptions options;
  options.top = 0;
  aggregates.FillReport(options, &report);
  EXPECT_EQ(Describe(report.paths), Describe(OracleKeys(kept, Field::kPath)));
  EXPECT_EQ(Describe(report.codes), Describe(OracleCodes(kept)));
}

TEST(Aggregates, TableSeedChangesNothing) {
  const std::vector<TestRow> rows = RandomRows(20000, 7, 5000, 4000);
  AggregatePlan plan = PlanFor(kAllColumns);
  plan.seed = TableSeed{1};
  const Report one = ReportOf(rows, plan, 0);
  plan.seed = TableSeed{0x123456789abcdef};
  const Report two = ReportOf(rows, plan, 0);
  EXPECT_EQ(Describe(one.paths), Describe(two.paths));
  EXPECT_EQ(Describe(one.clients), Describe(two.clients));
  EXPECT_EQ(Describe(one.codes), Describe(two.codes));
}

TEST(Aggregates, OverBudgetTotalsStayExactAndClientsAreEstimated) {
  std::vector<TestRow> rows(60000);
  for (size_t i = 0; i < rows.size(); ++i) {
    rows[i].status = i % 10 == 0 ? 404 : 200;
    rows[i].client = "2001:db8::" + std::to_string(i);
    rows[i].path = "/";
  }
  AggregatePlan plan = PlanFor(kAllColumns);
  plan.table_bytes = 1 << 20;
  const Report report = ReportOf(rows, plan, 10, 1000);
  EXPECT_EQ(report.totals.counted, rows.size());
  EXPECT_EQ(report.codes[0].count, 54000u);
  EXPECT_EQ(report.totals.distinct_clients_error, DistinctCounter::kStandardError);
  EXPECT_NEAR(static_cast<double>(report.totals.distinct_clients), 60000, 60000 * 4 * DistinctCounter::kStandardError);
  EXPECT_EQ(report.paths.size(), 1u);
  EXPECT_EQ(report.paths[0].count, rows.size());
  EXPECT_EQ(report.paths[0].error, 0u);
}

// All clients are equally rare, so none is kept; a reader of an empty list must be able to tell that from no clients.
TEST(Aggregates, ListThatIsEmptiedByItsBoundSaysTheBound) {
  std::vector<TestRow> rows(60000);
  for (size_t i = 0; i < rows.size(); ++i) {
    rows[i].status = i % 2 == 0 ? 503 : 200;
    rows[i].client = "2001:db8::" + std::to_string(i);
    rows[i].path = "/";
  }
  AggregatePlan plan = PlanFor(kAllColumns);
  plan.table_bytes = 1 << 20;
  const Report report = ReportOf(rows, plan, 10, 1000);
  EXPECT_TRUE(report.clients.empty());
  EXPECT_TRUE(report.failing_clients.empty());
  EXPECT_GT(report.client_bounds.busiest, 0u);
  EXPECT_GT(report.client_bounds.failing, 0u);
  EXPECT_EQ(report.path_bounds.busiest, 0u);
  EXPECT_EQ(report.path_bounds.failing, 0u);
  for (const CodeRow& code : report.codes) {
    EXPECT_TRUE(code.top_clients.empty());
    EXPECT_GT(code.top_clients_bound, 0u);
    EXPECT_EQ(code.top_paths_bound, 0u);
  }
}

}  // namespace
}  // namespace logstat
