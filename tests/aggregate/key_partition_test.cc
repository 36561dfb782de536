#include "src/aggregate/key_partition.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "src/aggregate/key_table.h"
#include "src/base/hash.h"

namespace logstat {
namespace {

uint32_t KeyHash(const std::string& key) {
  return static_cast<uint32_t>(TableHash(reinterpret_cast<const uint8_t*>(key.data()), key.size(), TableSeed{1}));
}

void Add(KeyPartition* partition, const std::string& key, uint16_t status = 200, uint64_t count = 1) {
  const StatusCount counted{status, count};
  partition->Add(KeyDelta{key, KeyHash(key), {&counted, 1}, count, TimeSpan{}});
}

TEST(KeyPartition, BoundsHoldOverCapacityOnAStreamWithHeavyKeys) {
  for (const uint64_t capacity : {uint64_t{8} << 10, uint64_t{20} << 10, uint64_t{100} << 10}) {
    KeyPartition partition;
    partition.SetCapacity(capacity);
    std::mt19937_64 random(capacity);
    std::map<std::string, uint64_t> truth;
    std::map<std::pair<std::string, uint16_t>, uint64_t> of_status;
    const uint64_t rows = 100000;
    for (uint64_t i = 0; i < rows; ++i) {
      const uint64_t heavy = random() % 40;
      const std::string key = heavy < 8 ? "/heavy" + std::to_string(heavy % (1 + random() % 8)) : std::to_string(i);
      const uint16_t status = random() % 3 == 0 ? 304 : 200;
      Add(&partition, key, status);
      ++truth[key];
      ++of_status[{key, status}];
      ASSERT_LE(partition.memory_bytes(), capacity + capacity / 4);
    }
    ASSERT_GT(partition.offset(), 0u);
    // An entry with a short key and one more status is charged 92 bytes; half of the capacity, less the chunk that is
    // kept free, holds at least these.
    const uint64_t kept = capacity / 4 / 92;
    EXPECT_LE(partition.offset(), rows / (kept + 1));
    for (const auto& [key, count] : truth) {
      const KeyEntry* entry = partition.Find(KeyHash(key), key);
      if (entry == nullptr) {
        EXPECT_LE(count, partition.offset()) << key;
        continue;
      }
      EXPECT_LE(entry->count, count);
      EXPECT_GE(entry->count + entry->base, count);
      EXPECT_LE(entry->base, partition.offset());
      uint64_t sum = 0;
      partition.ForEachStatus(*entry, [&, &key = key](uint16_t status, uint64_t counted) {
        EXPECT_LE(counted, (of_status[{key, status}]));
        EXPECT_GE(counted + entry->base, (of_status[{key, status}]));
        sum += counted;
      });
      EXPECT_EQ(sum, entry->count);
    }
    for (int heavy = 0; heavy < 2; ++heavy) {
      const std::string key = "/heavy" + std::to_string(heavy);
      EXPECT_NE(partition.Find(KeyHash(key), key), nullptr);
    }
  }
}

TEST(KeyPartition, ExactUpToItsCapacityWhateverTheOrder) {
  // The same set of keys in two orders: either both are exact or none is.
  for (size_t keys = 60; keys < 130; ++keys) {
    bool exact[2];
    for (int order = 0; order < 2; ++order) {
      KeyPartition partition;
      partition.SetCapacity(10 << 10);
      for (size_t round = 0; round < 3; ++round) {
        for (size_t i = 0; i < keys; ++i) {
          const size_t number = order == 0 ? i : keys - 1 - i;
          Add(&partition, "key" + std::to_string(number), number % 2 == 0 && round == 1 ? 301 : 200);
        }
      }
      exact[order] = partition.offset() == 0;
    }
    EXPECT_EQ(exact[0], exact[1]) << keys;
  }
}

TEST(KeyPartition, AnEmptyOneFindsNothingAndTakesNoMemory) {
  KeyPartition partition;
  partition.SetCapacity(uint64_t{1} << 30);
  EXPECT_EQ(partition.Find(KeyHash("x"), "x"), nullptr);
  EXPECT_EQ(partition.memory_bytes(), 0u);
}

TEST(KeyPartition, MegabytesOfKeysOfTheLargestSizeStayInBounds) {
  KeyPartition partition;
  partition.SetCapacity(KeyPartition::kMinCapacity);
  for (int i = 0; i < 2000; ++i) Add(&partition, std::to_string(i) + std::string(1044 - std::to_string(i).size(), 'k'));
  EXPECT_LE(partition.memory_bytes(), 2 * KeyPartition::kMinCapacity);
  EXPECT_GT(partition.offset(), 0u);
}

TEST(KeyTable, StaysWithinItsBudgetAndKeepsTheFailingKey) {
  constexpr uint64_t kBudget = uint64_t{16} << 20;
  KeyTable table(kBudget);
  const auto add = [&](const std::string& key, uint16_t status) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(key.data());
    table.WithPartition(KeyTable::PartitionOf(SketchHash(bytes, key.size())),
                        [&](KeyPartition& main, KeyPartition& failing) {
                          Add(KeyTable::IsFailing(status) ? &failing : &main, key, status);
                        });
  };
  EXPECT_LE(table.memory_bytes(), uint64_t{256} << 10);  // nothing but its 256 empty partitions
  for (uint64_t i = 0; i < 600000; ++i) {
    add("/attack/" + std::to_string(i), 200);
    if (i % 1000 == 0) add("/broken", 502);
  }
  EXPECT_LE(table.memory_bytes(), kBudget + (uint64_t{1} << 20));
  EXPECT_GT(table.main_bound(), 0u);
  EXPECT_EQ(table.failing_bound(), 0u);
  uint64_t failing = 0;
  table.ForEachKey([&](const KeyView& view) {
    if (view.has_failing()) failing += view.count();
  });
  EXPECT_EQ(failing, 600u);
}

}  // namespace
}  // namespace logstat
