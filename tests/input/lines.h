// What the cells of a source own, by the rule of the grid alone: the reference that the tests of both kinds share.
//
//   const Lines lines = ReadLines(*source);
//   EXPECT_EQ(lines.text, ExpectedLines(content));
#ifndef LOGSTAT_TESTS_INPUT_LINES_H_
#define LOGSTAT_TESTS_INPUT_LINES_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/input/source.h"

namespace logstat {

struct Lines {
  // Every line with its newline, in order; of one that is over the limit the first kMaxLineBytes + 2 bytes.
  std::vector<std::pair<uint64_t, std::string>> text;  // by offset
  std::string cells;                                   // the cells' own bytes, joined
  size_t blocks = 0;
  Status error;
};

// The same cut made without any grid.
inline std::vector<std::pair<uint64_t, std::string>> ExpectedLines(std::string_view content) {
  std::vector<std::pair<uint64_t, std::string>> lines;
  for (size_t begin = 0; begin < content.size();) {
    const size_t newline = content.find('\n', begin);
    const size_t end = newline == std::string_view::npos ? content.size() : newline + 1;
    lines.emplace_back(begin, content.substr(begin, std::min(end - begin, kMaxLineBytes + 2)));
    begin = end;
  }
  return lines;
}

// The lines that the cell owns, found as a parser has to find them.
inline void AppendOwnedLines(const Block& block, std::vector<std::pair<uint64_t, std::string>>& lines) {
  const std::string_view bytes(reinterpret_cast<const char*>(block.bytes), block.readable_bytes);
  size_t begin = 0;
  if (!block.starts_line) {
    begin = bytes.substr(0, block.cell_bytes).find('\n');
    if (begin == std::string_view::npos) return;
    ++begin;
  }
  while (begin < block.cell_bytes) {
    const size_t newline = bytes.find('\n', begin);
    const size_t end = newline == std::string_view::npos ? bytes.size() : newline + 1;
    const size_t length = std::min(end - begin, kMaxLineBytes + 2);
    EXPECT_TRUE(newline != std::string_view::npos || block.ends_input || length == kMaxLineBytes + 2)
        << "cell " << block.cell << " does not reach the end of its last line";
    lines.emplace_back(block.offset + begin, bytes.substr(begin, length));
    begin = end;
  }
}

// Reads the source to its end and checks on the way what holds for every block of every source.
inline Lines ReadLines(Source& source, size_t cell_bytes) {
  Lines lines;
  uint64_t offset = 0;
  bool ends_input = true;
  while (true) {
    const StatusOr<std::optional<Block>> next = source.Next();
    if (!next.ok()) {
      lines.error = next.status();
      const StatusOr<std::optional<Block>> after = source.Next();
      EXPECT_TRUE(after.ok() && !after->has_value()) << "an error is given once";
      break;
    }
    if (!next->has_value()) break;
    const Block& block = **next;
    EXPECT_EQ(block.cell, lines.blocks);
    EXPECT_EQ(block.offset, offset);
    EXPECT_GE(block.readable_bytes, block.cell_bytes);
    EXPECT_LE(block.cell_bytes, cell_bytes);
    EXPECT_GT(block.cell_bytes, 0u);
    EXPECT_TRUE(block.cell_bytes == cell_bytes || block.ends_input);
    EXPECT_EQ(block.starts_line, offset == 0 || lines.cells.back() == '\n');
    volatile uint8_t touched = 0;
    for (size_t i = 0; i < 64; ++i) touched = block.bytes[block.readable_bytes + i];
    static_cast<void>(touched);
    lines.cells.append(reinterpret_cast<const char*>(block.bytes), block.cell_bytes);
    AppendOwnedLines(block, lines.text);
    offset += block.cell_bytes;
    ends_input = block.ends_input;
    ++lines.blocks;
  }
  EXPECT_TRUE(ends_input) << "the last block ends the input";
  return lines;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_INPUT_LINES_H_
