#include "src/aggregate/key_bound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "src/aggregate/key_table.h"
#include "src/base/hash.h"

namespace logstat {
namespace {

struct BoundRow {
  std::string key;
  uint16_t status;
};

uint32_t SeededHash(const std::string& key, uint64_t seed) {
  return static_cast<uint32_t>(SketchHash(key + std::to_string(seed)));
}

// A few heavy keys, many that come once or twice, of very different lengths.
std::vector<BoundRow> SkewedRows(size_t count, uint64_t seed) {
  constexpr uint16_t kStatuses[] = {200, 200, 200, 206, 301, 304};
  std::mt19937_64 random(seed);
  std::vector<BoundRow> rows(count);
  for (BoundRow& row : rows) {
    const uint64_t die = random() % 100;
    const uint64_t number = die < 40   ? std::min(random() % 5, random() % 5)
                            : die < 60 ? random() % 200
                                       : random() % 100'000;
    row.key = "/" + std::to_string(number) + std::string(number % 31 == 7 ? 300 : number % 50, 'k');
    row.status = kStatuses[random() % std::size(kStatuses)];
  }
  return rows;
}

KeyDelta DeltaOf(const BoundRow& row, uint64_t seed, const StatusCount* status) {
  return KeyDelta{row.key, SeededHash(row.key, seed), {status, 1}, 10, TimeSpan{}};
}

// Both passes over the rows in this order; the second one in the opposite.
void Count(const std::vector<BoundRow>& rows, uint64_t seed, uint64_t capacity, KeyPartition* partition) {
  partition->SetCapacity(capacity);
  for (const BoundRow& row : rows) {
    const StatusCount status{row.status, 1};
    partition->Add(DeltaOf(row, seed, &status));
  }
}
void CountAgain(const std::vector<BoundRow>& rows, uint64_t seed, KeyPartition* partition) {
  partition->Freeze();
  uint64_t room = partition->capacity() - partition->charged();
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const StatusCount status{row->status, 1};
    partition->NoteRows(DeltaOf(*row, seed, &status));
    partition->Recount(DeltaOf(*row, seed, &status), &room);
  }
}

uint64_t BoundOfCounted(const KeyPartition& partition) {
  return BoundOf(partition.added(), partition.capacity(), 4, partition.Weigh([](uint16_t) { return true; }));
}

TEST(KeyBound, IsTheSameForEveryOrderAndNoKeyAboveItIsLost) {
  for (uint64_t log = 1; log <= 6; ++log) {
    std::vector<BoundRow> rows = SkewedRows(20'000, log);
    std::map<std::string, uint64_t> counts;
    for (const BoundRow& row : rows) ++counts[row.key];
    uint64_t bound = 0;
    std::mt19937_64 random(log);
    for (uint64_t order = 0; order < 8; ++order) {
      if (order == 1) std::reverse(rows.begin(), rows.end());
      if (order == 2) std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
      if (order > 2) std::shuffle(rows.begin(), rows.end(), random);
      KeyPartition partition;
      Count(rows, order, 40 << 10, &partition);
      ASSERT_GT(partition.offset(), 0u);
      CountAgain(rows, order, &partition);
      ASSERT_TRUE(partition.SawTheSameRows());
      const uint64_t its = BoundOfCounted(partition);
      if (order == 0) bound = its;
      EXPECT_EQ(its, bound) << log << " " << order;
      EXPECT_GE(its, partition.offset());
      size_t above = 0;
      for (const auto& [key, count] : counts) {
        if (count <= bound) continue;
        ++above;
        const KeyEntry* entry = partition.Find(SeededHash(key, order), key);
        ASSERT_NE(entry, nullptr) << key;
        EXPECT_EQ(entry->count, count) << key;
        EXPECT_EQ(entry->bytes, 10 * count) << key;
      }
      EXPECT_GT(above, 3u);
    }
  }
}

TEST(KeyBound, OneKeyWithNearlyAllRowsDoesNotHideTheOthers) {
  std::vector<BoundRow> rows;
  for (size_t i = 0; i < 100'000; ++i) {
    rows.push_back({i % 10 != 0 ? "/" : "/" + std::to_string(i), 200});
  }
  KeyPartition partition;
  Count(rows, 1, 40 << 10, &partition);
  CountAgain(rows, 1, &partition);
  const AddedRows added = partition.added();
  EXPECT_LT(BoundOfCounted(partition) * 5, added.charge / (partition.capacity() / 2));
}

TEST(KeyBound, OfNoKeysIsTheWeightOverHalfTheCapacity) {
  EXPECT_EQ(BoundOf(AddedRows{10, 1000, 0}, 200, 1, {}), 10u);
  EXPECT_EQ(BoundOf(AddedRows{10, 1000, 0}, 200, 3, {}), 13u) << "two nodes of 16 bytes for each of ten rows";
}

// Of 256 partitions, both parts: a key that only one of them kept shows the rows of both.
TEST(KeyTableRecount, CountsBothKindsOfRowsOfAKeyThatOneKindKept) {
  KeyTable table(1);
  const auto add = [&](const std::string& key, uint16_t status) {
    const StatusCount counted{status, 1};
    const size_t partition = KeyTable::PartitionOf(SketchHash(key));
    table.WithPartition(partition, [&](KeyPartition&, KeyPartition&) {
      table.Add(partition, KeyTable::IsFailing(status),
                KeyDelta{key, SeededHash(key, 0), {&counted, 1}, 1, TimeSpan{}});
    });
  };
  const auto add_all = [&] {
    for (uint64_t i = 0; i < 100'000; ++i) {
      add("/" + std::to_string(i), 200);  // far more than there is room for
      if (i % 1000 == 0) add("/broken", 502);
      if (i == 77) add("/broken", 200);
    }
  };
  add_all();
  ASSERT_GT(table.main_bound(), 0u);
  ASSERT_EQ(table.failing_bound(), 0u);
  table.BeginRecount();
  add_all();
  ASSERT_TRUE(table.EndRecount({1, 1}));
  EXPECT_TRUE(table.recounted());
  EXPECT_EQ(table.failing_bound(), 0u);
  uint64_t seen = 0;
  table.ForEachKey([&](const KeyView& view) {
    if (view.stored_key() != "/broken") return;
    ++seen;
    EXPECT_EQ(view.count(), 101u);
    EXPECT_EQ(view.bytes(), 101u);
    EXPECT_EQ(view.error(), 0u);
  });
  EXPECT_EQ(seen, 1u);
  uint64_t failing = 0;
  table.ForEachFailingKey([&](std::string_view key, uint64_t rows) {
    EXPECT_EQ(key, "/broken");
    failing += rows;
  });
  EXPECT_EQ(failing, 100u);
}

TEST(KeyTableRecount, OtherRowsAreNoticed) {
  for (const auto& [key, status] : {std::pair("/other", 200), std::pair("/0", 201)}) {
    KeyTable table(1);
    const auto add = [&](const std::string& text, uint16_t code) {
      const StatusCount counted{code, 1};
      table.Add(KeyTable::PartitionOf(SketchHash(text)), false,
                KeyDelta{text, SeededHash(text, 0), {&counted, 1}, 1, TimeSpan{}});
    };
    for (uint64_t i = 0; i < 50'000; ++i) add("/" + std::to_string(i), 200);
    ASSERT_GT(table.bound(), 0u);
    table.BeginRecount();
    add(key, static_cast<uint16_t>(status));  // and not /0 with 200
    for (uint64_t i = 1; i < 50'000; ++i) add("/" + std::to_string(i), 200);
    EXPECT_FALSE(table.EndRecount({1, 1})) << key;
    EXPECT_FALSE(table.recounted());
  }
}

TEST(KeyTableRecount, MoreStatusesThanThereIsRoomForAreNoticed) {
  KeyPartition partition;
  partition.SetCapacity(KeyPartition::kMinCapacity);
  std::vector<BoundRow> rows;
  for (size_t i = 0; i < 1000; ++i) rows.push_back({"/" + std::to_string(i % 500), 200});
  Count(rows, 1, KeyPartition::kMinCapacity, &partition);
  ASSERT_GT(partition.offset(), 0u);
  partition.Freeze();
  uint64_t room = 2 * KeyPartition::kNodeCharge;
  const uint64_t before = partition.charged();
  size_t counted = 0;
  for (size_t i = 0; i < 500; ++i) {
    const StatusCount other{301, 2};
    counted += partition.Recount(DeltaOf({"/" + std::to_string(i), 301}, 1, &other), &room) ? 1 : 0;
  }
  EXPECT_GT(counted, 2u);
  EXPECT_EQ(partition.charged(), before + 2 * KeyPartition::kNodeCharge);
  EXPECT_FALSE(partition.SawTheSameRows());
}

}  // namespace
}  // namespace logstat
