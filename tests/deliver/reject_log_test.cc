#include "src/deliver/reject_log.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "src/deliver/line_ledger.h"
#include "src/format/wrapped_format.h"
#include "tests/deliver/cells.h"

namespace logstat {
namespace {

const char kNoStatus[] = "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" okay 512 \"-\" \"test\"";

// The log of these texts, each an input, in cells of `cell_bytes`.
std::vector<RejectRow> RejectsOf(const std::vector<std::string>& texts, size_t cell_bytes) {
  RejectLog log;
  LineLedger ledger(texts.size());
  std::vector<std::string> paths;
  for (size_t input = 0; input < texts.size(); ++input) {
    paths.push_back(std::string(1, static_cast<char>('a' + input)) + ".log");
    for (const auto& cell : ReadCells(texts[input], cell_bytes, input)) log.Add(*cell, ledger.Add(*cell));
  }
  return log.Rows(paths);
}

constexpr size_t kCells[] = {1, 50, 64, 1000, 1 << 20};

TEST(RejectLogTest, ACleanLogHasNoRows) { EXPECT_TRUE(RejectsOf({LogLine("/", 200)}, 64).empty()); }

TEST(RejectLogTest, TheFirstFiveOfAReasonAreKeptWithTheirPlace) {
  std::string text;
  std::vector<LineSample> expected;
  uint64_t line = 0;
  for (int i = 0; i < 8; ++i) {
    text += LogLine("/" + std::to_string(i), 200);
    ++line;
    if (i % 2 == 0) text += "\n", ++line;
    const std::string bad = "bad line " + std::to_string(i);
    if (expected.size() < 5) expected.push_back({"a.log", ++line, text.size(), bad, false});
    text += bad + "\n";
  }
  for (const size_t cell_bytes : kCells) {
    const std::vector<RejectRow> rows = RejectsOf({text}, cell_bytes);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].reason, "too_few_fields");
    EXPECT_EQ(rows[0].count, 8u);
    ASSERT_EQ(rows[0].samples.size(), 5u);
    for (size_t i = 0; i < 5; ++i) {
      EXPECT_EQ(rows[0].samples[i].path, "a.log");
      EXPECT_EQ(rows[0].samples[i].line, expected[i].line);
      EXPECT_EQ(rows[0].samples[i].offset, expected[i].offset);
      EXPECT_EQ(rows[0].samples[i].text, expected[i].text);
      EXPECT_FALSE(rows[0].samples[i].cut);
    }
  }
}

TEST(RejectLogTest, TheMostFrequentReasonComesFirstThenByName) {
  const std::string bad = "bad\n", no_status = std::string(kNoStatus) + "\n";
  std::vector<RejectRow> rows = RejectsOf({bad + no_status + no_status}, 64);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].reason, "no_status");
  EXPECT_EQ(rows[0].count, 2u);
  EXPECT_EQ(rows[1].reason, "too_few_fields");
  rows = RejectsOf({bad + no_status}, 64);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].reason, "no_status");
}

TEST(RejectLogTest, AJoinedRecordStandsWhereItsFirstPartStands) {
  WrapperStack cri;
  for (const Wrapper& wrapper : Wrappers()) {
    if (wrapper.name == "CRI") cri.push_back(&wrapper);
  }
  const auto format = InWrappers(cri, FindPreset("combined")->format);
  const std::string head = "2026-11-22T13:00:00Z stdout ";
  const std::string whole = head + "F " + LogLine("/", 200);
  const std::string text = whole + head + "P " + std::string(150, 'x') + "\n\n" + head + "P " + std::string(60, 'y') +
                           "\n" + head + "F z\n" + whole;
  for (const size_t cell_bytes : kCells) {
    RejectLog log;
    LineLedger ledger(1);
    for (const auto& cell : ReadCells(text, cell_bytes, 0, {Field::kStatus}, *format)) {
      log.Add(*cell, ledger.Add(*cell));
    }
    const std::vector<RejectRow> rows = log.Rows({"a.log"});
    ASSERT_EQ(rows.size(), 1u);
    ASSERT_EQ(rows[0].samples.size(), 1u);
    EXPECT_EQ(rows[0].samples[0].line, 2u);
    EXPECT_EQ(rows[0].samples[0].offset, whole.size());
    EXPECT_EQ(rows[0].samples[0].text, std::string(150, 'x') + std::string(50, 'y'));
    EXPECT_TRUE(rows[0].samples[0].cut);
  }
}

TEST(RejectLogTest, EveryReasonOfEveryFormatIsCounted) {
  for (const auto& cell : ReadCells("a b\n", 100, 0, {Field::kStatus}, *FindPreset("w3c")->format)) {
    RejectLog log;
    log.Add(*cell, 1);
    ASSERT_EQ(log.Rows({"a.log"}).size(), 1u);
    EXPECT_EQ(log.Rows({"a.log"})[0].reason, "no_fields");
  }
}

TEST(RejectLogTest, ATextIsCutAt200BytesAndSaysSo) {
  const std::vector<RejectRow> rows = RejectsOf({std::string(200, 'x') + "\n" + std::string(201, 'y') + "\n"}, 64);
  ASSERT_EQ(rows.size(), 1u);
  ASSERT_EQ(rows[0].samples.size(), 2u);
  EXPECT_EQ(rows[0].samples[0].text, std::string(200, 'x'));
  EXPECT_FALSE(rows[0].samples[0].cut);
  EXPECT_EQ(rows[0].samples[1].text, std::string(200, 'y'));
  EXPECT_TRUE(rows[0].samples[1].cut);
}

TEST(RejectLogTest, TheLineEndIsNotPartOfTheText) {
  const std::vector<RejectRow> rows = RejectsOf({"crlf\r\nlast"}, 64);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].samples[0].text, "crlf");
  EXPECT_EQ(rows[0].samples[1].text, "last");
}

TEST(RejectLogTest, ALineThatIsTooLongIsKeptAsItsFirst200Bytes) {
  const std::string text = LogLine("/", 200) + std::string(kMaxLineBytes + 1, 'x') + "\n" + LogLine("/", 200);
  for (const size_t cell_bytes : {size_t{4096}, size_t{1} << 20}) {
    const std::vector<RejectRow> rows = RejectsOf({text}, cell_bytes);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].reason, "too_long");
    EXPECT_EQ(rows[0].count, 1u);
    EXPECT_EQ(rows[0].samples[0].line, 2u);
    EXPECT_EQ(rows[0].samples[0].offset, LogLine("/", 200).size());
    EXPECT_EQ(rows[0].samples[0].text, std::string(200, 'x'));
    EXPECT_TRUE(rows[0].samples[0].cut);
  }
}

TEST(RejectLogTest, SamplesOfSeveralInputsAreTheFirstFiveByInputAndLine) {
  const std::string three = "x1\nx2\nx3\n", seven = "y1\ny2\ny3\ny4\ny5\ny6\ny7\n";
  const std::vector<RejectRow> rows = RejectsOf({three, LogLine("/", 200), seven}, 64);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].count, 10u);
  std::string kept;
  for (const LineSample& sample : rows[0].samples) {
    kept += sample.path + ":" + std::to_string(sample.line) + ":" + sample.text + " ";
  }
  EXPECT_EQ(kept, "a.log:1:x1 a.log:2:x2 a.log:3:x3 c.log:1:y1 c.log:2:y2 ");
}

}  // namespace
}  // namespace logstat
