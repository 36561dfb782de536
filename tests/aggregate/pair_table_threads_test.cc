#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include "src/aggregate/pair_table.h"

namespace logstat {
namespace {

// Counts how often it came; its rank is that of a random number.
class Counted {
 public:
  Counted() = default;
  explicit Counted(uint64_t key) : key_(key), count_(1) {}

  uint64_t key() const { return key_; }
  bool is_free() const { return count_ == 0; }
  unsigned rank() const { return static_cast<unsigned>(std::countl_zero(key_ * 0x9E3779B97F4A7C15 | 1)); }
  void Merge(const Counted& other) { count_ += other.count_; }
  uint64_t count() const { return count_; }

 private:
  uint64_t key_ = 0;
  uint64_t count_ = 0;
};

using Table = PairTable<Counted>;
using Counts = std::map<uint64_t, uint64_t>;

size_t PartitionOf(uint64_t key) { return key % 7 == 0 ? 255 : key % 256; }

Counts CountsOf(const Table& table) {
  Counts counts;
  for (size_t i = 0; i < Table::kPartitions; ++i) {
    uint64_t last = 0;
    for (const Counted& pair : table.SortedPairs(i)) {
      EXPECT_EQ(PartitionOf(pair.key()), i);
      EXPECT_TRUE(counts.empty() || last < pair.key() || last == 0);
      last = pair.key();
      counts[pair.key()] = pair.count();
    }
  }
  return counts;
}

void AddAll(const std::vector<uint64_t>& keys, size_t threads, Table* table) {
  std::vector<std::thread> pool;
  for (size_t thread = 0; thread < threads; ++thread) {
    pool.emplace_back([&, thread] {
      Table::Worker worker(table);
      for (size_t i = thread; i < keys.size(); i += threads) {
        worker.Add(PartitionOf(keys[i]), Counted(keys[i]));
        if (i % 9973 == 5) worker.Flush();
      }
      worker.Flush();
    });
  }
  for (std::thread& thread : pool) thread.join();
}

std::vector<uint64_t> RandomKeys(size_t count, uint64_t different, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<uint64_t> keys(count);
  for (uint64_t& key : keys) key = 1 + std::min(random() % different, random() % different);
  return keys;
}

TEST(PairTableTest, WithinTheBudgetItEqualsASimpleMap) {
  const std::vector<uint64_t> keys = RandomKeys(200'000, 30'000, 1);
  Counts expected;
  for (const uint64_t key : keys) ++expected[key];
  for (const size_t threads : {1, 3}) {
    Table table(uint64_t{16} << 20, static_cast<unsigned>(threads), TableSeed{threads});
    EXPECT_TRUE(table.empty());
    AddAll(keys, threads, &table);
    EXPECT_FALSE(table.empty());
    EXPECT_EQ(table.level(), 0U);
    EXPECT_TRUE(CountsOf(table) == expected) << threads;
  }
}

// The first level at which all keys of that rank fit, and of these all the counts.
TEST(PairTableTest, OverTheBudgetWhatIsKeptDependsOnTheKeysAlone) {
  constexpr uint64_t kBudget = 256 << 10;
  constexpr size_t kFit = kBudget / 8 * 7 / (2 * sizeof(Counted));
  const std::vector<uint64_t> keys = RandomKeys(400'000, 60'000, 2);
  Counts all;
  for (const uint64_t key : keys) ++all[key];
  unsigned level = 0;
  Counts expected = all;
  while (expected.size() > kFit) {
    ++level;
    std::erase_if(expected, [&](const auto& entry) { return Counted(entry.first).rank() < level; });
  }
  ASSERT_GE(level, 2U);
  for (const size_t threads : {1, 2, 5}) {
    Table table(kBudget, static_cast<unsigned>(threads), TableSeed{threads * 77});
    AddAll(keys, threads, &table);
    EXPECT_EQ(table.level(), level) << threads;
    EXPECT_TRUE(CountsOf(table) == expected) << threads;
    EXPECT_LE(table.memory_bytes(), kBudget + Table::kPartitions * 64);
  }
}

TEST(PairTableTest, ATableWithoutRoomKeepsNothing) {
  Table table(0, 1, TableSeed{1});
  AddAll(RandomKeys(20'000, 5'000, 3), 1, &table);
  EXPECT_GT(table.level(), 0U);
  EXPECT_FALSE(table.empty());
  EXPECT_TRUE(CountsOf(table).empty());
}

}  // namespace
}  // namespace logstat
