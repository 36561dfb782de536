#include "src/deliver/line_ledger.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/deliver/cells.h"

namespace logstat {
namespace {

const char kTooShort[] = "no access log line\n";

TEST(LineLedgerTest, LinesAreNumberedAcrossCellsOfAnySize) {
  std::string text;
  uint64_t lines = 0;
  for (; lines < 200; ++lines) text += LogLine("/" + std::string(lines * 7 % 90, 'x'), 200);
  for (const size_t cell_bytes : {1u, 7u, 64u, 100u, 4096u, 1u << 20}) {
    LineLedger ledger(1);
    uint64_t next_line = 1;
    for (const auto& cell : ReadCells(text, cell_bytes)) {
      ASSERT_EQ(ledger.Add(*cell), next_line);
      next_line += cell->batch.rows();
    }
    EXPECT_EQ(next_line, lines + 1);
    EXPECT_EQ(ledger.account(0).lines, lines);
    EXPECT_EQ(ledger.account(0).bytes, text.size());
  }
}

TEST(LineLedgerTest, EveryInputHasNumbersOfItsOwnAlsoWhenTheyTakeTurns) {
  LineLedger ledger(3);
  const auto first = ReadCells(LogLine("/a", 200) + LogLine("/b", 200), 100, 0);
  const auto third = ReadCells(LogLine("/c", 200) + LogLine("/d", 200), 100, 2);
  ASSERT_EQ(first.size(), third.size());
  for (size_t i = 0; i < first.size(); ++i) EXPECT_EQ(ledger.Add(*first[i]), ledger.Add(*third[i]));
  EXPECT_EQ(ledger.account(0).lines, 2u);
  EXPECT_EQ(ledger.account(1).lines, 0u);
  EXPECT_EQ(ledger.account(2).lines, 2u);
}

TEST(LineLedgerTest, KindsAddUpToLines) {
  const std::string text = LogLine("/", 200) + "\n" + kTooShort + "# directive\n" + LogLine("/", 404) + "\n";
  LineLedger ledger(1);
  for (const auto& cell : ReadCells(text, 64)) ledger.Add(*cell);
  const InputAccount& account = ledger.account(0);
  EXPECT_EQ(account.lines, 6u);
  EXPECT_EQ(account.kinds[static_cast<size_t>(LineKind::kCounted)], 2u);
  EXPECT_EQ(account.kinds[static_cast<size_t>(LineKind::kIgnored)], 3u);
  EXPECT_EQ(account.kinds[static_cast<size_t>(LineKind::kTooFewFields)], 1u);
  EXPECT_FALSE(account.lost_bytes);
}

TEST(LineLedgerTest, OneCellThatLostBytesMarksItsInputForGood) {
  const std::string text = LogLine("/a", 200) + LogLine("/b", 200);
  auto cells = ReadCells(text, text.size() / 2);
  ASSERT_EQ(cells.size(), 2u);
  DropLostRows(text.size() / 4, *cells[0]);
  LineLedger ledger(1);
  ledger.Add(*cells[0]);
  ledger.Add(*cells[1]);
  EXPECT_TRUE(ledger.account(0).lost_bytes);
  EXPECT_EQ(ledger.account(0).bytes, text.size() / 4 + text.size() / 2);
}

}  // namespace
}  // namespace logstat
