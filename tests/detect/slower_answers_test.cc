#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "src/deliver/compact_duration.h"
#include "src/detect/duration_minutes.h"
#include "tests/detect/dealt_out.h"
#include "tests/detect/of_rule.h"
#include "tests/detect/traffic.h"

namespace logstat {
namespace {

std::vector<Finding> Slow(const Findings& findings) { return OfRule(findings, "slow-shift"); }

// Pages that take `before` seconds until noon and `after` from then on.
Traffic Slower(double before, double after, int64_t per_minute = 60) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon, per_minute, "", before);
  traffic.Visit(kNoon, kNoon + 900, per_minute, "", after);
  return traffic;
}

TEST(SlowerAnswersTest, ThreeTimesAsLong) {
  const std::vector<Finding> slow = Slow(FindAs(kTimed, Slower(0.2, 0.9)));
  ASSERT_EQ(slow.size(), 1u);
  EXPECT_EQ(slow[0].severity, Severity::kMedium);
  EXPECT_EQ(slow[0].entity_kind, EntityKind::kSite);
  EXPECT_EQ(slow[0].count, 900u);
  EXPECT_EQ(slow[0].first_time % 86'400'000, kNoon * 1000);
  EXPECT_NEAR(std::stod(FactOf(slow[0], "p95_before_ms")), 200, 6);
  EXPECT_NEAR(std::stod(FactOf(slow[0], "p95_ms")), 900, 27);
  EXPECT_EQ(slow[0].top_paths.size(), 5u);
}

// It takes minutes until a shift that begins so is one; it began with the first slow answer all the same.
TEST(SlowerAnswersTest, AShiftThatBuildsUpCountsFromItsFirstMinute) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 900, 600, "", 0.1);
  for (int minute = 0; minute < 15; ++minute) {  // 5.1 % of a minute's requests; then more
    traffic.Fail(kNoon + minute * 60 + 1, minute < 3 ? 34 : 200, 0, 200, "/cart", "", 2);
  }
  const std::vector<Finding> slow = Slow(FindAs(kTimed, traffic));
  ASSERT_EQ(slow.size(), 1u);
  EXPECT_EQ(slow[0].first_time % 86'400'000, (kNoon + 1) * 1000);
  EXPECT_EQ(slow[0].last_time % 86'400'000, (kNoon + 14 * 60 + 1) * 1000);
  EXPECT_EQ(slow[0].count, 3u * 34 + 12 * 200);
  ASSERT_EQ(slow[0].top_paths.size(), 1u);
  EXPECT_EQ(slow[0].top_paths[0].count, slow[0].count);
}

TEST(SlowerAnswersTest, StraysBeforeAndAfterAreNotOfTheShift) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 3600, 60, "", 0.1);
  for (int minute = -60; minute < 60; ++minute) {  // one request of a minute, always
    traffic.Add({.second = kNoon + minute * 60, .request = "GET /report HTTP/1.1", .duration = 20});
  }
  traffic.Fail(kNoon, 150, 2, 200, "/cart", "", 4);  // for five minutes
  const std::vector<Finding> slow = Slow(FindAs(kTimed, traffic));
  ASSERT_EQ(slow.size(), 1u);
  EXPECT_EQ(slow[0].count, 155u);
  EXPECT_EQ(slow[0].first_time % 86'400'000, kNoon * 1000);
  EXPECT_EQ(slow[0].last_time % 86'400'000, (kNoon + 298) * 1000);
}

TEST(SlowerAnswersTest, OneMinuteOfAQuietHostIsWhole) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 1800, 20, "", 0.1);
  traffic.Fail(kNoon, 50, 1, 200, "/cart", "", 4);  // the hundred requests of five minutes are full two minutes later
  const std::vector<Finding> slow = Slow(FindAs(kTimed, traffic));
  ASSERT_EQ(slow.size(), 1u);
  EXPECT_EQ(slow[0].count, 50u);
  EXPECT_EQ(slow[0].first_time % 86'400'000, kNoon * 1000);
  EXPECT_EQ(slow[0].last_time % 86'400'000, (kNoon + 49) * 1000);
}

