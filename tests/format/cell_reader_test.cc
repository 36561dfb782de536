#include "src/format/cell_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/format/read_cells.h"

namespace logstat {
namespace {

std::string Line(const std::string& path, int status) {
  return "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET " + path + " HTTP/1.1\" " + std::to_string(status) +
         " 5120 \"-\" \"curl/7.88\"";
}

const LineFormat& Combined() { return LineFormatOf("combined"); }

// Whatever the size of the cells, the rows must be those of a single cell.
void ExpectTiles(const std::string& text, size_t largest_cell) {
  const ReadSettings whole{.cell_bytes = text.size() + 1};
  const std::vector<ReadRow> expected = ReadText(text, Combined(), kFastColumns, whole);
  ReadSettings settings;
  for (settings.cell_bytes = 1; settings.cell_bytes <= largest_cell; ++settings.cell_bytes) {
    ASSERT_EQ(DescribeDifference(text, ReadText(text, Combined(), kFastColumns, settings), expected), "")
        << "cells of " << settings.cell_bytes << " bytes";
  }
}

TEST(CellReader, CellsTileTheInputAtEveryCut) {
  const std::string text = Line("/a", 200) + "\n\n" + Line("/b", 404) + "\r\n" + "# comment\n\r\n" +
                           Line("/" + std::string(300, 'x'), 414) + "\nbroken\n" + Line("/c", 500) + "\n";
  ASSERT_EQ(ReadText(text, Combined(), kStatusOnly, {}).size(), 8u);
  ExpectTiles(text, text.size() + 1);
}

TEST(CellReader, CellsTileAnInputWithoutFinalNewline) {
  const std::string text = Line("/a", 200) + "\r\n" + Line("/b", 404);
  ExpectTiles(text, text.size() + 1);
}

TEST(CellReader, CellsTileNewlinesAlone) { ExpectTiles(std::string(20, '\n'), 21); }

TEST(CellReader, CellsTileQuotesAlone) { ExpectTiles(std::string(40, '"') + "\n" + std::string(40, '"'), 82); }

TEST(CellReader, ALineThatStartsAtACutBelongsToTheNextCell) {
  const std::string first = Line("/a", 200) + "\n";
  const std::string text = first + Line("/b", 404) + "\n";
  CellReader reader(BestKernels());
  RecordBatch batch;
  for (size_t cell : {0, 1}) {
    const OwnedCell owned(text, first.size(), cell);
    reader.Read(owned.block(), Combined(), kStatusOnly, batch);
    ASSERT_EQ(batch.rows(), 1u);
    EXPECT_EQ(batch.status(0), cell == 0 ? 200 : 404);
  }
}

TEST(CellReader, ACellInsideALineOwnsNothing) {
  const std::string text = Line("/a", 200) + "\n";
  const OwnedCell owned(text, 20, 1);
  const OwnedRange range = FindOwnedLines(owned.block());
  EXPECT_EQ(range.begin, range.end);
}

TEST(CellReader, AnEmptyCellHasNoRows) {
  CellReader reader(BestKernels());
  RecordBatch batch;
  const uint8_t bytes[kOverread] = {};
  Block block;
  block.bytes = bytes;
  block.starts_line = block.ends_input = true;
  reader.Read(block, Combined(), kEveryColumn, batch);
  EXPECT_EQ(batch.rows(), 0u);
}

TEST(CellReader, RowsEndWhereTheNextOneBegins) {
  const std::string text = Line("/a", 200) + "\r\n\n" + Line("/b", 404);
  const OwnedCell owned(text, text.size(), 0);
  CellReader reader(BestKernels());
  RecordBatch batch;
  reader.Read(owned.block(), Combined(), kStatusOnly, batch);
  ASSERT_EQ(batch.rows(), 3u);
  EXPECT_EQ(batch.begin(1), Line("/a", 200).size() + 2);
  EXPECT_EQ(batch.begin(2), batch.begin(1) + 1);
  EXPECT_EQ(batch.begin(3), text.size());
}

TEST(CellReader, OneReaderForTwoFormats) {
  CellReader reader(BestKernels());
  RecordBatch batch;
  const std::string text = "shop.example:80 " + Line("/a", 200) + "\n";
  const OwnedCell owned(text, text.size(), 0);
  for (int round = 0; round < 2; ++round) {
    for (const char* format : {"combined", "vhost_combined"}) {
      reader.Read(owned.block(), LineFormatOf(format), kEveryColumn, batch);
      EXPECT_EQ(batch.View(Field::kHost, 0), "shop.example") << format;
      EXPECT_EQ(batch.View(Field::kClient, 0), "192.0.2.7") << format;
    }
  }
}

TEST(CellReader, AByteOrderMarkIsNotPartOfTheFirstLine) {
  const std::string text = "\xef\xbb\xbf" + Line("/a", 200) + "\n";
  for (size_t cell_bytes : {size_t{1}, size_t{2}, size_t{3}, size_t{4}, text.size()}) {
    const std::vector<ReadRow> rows = ReadText(text, Combined(), kEveryColumn, {.cell_bytes = cell_bytes});
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].status, 200);
    EXPECT_EQ(rows[0].begin, 0u);
    EXPECT_EQ(rows[0].text(Field::kClient), "192.0.2.7");
  }
  EXPECT_EQ(ReadText("\xef\xbb\xbf# x\n", Combined(), kStatusOnly, {})[0].kind, LineKind::kIgnored);
}

