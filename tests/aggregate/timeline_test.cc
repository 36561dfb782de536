#include "src/aggregate/timeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "tests/aggregate/batches.h"
#include "tests/aggregate/oracle.h"

namespace logstat {
namespace {

constexpr int64_t kYear1 = -62135596800000;
constexpr int64_t kYear9999 = 253402300799000;

TimelineCounts CountTimeline(const std::vector<TestRow>& rows, std::optional<int64_t> interval = std::nullopt) {
  TimelineCounts timeline(interval);
  const TestBatch made = MakeBatch(rows);
  timeline.Add(made.batch, made.selection);
  return timeline;
}

std::vector<TestRow> RowsAt(const std::vector<int64_t>& seconds) {
  std::vector<TestRow> rows;
  for (int64_t second : seconds) {
    rows.emplace_back();
    rows.back().time_ms = second * 1000;
  }
  return rows;
}

int64_t Floor(int64_t value, int64_t step) { return value - ((value % step) + step) % step; }

std::vector<std::string> TimelineOracle(const std::vector<TestRow>& rows, int64_t step_seconds, bool coarsened,
                                        bool fill) {
  std::map<int64_t, TimelinePoint> points;
  TimelinePoint timeless;
  const int64_t step = step_seconds * 1000;
  for (const TestRow& row : rows) {
    if (row.time_ms == kOutlierTime) continue;
    TimelinePoint& point = row.time_ms == kNoTime ? timeless : points[Floor(row.time_ms, step)];
    ++point.count;
    point.bytes += row.bytes > 0 ? static_cast<uint64_t>(row.bytes) : 0;
    CountStatus(row.status, &point.classes, &point.outcomes);
    if (row.status < 400) continue;
    const auto at = std::find_if(point.codes.begin(), point.codes.end(), [&](auto& c) { return c.code == row.status; });
    if (at == point.codes.end()) {
      point.codes.push_back(CodeCount{row.status, 1});
    } else {
      ++at->count;
    }
  }
  if (fill) {
    for (int64_t t = points.begin()->first; t < points.rbegin()->first; t += step) points[t];
  }
  Timeline timeline{step_seconds, coarsened, {}};
  for (auto& [time, point] : points) {
    point.time = time;
    timeline.points.push_back(point);
  }
  if (timeless.count > 0) timeline.points.push_back(timeless);
  for (TimelinePoint& point : timeline.points) {
    std::sort(point.codes.begin(), point.codes.end(), [](auto& a, auto& b) { return a.code < b.code; });
  }
  return Describe(timeline);
}

TEST(Timeline, EqualsASimpleMapForEveryInterval) {
  std::vector<TestRow> rows = RandomRows(20000, 1);
  for (int64_t step : TimelineIntervals())
    EXPECT_EQ(Describe(CountTimeline(rows, step).Rows()), TimelineOracle(rows, step, false, true));
}

TEST(Timeline, ManyDifferentCodesNeedMoreColumns) {
  std::vector<TestRow> rows(3000);
  for (size_t i = 0; i < rows.size(); ++i) {
    rows[i].status = static_cast<uint16_t>(i % 1000);
    rows[i].time_ms = static_cast<int64_t>(i * 1000);
  }
  EXPECT_EQ(Describe(CountTimeline(rows, 60).Rows()), TimelineOracle(rows, 60, false, true));
}

TEST(Timeline, AnySplitAndOrderGiveTheSame) {
  std::mt19937_64 random(3);
  std::vector<TestRow> rows = RandomRows(9000, 2);
  for (TestRow& row : rows) {
    if (IsTime(row.time_ms)) row.time_ms = static_cast<int64_t>(random() % 90000) * 7000 - 100000000;
  }
  const auto expected = Describe(CountTimeline(rows).Rows());
  for (int round = 0; round < 10; ++round) {
    std::shuffle(rows.begin(), rows.end(), random);
    const size_t parts = 1 + random() % 6;
    std::vector<TimelineCounts> counts(parts);
    for (size_t begin = 0; begin < rows.size();) {
      const size_t end = std::min(rows.size(), begin + 1 + random() % 4000);
      const TestBatch made =
          MakeBatch({rows.begin() + static_cast<ptrdiff_t>(begin), rows.begin() + static_cast<ptrdiff_t>(end)});
      counts[random() % parts].Add(made.batch, made.selection);
      begin = end;
    }
    std::shuffle(counts.begin(), counts.end(), random);
    TimelineCounts merged;
    for (const TimelineCounts& part : counts) merged.Merge(part);
    EXPECT_EQ(Describe(merged.Rows()), expected);
  }
}

TEST(Timeline, CoarsensWithTheFirstStepOverTheLimitAndNotBefore) {
  std::vector<int64_t> seconds(TimelineCounts::kMaxSteps);
  std::iota(seconds.begin(), seconds.end(), 0);
  const Timeline full = CountTimeline(RowsAt(seconds), 1).Rows();
  EXPECT_EQ(full.interval_seconds, 1);
  EXPECT_FALSE(full.coarsened);
  EXPECT_EQ(full.points.size(), TimelineCounts::kMaxSteps);
  seconds.push_back(static_cast<int64_t>(seconds.size()));
  const Timeline over = CountTimeline(RowsAt(seconds), 1).Rows();
  EXPECT_EQ(over.interval_seconds, 10);
  EXPECT_TRUE(over.coarsened);
}

TEST(Timeline, MergeOfTwoThatFitAloneCoarsens) {
  std::vector<int64_t> left(3000), right(3000);
  std::iota(left.begin(), left.end(), 0);
  std::iota(right.begin(), right.end(), 3000);
  TimelineCounts merged = CountTimeline(RowsAt(left), 1);
  merged.Merge(CountTimeline(RowsAt(right), 1));
  EXPECT_EQ(merged.step_seconds(), 10);
  EXPECT_EQ(merged.Rows().points.size(), 600u);
}

TEST(Timeline, AutomaticStepIsTheSmallestWithAtMost120Points) {
  for (const auto& [last, step] : std::vector<std::pair<int64_t, int64_t>>{
           {0, 1}, {119, 1}, {120, 10}, {1199, 10}, {1200, 30}, {86399, 1800}, {86400 * 100, 86400}}) {
    const Timeline timeline = CountTimeline(RowsAt({0, last})).Rows();
    EXPECT_EQ(timeline.interval_seconds, step) << last;
    EXPECT_FALSE(timeline.coarsened);
    EXPECT_LE(timeline.points.size(), 120u);
  }
}

TEST(Timeline, YearOneToYear9999) {
  const std::vector<TestRow> rows = RowsAt({kYear1 / 1000, 0, kYear9999 / 1000});
  const Timeline automatic = CountTimeline(rows).Rows();
  EXPECT_EQ(automatic.interval_seconds, 28 * 86400);
  EXPECT_EQ(automatic.points.size(), 3u);  // over 4,096 steps from first to last: only the non-empty ones
  const Timeline seconds = CountTimeline(rows, 1).Rows();
  ASSERT_EQ(seconds.points.size(), 3u);
  EXPECT_EQ(seconds.points[0].time, kYear1);
  EXPECT_EQ(seconds.points[2].time, kYear9999);
}

TEST(Timeline, AHostileLogWithEveryMonthOfTenThousandYearsStaysSmall) {
  std::vector<int64_t> seconds;
  for (int64_t second = kYear1 / 1000; second < kYear9999 / 1000; second += 28 * 86400) seconds.push_back(second);
  const Timeline timeline = CountTimeline(RowsAt(seconds)).Rows();
  EXPECT_LE(timeline.points.size(), TimelineCounts::kMaxSteps);
  EXPECT_TRUE(timeline.coarsened);
  uint64_t rows = 0;
  for (const TimelinePoint& point : timeline.points) rows += point.count;
  EXPECT_EQ(rows, seconds.size());
}

TEST(Timeline, OnlyUnreadableTimesIsOnePointWithoutTime) {
  std::vector<TestRow> rows(3);
  for (TestRow& row : rows) row.time_ms = kNoTime;
  rows[2].time_ms = kOutlierTime;
  const Timeline timeline = CountTimeline(rows).Rows();
  EXPECT_EQ(timeline.interval_seconds, 0);
  ASSERT_EQ(timeline.points.size(), 1u);
  EXPECT_FALSE(timeline.points[0].time);
  EXPECT_EQ(timeline.points[0].count, 2u);
}

TEST(Timeline, IntervalsAreThoseOfTheSpecificationAndEachDividesTheNext) {
  EXPECT_EQ(TimelineIntervals(), (std::vector<int64_t>{1, 10, 30, 60, 600, 1800, 3600, 21600, 86400, 604800, 2419200}));
  for (size_t i = 1; i < TimelineCounts::kSteps.size(); ++i) {
    EXPECT_EQ(TimelineCounts::kSteps[i] % TimelineCounts::kSteps[i - 1], 0);
  }
}

}  // namespace
}  // namespace logstat
