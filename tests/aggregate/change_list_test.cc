// What changed, from rows to the report, over all aggregates that take part.
#include "src/aggregate/change_list.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "src/aggregate/aggregates.h"
#include "tests/aggregate/batches.h"

namespace logstat {
namespace {

constexpr TimeMs kBeginMs = 1'700'000'040'000;  // the begin of a minute

// Two hours of ten requests a minute and host; from minute 62 to 80 the cart of the shop answers 502.
std::vector<TestRow> Incident() {
  std::vector<TestRow> rows;
  for (int minute = 0; minute < 120; ++minute) {
    for (int i = 0; i < 20; ++i) {
      TestRow row;
      row.time_ms = kBeginMs + minute * kMinuteMs + i * 3000;
      row.client = fmt::format("192.0.2.{}", (minute * 20 + i) % 100);
      row.host = i % 2 == 0 ? "www.example" : "shop.example";
      row.path = i % 2 == 0 ? "/" : "/cart";
      row.status = i == 5 && minute % 11 == 0 ? 404 : 200;
      if (minute >= 62 && minute <= 80 && i % 4 == 1) row.status = 502;
      rows.push_back(row);
    }
  }
  return rows;
}

Report ChangeReport(const std::vector<TestRow>& rows, const AggregatePlan& plan, size_t batch_rows = 1000,
                    size_t workers = 1, size_t top = 0) {
  Aggregates aggregates(plan);
  std::vector<std::unique_ptr<Aggregates::Worker>> crew;
  for (size_t i = 0; i < workers; ++i) crew.push_back(std::make_unique<Aggregates::Worker>(&aggregates));
  for (size_t begin = 0; begin < rows.size(); begin += batch_rows) {
    const size_t end = std::min(rows.size(), begin + batch_rows);
    const TestBatch made = MakeBatch(
        {rows.begin() + static_cast<ptrdiff_t>(begin), rows.begin() + static_cast<ptrdiff_t>(end)}, plan.columns, 5);
    crew[begin / batch_rows % workers]->Add(made.batch, made.selection);
  }
  for (const auto& worker : crew) worker->Flush();
  Report report;
  ReportOptions options;
  options.top = top;
  aggregates.FillReport(options, &report);
  return report;
}

AggregatePlan ChangePlan(ColumnSet columns) {
  AggregatePlan plan;
  plan.columns = columns;
  return plan;
}

std::string Describe(const Change& change) {
  constexpr const char* kFields[] = {"code", "path", "host", "client", "upstream"};
  return fmt::format("{} {}: {:.4f} to {:.4f}, {} rows, minute {} to {}{}", kFields[static_cast<size_t>(change.field)],
                     change.key.substr(0, 40), change.before, change.after, change.count,
                     (change.since - kBeginMs) / kMinuteMs, (change.until - kBeginMs) / kMinuteMs,
                     change.ongoing ? ", ongoing" : "");
}

std::vector<std::string> Describe(const Report& report) {
  std::vector<std::string> lines;
  for (const Change& change : report.changes) lines.push_back(Describe(change));
  return lines;
}

using Lines = std::vector<std::string>;

TEST(ChangeList, AnIncidentByCodePathAndHost) {
  const Report report = ChangeReport(Incident(), ChangePlan(kAllColumns));
  EXPECT_EQ(Describe(report), (Lines{"code 502: 0.0000 to 0.2500, 95 rows, minute 62 to 81",
                                     "path /cart: 0.0045 to 0.2500, 95 rows, minute 62 to 81",
                                     "host shop.example: 0.0045 to 0.2500, 95 rows, minute 62 to 81"}));
  ASSERT_TRUE(report.summary.top_change.has_value());
  EXPECT_EQ(Describe(*report.summary.top_change), Describe(report)[0]);
}

TEST(ChangeList, OngoingIfItReachesTheLastFiveMinutes) {
  for (const int last_minute : {85, 86, 90, 110}) {
    std::vector<TestRow> rows = Incident();
    std::erase_if(rows, [&](const TestRow& row) { return row.time_ms >= kBeginMs + (last_minute + 1) * kMinuteMs; });
    EXPECT_EQ(ChangeReport(rows, ChangePlan(kAllColumns)).changes[0].ongoing, last_minute == 85) << last_minute;
  }
}

TEST(ChangeList, WorkersBatchesOrderAndSeedChangeNothing) {
  std::vector<TestRow> rows = Incident();
  const std::vector<TestRow> noise = RandomRows(20'000, 1);
  rows.insert(rows.end(), noise.begin(), noise.end());
  const Lines expected = Describe(ChangeReport(rows, ChangePlan(kAllColumns)));
  ASSERT_FALSE(expected.empty());
  for (uint64_t seed = 1; seed < 5; ++seed) {
    std::shuffle(rows.begin(), rows.end(), std::mt19937_64(seed));
    AggregatePlan plan = ChangePlan(kAllColumns);
    plan.seed = TableSeed{seed};
    plan.workers = static_cast<unsigned>(seed);
    EXPECT_EQ(Describe(ChangeReport(rows, plan, 100 * seed + 1, seed)), expected) << seed;
  }
}

TEST(ChangeList, RowsWithoutATimeAndOutliersAreLeftOut) {
  std::vector<TestRow> rows = Incident();
  const Lines expected = Describe(ChangeReport(rows, ChangePlan(kAllColumns)));
  for (int i = 0; i < 500; ++i) {
    rows.push_back(rows[static_cast<size_t>(i)]);
    rows.back().status = 502;
    rows.back().time_ms = i % 2 == 0 ? kNoTime : kOutlierTime;
  }
  EXPECT_EQ(Describe(ChangeReport(rows, ChangePlan(kAllColumns))), expected);
}

TEST(ChangeList, ALogOfNineMinutesHasNone) {
  std::vector<TestRow> rows = Incident();
  std::erase_if(rows, [](const TestRow& row) {
    return row.time_ms < kBeginMs + 54 * kMinuteMs || row.time_ms >= kBeginMs + 63 * kMinuteMs;
  });
  for (TestRow& row : rows) row.status = row.time_ms >= kBeginMs + 62 * kMinuteMs ? 502 : 200;
  for (int i = 0; i < 100; ++i) rows.push_back(rows.back());
  EXPECT_TRUE(ChangeReport(rows, ChangePlan(kAllColumns)).changes.empty());
  rows.front().time_ms -= kMinuteMs;
  EXPECT_FALSE(ChangeReport(rows, ChangePlan(kAllColumns)).changes.empty());
}

TEST(ChangeList, WithoutTextColumnsTheCodes) {
  AggregatePlan plan = ChangePlan({Field::kStatus, Field::kTime});
  plan.sections = {Section::kSummary};
  const Report report = ChangeReport(Incident(), plan);
  ASSERT_TRUE(report.summary.top_change.has_value());
  EXPECT_EQ(report.summary.top_change->key, "502");
}

TEST(ChangeList, WithoutTimesNone) {
  const Report report = ChangeReport(Incident(), ChangePlan({Field::kStatus, Field::kPath}));
  EXPECT_TRUE(report.changes.empty());
  EXPECT_FALSE(report.summary.recent_error_rate.has_value());
}

TEST(ChangeList, TopCutsTheListAndNotTheFirst) {
  const Report report = ChangeReport(Incident(), ChangePlan(kAllColumns), 1000, 1, 2);
  EXPECT_EQ(report.changes.size(), 2u);
}

TEST(ChangeList, AKeyOfMoreThanAKilobyte) {
  std::vector<TestRow> rows = Incident();
  for (TestRow& row : rows) {
    if (row.path == "/cart") *row.path += std::string(2000, 'x');
  }
  const Report report = ChangeReport(rows, ChangePlan(kAllColumns));
  ASSERT_EQ(report.changes.size(), 3u);
  EXPECT_EQ(report.changes[1].key.size(), 1024u);
  EXPECT_EQ(report.changes[1].key_bytes, 2005u);
}

// A scan of a million paths that do not exist: the paths' table is coarse, and what it says of other paths is told only
// if it is theirs.
TEST(ChangeList, AScanOfAMillionPathsHidesNeitherTheCodeNorTheHost) {
  std::vector<TestRow> rows = Incident();
  for (int i = 0; i < 300'000; ++i) {
    TestRow row = rows[static_cast<size_t>(i % 2400)];
    row.status = 404;
    row.path = fmt::format("/probe/{}", i);
    row.client = "203.0.113.9";
    rows.push_back(row);
  }
  AggregatePlan plan = ChangePlan(kAllColumns);
  plan.table_bytes = uint64_t{64} << 20;
  for (const Change& change : ChangeReport(rows, plan).changes) {
    EXPECT_TRUE(change.field != ChangeField::kPath || change.count <= 110) << change.key;
  }
  const Lines lines = Describe(ChangeReport(rows, plan));
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines[0].substr(0, 8), "code 502");
}

TEST(Rates, PeakLastMinutesAndErrors) {
  std::vector<TestRow> rows = Incident();
  for (int i = 0; i < 100; ++i) rows.push_back(rows[50 * 20]);
  for (size_t i = 0; i < 60; ++i) rows[rows.size() - 101 - i].status = 500;  // the last three minutes
  const Summary summary = ChangeReport(rows, ChangePlan(kAllColumns)).summary;
  EXPECT_DOUBLE_EQ(summary.peak_minute_requests_per_second, 120.0 / 60);
  EXPECT_DOUBLE_EQ(summary.last_5_minutes_requests_per_second, 100.0 / (4 * 60 + 58));
  EXPECT_DOUBLE_EQ(*summary.recent_error_rate, 60.0 / 300);
  EXPECT_DOUBLE_EQ(*summary.error_rate_before, 95.0 / 2200);
}

TEST(Rates, OfAShortLogTheLastTenthIsRecent) {
  std::vector<TestRow> rows = Incident();
  std::erase_if(rows, [](const TestRow& row) { return row.time_ms >= kBeginMs + 12 * kMinuteMs; });
  for (size_t i = rows.size() - 24; i < rows.size(); ++i) rows[i].status = 500;
  const Summary summary = ChangeReport(rows, ChangePlan(kAllColumns)).summary;
  EXPECT_DOUBLE_EQ(*summary.recent_error_rate, 1);
  EXPECT_DOUBLE_EQ(*summary.error_rate_before, 0);
}

TEST(Rates, OfALogOfLessThanAMinuteTheLastTenthIsRecent) {
  std::vector<TestRow> rows(50);
  for (size_t i = 0; i < rows.size(); ++i) {
    rows[i].time_ms = kBeginMs + 40'000 + static_cast<int64_t>(i) * 1000;  // over the end of a minute
    rows[i].status = i < 45 ? 200 : 502;
  }
  const Summary summary = ChangeReport(rows, ChangePlan({Field::kStatus, Field::kTime})).summary;
  EXPECT_DOUBLE_EQ(*summary.recent_error_rate, 1);
  EXPECT_DOUBLE_EQ(*summary.error_rate_before, 0);
}

TEST(Rates, OfALongerLogTheLastFifteenMinutesAreRecentToTheSecond) {
  std::vector<TestRow> rows = Incident();
  const int64_t last = rows.back().time_ms;
  for (TestRow& row : rows) row.status = row.time_ms > last - 15 * kMinuteMs ? 500 : 200;
  const Summary summary = ChangeReport(rows, ChangePlan(kAllColumns)).summary;
  EXPECT_DOUBLE_EQ(*summary.recent_error_rate, 1);
  EXPECT_DOUBLE_EQ(*summary.error_rate_before, 0);
}

TEST(Rates, OfASingleSecond) {
  std::vector<TestRow> rows(30);
  for (TestRow& row : rows) {
    row.status = 503;
    row.time_ms = kBeginMs;
  }
  const Summary summary = ChangeReport(rows, ChangePlan({Field::kStatus, Field::kTime})).summary;
  EXPECT_DOUBLE_EQ(summary.peak_minute_requests_per_second, 30);
  EXPECT_DOUBLE_EQ(summary.last_5_minutes_requests_per_second, 30);
  EXPECT_DOUBLE_EQ(*summary.recent_error_rate, 1);
  EXPECT_FALSE(summary.error_rate_before.has_value());
}

}  // namespace
}  // namespace logstat