// A line of `content` bytes that is good but for its length.
std::string LineOf(size_t content) {
  const std::string rest = Line("/", 414);
  return Line("/" + std::string(content - rest.size(), 'A'), 414);
}

struct LongLine {
  const char* name;
  size_t content;
  std::string end;
  LineKind kind;
};

class LongLineTest : public testing::TestWithParam<LongLine> {};

TEST_P(LongLineTest, IsReadOrRejectedTheSameInEveryCell) {
  const LongLine& param = GetParam();
  const std::string before = Line("/before", 200) + "\n";
  const bool last = param.end.find('\n') == std::string::npos;
  const std::string text = before + LineOf(param.content) + param.end + (last ? "" : Line("/after", 404) + "\n");
  for (bool fast : {true, false}) {
    for (size_t cell_bytes : {size_t{64}, size_t{4096}, kMaxLineBytes, kMaxLineBytes + 1, 4 * kMaxLineBytes}) {
      if (cell_bytes == 64 && !fast) continue;
      const std::vector<ReadRow> rows =
          ReadText(text, Combined(), kReportColumns, {.fast_path = fast, .cell_bytes = cell_bytes});
      ASSERT_EQ(rows.size(), last ? 2u : 3u) << cell_bytes;
      EXPECT_EQ(rows[0].status, 200);
      EXPECT_EQ(rows[1].begin, before.size());
      EXPECT_EQ(rows[1].kind, param.kind) << cell_bytes;
      EXPECT_EQ(rows[1].status, param.kind == LineKind::kCounted ? 414 : 0);
      if (!last) {
        EXPECT_EQ(rows[2].status, 404) << cell_bytes;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, LongLineTest,
    testing::Values(LongLine{"LongestWithNewline", kMaxLineBytes, "\n", LineKind::kCounted},
                    LongLine{"LongestWithCarriageReturn", kMaxLineBytes, "\r\n", LineKind::kCounted},
                    LongLine{"LongestAtTheEndOfTheInput", kMaxLineBytes, "", LineKind::kCounted},
                    LongLine{"LongestWithCarriageReturnAtTheEnd", kMaxLineBytes, "\r", LineKind::kCounted},
                    LongLine{"OneMoreWithNewline", kMaxLineBytes + 1, "\n", LineKind::kTooLong},
                    LongLine{"OneMoreWithCarriageReturn", kMaxLineBytes + 1, "\r\n", LineKind::kTooLong},
                    LongLine{"OneMoreAtTheEndOfTheInput", kMaxLineBytes + 1, "", LineKind::kTooLong},
                    LongLine{"TwoMore", kMaxLineBytes + 2, "\n", LineKind::kTooLong},
                    LongLine{"ThreeMore", kMaxLineBytes + 3, "\n", LineKind::kTooLong},
                    LongLine{"ThreeTimesTheLongest", 3 * kMaxLineBytes, "\n", LineKind::kTooLong}),
    [](const testing::TestParamInfo<LongLine>& info) { return std::string(info.param.name); });

TEST(CellReader, ALongLineOfQuotesAlone) {
  const std::string text = std::string(kMaxLineBytes, '"') + "\n" + Line("/after", 404) + "\n";
  for (size_t cell_bytes : {kMaxLineBytes / 4, 2 * kMaxLineBytes}) {
    const std::vector<ReadRow> rows = ReadText(text, Combined(), kReportColumns, {.cell_bytes = cell_bytes});
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].kind, LineKind::kNoStatus);
    EXPECT_EQ(rows[1].status, 404);
  }
}

}  // namespace
}  // namespace logstat
