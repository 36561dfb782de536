#include "src/aggregate/failing_minutes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>

namespace logstat {
namespace {

constexpr uint64_t kNow = 1'065'000'000;
using Records = std::vector<FailingMinutes::Record>;

uint64_t Hash(uint64_t key) { return FailingMinutes::HashOf("/path/" + std::to_string(key)); }

// `keys` keys that failed at random minutes of `minutes` ones, some often and most once or twice.
Records RandomRecords(size_t count, uint64_t keys, uint64_t minutes, uint64_t seed) {
  std::mt19937_64 random(seed);
  Records records;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t key = random() % 4 == 0 ? random() % 10 : random() % keys;
    records.push_back({Hash(key), kNow + random() % minutes});
  }
  return records;
}

std::vector<KeySeries> SeriesOf(const FailingMinutes& minutes, uint64_t keys) {
  std::vector<uint64_t> hashes;
  for (uint64_t key = 0; key < keys; ++key) hashes.push_back(Hash(key));
  return minutes.Series(hashes);
}

std::string Describe(const std::vector<KeySeries>& all) {
  std::string text;
  for (const KeySeries& series : all) {
    text += std::to_string(series.step_minutes) + ":";
    for (const auto& point : series.points)
      text += " " + std::to_string(point.step) + "x" + std::to_string(point.count);
    text += "\n";
  }
  return text;
}

// The series of key 0 to keys - 1 without any bound.
std::vector<KeySeries> Oracle(const Records& records, uint64_t keys, uint64_t step_minutes) {
  std::map<uint64_t, std::map<uint64_t, uint64_t>> counts;
  for (const auto& record : records) ++counts[record.hash][record.minute / step_minutes];
  std::vector<KeySeries> all(keys);
  for (uint64_t key = 0; key < keys; ++key) {
    all[key].step_minutes = step_minutes;
    for (const auto& [step, count] : counts[Hash(key)]) all[key].points.push_back({step, count});
  }
  return all;
}

TEST(FailingMinutes, EqualsAMapWithinItsBudget) {
  FailingMinutes minutes(uint64_t{8} << 20, TableSeed{1});
  const Records records = RandomRecords(100'000, 20'000, 1440, 1);
  minutes.Merge(records);
  EXPECT_TRUE(Describe(SeriesOf(minutes, 30)) == Describe(Oracle(records, 30, 1)));
}

TEST(FailingMinutes, AKeyThatNeverFailedHasNoPoints) {
  FailingMinutes minutes(1 << 20, TableSeed{1});
  minutes.Merge(Records{{Hash(1), kNow}});
  EXPECT_TRUE(SeriesOf(minutes, 1)[0].points.empty());
}

TEST(FailingMinutes, OverItsBudgetMinutesBecomeLonger) {
  FailingMinutes minutes(uint64_t{1} << 20, TableSeed{1});
  // 100 keys in each of 1,440 minutes are 144,000 pairs; there is room for 32,768.
  Records records;
  for (uint64_t minute = 0; minute < 1440; ++minute) {
    for (uint64_t key = 0; key < 100; ++key) records.push_back({Hash(key), kNow + minute});
  }
  minutes.Merge(records);
  const std::vector<KeySeries> all = SeriesOf(minutes, 100);
  EXPECT_EQ(minutes.step_minutes(), 10u);
  EXPECT_TRUE(Describe(all) == Describe(Oracle(records, 100, 10)));
  EXPECT_LE(minutes.memory_bytes(), uint64_t{1} << 20);
}

TEST(FailingMinutes, ManyKeysThatFailedOnceSharePlacesAndNothingIsLost) {
  FailingMinutes minutes(uint64_t{4} << 20, TableSeed{1});
  Records records;
  for (uint64_t key = 0; key < 500'000; ++key) records.push_back({Hash(key), kNow + key % 60});
  for (uint64_t i = 0; i < 50'000; ++i) records.push_back({Hash(0), kNow + 20 + i % 10});
  minutes.Merge(records);
  const KeySeries busy = SeriesOf(minutes, 1)[0];
  EXPECT_EQ(busy.step_minutes, 10u);
  uint64_t rows = 0;
  for (const auto& point : busy.points) rows += point.count;
  EXPECT_GE(rows, 50'001u);
  EXPECT_LE(rows, 50'200u);  // 500,000 keys share 16,384 places
}

TEST(FailingMinutes, EveryTimeThereIsFitsIntoTheLeastBudget) {
  FailingMinutes minutes(0, TableSeed{1});
  std::mt19937_64 random(1);
  Records records;
  for (size_t i = 0; i < 200'000; ++i) records.push_back({Hash(random() % 50'000), random() % kMinutesPossible});
  minutes.Merge(records);
  EXPECT_LE(minutes.memory_bytes(), 256u * 1024);
  uint64_t rows = 0;
  for (const KeySeries& series : SeriesOf(minutes, 1)) {
    for (const auto& point : series.points) rows += point.count;
  }
  EXPECT_GT(rows, 0u);
}

// The rule that makes reports comparable: whatever the order, the parts and the seed, the same series.
TEST(FailingMinutes, OrderPartsAndSeedChangeNothing) {
  for (const uint64_t keys : {50u, 5'000u, 200'000u}) {
    Records records = RandomRecords(200'000, keys, 43'200, keys);
    std::string expected;
    for (uint64_t round = 0; round < 4; ++round) {
      FailingMinutes minutes(uint64_t{1} << 20, TableSeed{round});
      FailingMinutes::Buffer one(&minutes);
      FailingMinutes::Buffer other(&minutes);
      for (size_t i = 0; i < records.size(); ++i) {
        (i % (round + 2) == 0 ? one : other).Add(records[i].hash, records[i].minute);
      }
      other.Flush();
      one.Flush();
      const std::string got = Describe(SeriesOf(minutes, 40));
      if (round == 0) expected = got;
      EXPECT_TRUE(got == expected) << keys << " keys, round " << round;
      std::shuffle(records.begin(), records.end(), std::mt19937_64(round));
    }
  }
}

TEST(FailingMinutes, ManyRowsOfOneMinuteAreOnePair) {
  FailingMinutes minutes(0, TableSeed{1});
  const Records records(1'000'000, {Hash(1), kNow});
  for (int i = 0; i < 3; ++i) minutes.Merge(records);
  EXPECT_EQ(SeriesOf(minutes, 2)[1].points[0].count, 3'000'000u);
}

}  // namespace
}  // namespace logstat
