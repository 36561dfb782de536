#include "src/aggregate/key_counter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <utility>

#include "src/aggregate/key_text.h"
#include "tests/aggregate/batches.h"

namespace logstat {
namespace {

constexpr uint64_t kAmple = uint64_t{1} << 28;
constexpr uint64_t kLocal = uint64_t{1} << 20;

std::map<std::string, uint64_t> CountsOf(const KeyTable& table) {
  std::map<std::string, uint64_t> counts;
  table.ForEachKey([&](const KeyView& view) {
    counts[std::string(PrintedKey(view.stored_key())) + "#" + std::to_string(KeyBytes(view.stored_key()))] +=
        view.count();
  });
  return counts;
}

std::vector<TestRow> RowsOf(const std::vector<std::string>& paths) {
  std::vector<TestRow> rows(paths.size());
  for (size_t i = 0; i < paths.size(); ++i) rows[i].path = paths[i];
  return rows;
}

void AddAll(KeyCounter* counter, const std::vector<TestRow>& rows, size_t spill_every = 0) {
  const TestBatch made = MakeBatch(rows, kAllColumns, spill_every);
  counter->Add(made.batch, made.selection);
}

TEST(KeyCounter, KeysOfEveryLengthInBlockAndSpillArena) {
  std::vector<std::string> paths;
  std::map<std::string, uint64_t> expected;
  std::mt19937_64 random(1);
  for (size_t size = 0; size < 1100; size += size < 80 ? 1 : 37) {
    for (int variant = 0; variant < 3; ++variant) {
      std::string key(size, 'k');
      if (size > 0 && variant > 0) key[random() % size] = static_cast<char>('a' + variant);  // differs in one byte
      for (int i = 0; i <= variant; ++i) paths.push_back(key);
    }
  }
  for (const std::string& key : paths) ++expected[key.substr(0, 1024) + "#" + std::to_string(key.size())];
  for (size_t spill_every : {0, 1, 2}) {
    KeyTable table(kAmple);
    KeyCounter counter(Field::kPath, &table, TableSeed{5}, kLocal);
    AddAll(&counter, RowsOf(paths), spill_every);
    counter.Flush();
    EXPECT_EQ(CountsOf(table), expected);
  }
}

TEST(KeyCounter, LongKeysThatDifferBehindTheKeptPartStayApart) {
  const std::string head(1024, 'x');
  KeyTable table(kAmple);
  KeyCounter counter(Field::kPath, &table, TableSeed{5}, kLocal);
  AddAll(&counter, RowsOf({head + "a", head + "b", head + "a", head}));
  counter.Flush();
  std::vector<uint64_t> counts;
  table.ForEachKey([&](const KeyView& view) {
    EXPECT_EQ(PrintedKey(view.stored_key()), head);
    counts.push_back(view.count() * 10000 + KeyBytes(view.stored_key()));
  });
  std::sort(counts.begin(), counts.end());
  EXPECT_EQ(counts, (std::vector<uint64_t>{11024, 11025, 21025}));
}

TEST(KeyCounter, AMissingTextIsNoKeyButAnEmptyOneIs) {
  std::vector<TestRow> rows(5);
  rows[0].path = "";
  rows[1].path = "/";
  rows[2].status = 404;
  KeyTable table(kAmple);
  KeyCounter counter(Field::kPath, &table, TableSeed{5}, kLocal);
  AddAll(&counter, rows);
  counter.Flush();
  EXPECT_EQ(CountsOf(table), (std::map<std::string, uint64_t>{{"#0", 1}, {"/#1", 1}}));
  EXPECT_EQ(table.missing().total().count, 3u);
  EXPECT_EQ(table.missing().of(404).count, 1u);
}

TEST(KeyCounter, FlushAtAnyMomentChangesNothing) {
  const std::vector<TestRow> rows = RandomRows(6000, 9);
  std::map<std::string, uint64_t> expected;
  for (size_t every : {100000, 1, 3, 17}) {
    KeyTable table(kAmple);
    KeyCounter counter(Field::kPath, &table, TableSeed{every}, kLocal);
    for (size_t begin = 0, i = 0; begin < rows.size(); begin += 200, ++i) {
      const auto first = rows.begin() + static_cast<ptrdiff_t>(begin);
      AddAll(&counter, {first, first + 200});
      if (i % every == every - 1) counter.Flush();
    }
    counter.Flush();
    if (expected.empty()) expected = CountsOf(table);
    EXPECT_EQ(CountsOf(table), expected);
  }
}

TEST(KeyCounter, MoreKeysThanTheOwnTableHoldsWithManyStatuses) {
  std::mt19937_64 random(4);
  std::vector<TestRow> rows(60000);
  std::map<std::pair<std::string, uint16_t>, uint64_t> expected;
  for (TestRow& row : rows) {
    row.path = "/some/longer/path/that/needs/a/tail/" + std::to_string(random() % 9000);
    row.status = static_cast<uint16_t>(random() % 1000);
    ++expected[{*row.path, row.status}];
  }
  KeyTable table(kAmple);
  KeyCounter counter(Field::kPath, &table, TableSeed{5}, 1);  // the smallest
  AddAll(&counter, rows);
  counter.Flush();
  std::map<std::pair<std::string, uint16_t>, uint64_t> counts;
  table.ForEachKey([&](const KeyView& view) {
    uint64_t sum = 0;
    view.ForEachStatus([&](uint16_t status, uint64_t count, uint64_t error) {
      counts[{std::string(view.stored_key()), status}] += count;
      sum += count;
      EXPECT_EQ(error, 0u);
    });
    EXPECT_EQ(sum, view.count());
  });
  EXPECT_EQ(counts, expected);
}

// Keys that differ only in the words which a weak hash would cancel out.
TEST(KeyCounter, KeysMadeOfRepeatedAndSwappedWords) {
  std::vector<std::string> paths;
  const std::string words[] = {"AAAAAAAA", "BBBBBBBB", std::string(8, '\0'), std::string(8, '\xFF')};
  for (int i = 0; i < 1024; ++i) {
    std::string key;
    for (int n = i; n > 0; n /= 4) key += words[n % 4];
    paths.push_back(key);
  }
  std::map<std::string, uint64_t> expected;
  for (const std::string& key : paths) ++expected[key + "#" + std::to_string(key.size())];
  KeyTable table(kAmple);
  KeyCounter counter(Field::kPath, &table, TableSeed{0}, kLocal);
  AddAll(&counter, RowsOf(paths));
  counter.Flush();
  EXPECT_EQ(CountsOf(table), expected);
}

TEST(KeyCounter, DistinctKeysAreEstimated) {
  std::vector<TestRow> rows(20000);
  for (size_t i = 0; i < rows.size(); ++i) rows[i].path = std::to_string(i % 5000);
  KeyTable table(kAmple);
  KeyCounter counter(Field::kPath, &table, TableSeed{5}, kLocal);
  AddAll(&counter, rows);
  counter.Flush();
  EXPECT_NEAR(static_cast<double>(counter.distinct().Estimate()), 5000, 5000 * 4 * DistinctCounter::kStandardError);
}

KeyTag TagOfTest(std::string_view text) { return XXH3_64bits(text.data(), text.size()) | 1; }

// Every row gets the tag of its own text: across flushes of a full table, for keys in the block and in the arena, short
// and too long to be kept, missing ones, and whatever rows are selected. Hosts take the way of few keys.
TEST(KeyCounter, TagsAreThoseOfTheRowsTexts) {
  std::mt19937_64 random(3);
  for (const Field field : {Field::kPath, Field::kHost}) {
    std::vector<TestRow> rows(20'000);
    for (TestRow& row : rows) {
      std::optional<std::string>& text = field == Field::kPath ? row.path : row.host;
      if (random() % 50 == 0) continue;
      text = std::string(random() % 90, 'k') + std::to_string(random() % 3000);
      if (random() % 100 == 0) text->append(1024, 'x');
    }
    for (const size_t spill_every : {0, 3}) {
      const TestBatch made = MakeBatch(rows, kAllColumns, spill_every);
      Selection some;
      some.SelectCounted(made.batch);
      some.Narrow([](std::vector<uint32_t>& kept) { std::erase_if(kept, [](uint32_t row) { return row % 3 == 1; }); });
      for (const Selection* selection : {&made.selection, &std::as_const(some)}) {
        KeyTable table(kAmple);
        KeyCounter counter(field, &table, TableSeed{5}, 1, TagOfTest);  // flushes often
        std::vector<KeyTag> tags(selection->size(), 7);
        for (size_t first = 0; first < tags.size(); first += 300) {
          counter.Add(made.batch, *selection, first, std::min<size_t>(300, tags.size() - first), &tags[first]);
        }
        for (size_t i = 0; i < tags.size(); ++i) {
          const std::optional<std::string>& text = rows[(*selection)[i]].text(field);
          ASSERT_EQ(tags[i], text.has_value() ? TagOfTest(*text) : 0) << FieldName(field) << " " << i;
        }
      }
    }
  }
}

}  // namespace
}  // namespace logstat