TEST(SlowerAnswersTest, TwoShiftsCountEachOfTheirMinutesOnce) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 3600, 60, "", 0.1);
  traffic.Fail(kNoon, 150, 2, 200, "/cart", "", 4);
  traffic.Fail(kNoon + 1200, 300, 2, 200, "/cart", "", 4);
  const std::vector<Finding> slow = Slow(FindAs(kTimed, traffic));
  ASSERT_EQ(slow.size(), 1u);
  EXPECT_EQ(FactOf(slow[0], "episodes"), "2");
  EXPECT_EQ(slow[0].count, 450u);
}

// They last as long as somebody stays: at a restart all of them end at once.
TEST(SlowerAnswersTest, ConnectionsThatGoOnAndIdleOnesAreNoAnswers) {
  for (const auto& [status, request] : {std::pair(101, "GET /live HTTP/1.1"), std::pair(408, "GET /late HTTP/1.1"),
                                        std::pair(400, "-"), std::pair(200, "GET /report HTTP/1.1")}) {
    Traffic traffic;
    traffic.Visit(kNoon - 3600, kNoon + 900, 60, "", 0.2);
    for (int64_t i = 0; i < 120; ++i) {
      traffic.Add({.second = kNoon + i, .request = request, .status = status, .duration = 3600});
    }
    EXPECT_EQ(Slow(FindAs(kTimed, traffic)).size(), status == 200 ? 1u : 0u) << status;
  }
}

TEST(SlowerAnswersTest, TwiceAsLongIsNone) { EXPECT_TRUE(Slow(FindAs(kTimed, Slower(0.2, 0.4))).empty()); }

TEST(SlowerAnswersTest, UnderATenthOfASecondIsSlowForNobody) {
  EXPECT_TRUE(Slow(FindAs(kTimed, Slower(0.005, 0.09))).empty());
}

TEST(SlowerAnswersTest, AHundredRequestsInFiveMinutesAreNeeded) {
  EXPECT_TRUE(Slow(FindAs(kTimed, Slower(0.2, 0.9, 15))).empty());
  EXPECT_EQ(Slow(FindAs(kTimed, Slower(0.2, 0.9, 30))).size(), 1u);
}

TEST(SlowerAnswersTest, AFewSlowOnesAreNone) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 900, 60, "", 0.1);
  for (int i = 0; i < 15; ++i)
    traffic.Add({.second = kNoon + 60 * i, .request = "GET /report HTTP/1.1", .duration = 20});
  EXPECT_TRUE(Slow(FindAs(kTimed, traffic)).empty());
}

TEST(SlowerAnswersTest, OnePathOfSeveralIsNamed) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 900, 60, "", 0.1);
  traffic.Fail(kNoon, 300, 3, 500, "/cart", "", 4);
  const std::vector<Finding> slow = Slow(FindAs(kTimed, traffic));
  ASSERT_EQ(slow.size(), 1u);
  EXPECT_EQ(slow[0].count, 300u);
  ASSERT_EQ(slow[0].top_paths.size(), 1u);
  EXPECT_EQ(slow[0].top_paths[0].key, "/cart");
  EXPECT_EQ(FactOf(slow[0], "upstream"), "10.0.0.9:8080");
  EXPECT_FALSE(slow[0].samples.empty());
}

TEST(SlowerAnswersTest, OfWholeSecondsLessThanOneIsOne) {
  EXPECT_TRUE(Slow(FindAs(kTimed, Slower(0, 1))).empty());
  EXPECT_EQ(Slow(FindAs(kTimed, Slower(0, 4))).size(), 1u);
}

TEST(SlowerAnswersTest, AnInputWithoutDurationsBesideOneThatHasThem) {
  Traffic slower = Slower(0.2, 0.9);
  Traffic plain;
  plain.Visit(kNoon - 3600, kNoon + 900, 60);
  Options options;
  options.format = std::string(kTimed);
  std::string without = plain.text();
  for (size_t at = without.find("128.0\"\n"); at != std::string::npos; at = without.find("128.0\"\n", at)) {
    without.replace(at, 7, "128.0\" - -\n");
  }
  for (const auto& logs : {std::vector<std::string>{without, slower.text()}, {slower.text(), without}}) {
    const std::vector<Finding> slow = Slow(Find(logs, options));
    ASSERT_EQ(slow.size(), 1u);
    EXPECT_EQ(slow[0].count, 900u);
  }
}

TEST(SlowerAnswersTest, ALogWithoutDurationsSkipsTheRule) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon, 60);
  const Findings findings = Find(traffic.text());
  for (const DetectorRow& row : findings.detectors) {
    if (row.id != "slow-shift") continue;
    EXPECT_EQ(row.state, DetectorState::kSkipped);
  }
}

TEST(CompactDurationTest, KeepsTheOrderAndAThousandth) {
  EXPECT_EQ(CompactDuration(-1), 0);
  EXPECT_EQ(FullDuration(0), -1);
  uint16_t last = 0;
  for (int64_t us = 0; us < (INT64_MAX >> 1); us += us / 7 + 1) {
    const uint16_t compact = CompactDuration(us);
    EXPECT_GE(compact, last);
    last = compact;
    EXPECT_LE(FullDuration(compact), us);
    EXPECT_GE(static_cast<double>(FullDuration(compact)) + 1, (static_cast<double>(us) + 1) * 0.999);
  }
  EXPECT_GE(CompactDuration(INT64_MAX), last);
}

TEST(DurationMinutesTest, QuantilesAreRightWithinThreeInAHundred) {
  DurationMinutes minutes;
  for (int64_t us = 1000; us <= 1'000'000; us += 1000) minutes.Add(CompactDuration(us));
  minutes.End(7);
  const DurationMinutes::Sums sums = minutes.Sum(5, 7);
  EXPECT_EQ(sums.total, 1000u);
  EXPECT_NEAR(static_cast<double>(sums.Quantile(0.5)), 500'000, 15'000);
  EXPECT_NEAR(static_cast<double>(sums.Quantile(0.95)), 950'000, 28'500);
  EXPECT_EQ(minutes.Sum(8, 9).total, 0u);
}

TEST(SlowerAnswersTest, DealtOutOverFilesItIsTheSame) {
  const Traffic traffic = Slower(0.2, 0.9);
  Options options;
  options.format = std::string(kTimed);
  ExpectSame(Slow(Find(DealtOut(traffic.text()), options)), Slow(Find(traffic.text(), options)));
}

TEST(SlowerAnswersTest, EveryLineKeepsItsDurationAtTheEdgesOfCells) {
  Traffic traffic;  // two lines a second, of which one path in four is slow from noon on
  for (int i = 0; i < 9000; ++i) {
    traffic.Add({.second = kNoon - 3600 + i / 2,
                 .request = fmt::format("GET /{} HTTP/1.1", i % 4),
                 .duration = i < 7200 ? 0.2 : (i % 4 == 1 ? 4.0 : 0.2)});
  }
  Options options;
  options.format = std::string(kTimed);
  for (const size_t cell : {size_t{300}, size_t{4096}, size_t{1} << 20}) {
    options.tuning.cell_bytes = cell;
    options.threads = 2;
    const std::vector<Finding> slow = Slow(Find(traffic.text(), options));
    ASSERT_EQ(slow.size(), 1u) << cell;
    EXPECT_EQ(slow[0].count, 450u) << cell;
    ASSERT_EQ(slow[0].top_paths.size(), 1u) << cell;  // a line with another's duration would bring its path
    EXPECT_EQ(slow[0].top_paths[0].key, "/1") << cell;
  }
}

}  // namespace
}  // namespace logstat
