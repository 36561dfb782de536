// The grid: whatever the size of the cells and the kind of source, every line is owned once, by the cell it starts in.
#include "src/input/block.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <random>
#include <string>

#include "src/input/source.h"
#include "tests/input/lines.h"
#include "tests/input/pipe_writer.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

struct Content {
  const char* name;
  std::string bytes;
};

std::vector<Content> SmallContents() {
  std::string mixed = "first\n\n\nsecond line\r\n\r\n" + std::string(150, 'x') + "\nshort\n";
  mixed += std::string("nul \0 inside\n", 13) + "\n" + std::string(70, 'y') + "\r\n" + std::string(64, 'z') + "\n";
  return {{"empty", ""},
          {"one newline", "\n"},
          {"one byte", "x"},
          {"only newlines", std::string(130, '\n')},
          {"one long line", std::string(500, 'a')},
          {"mixed", mixed},
          {"mixed, no final newline", mixed + "the last line"},
          {"mixed, ends in CR", mixed + "the last line\r"}};
}

SourceSettings WithCells(size_t cell_bytes, bool map) {
  SourceSettings settings;
  settings.cell_bytes = cell_bytes;
  settings.map_from_bytes = map ? 0 : UINT64_MAX;
  return settings;
}

Lines ReadBlocks(const std::string& path, const SourceSettings& settings, bool take_sample) {
  StatusOr<std::unique_ptr<Source>> source = OpenSource(path, settings);
  if (!source.ok()) {
    ADD_FAILURE() << Message(source.status());
    return {};
  }
  if (take_sample) (*source)->Sample();
  return ReadLines(**source, settings.cell_bytes);
}

TEST(BlockTest, CellsTileTheInputAtEveryCutMappedAndStreamed) {
  TempDir dir;
  for (const Content& content : SmallContents()) {
    const std::string path = dir.Write("log", content.bytes);
    const auto expected = ExpectedLines(content.bytes);
    for (size_t cell_bytes = 1; cell_bytes <= 200; ++cell_bytes) {
      for (const bool map : {true, false}) {
        SCOPED_TRACE(std::string(content.name) + (map ? ", mapped, " : ", streamed, ") + std::to_string(cell_bytes));
        const Lines lines = ReadBlocks(path, WithCells(cell_bytes, map), cell_bytes % 2 == 0);
        ASSERT_EQ(lines.text, expected);
        ASSERT_EQ(lines.cells, content.bytes);
        ASSERT_EQ(lines.blocks, (content.bytes.size() + cell_bytes - 1) / cell_bytes);
        ASSERT_TRUE(lines.error.ok());
      }
    }
  }
}

TEST(BlockTest, LinesAroundTheLimitAreTheSameMappedAndStreamed) {
  TempDir dir;
  std::string content = "before\n";
  for (const size_t length : {kMaxLineBytes - 1, kMaxLineBytes, kMaxLineBytes + 1, kMaxLineBytes + 2, kMaxLineBytes + 3,
                              2 * kMaxLineBytes, 3 * kMaxLineBytes + 17}) {
    content += std::string(length, 'a' + length % 26) + "\r\nbetween\n";
  }
  content += std::string(kMaxLineBytes + 5, 'q');
  const std::string path = dir.Write("log", content);
  const auto expected = ExpectedLines(content);
  for (const size_t cell_bytes : {size_t{4096}, size_t{100'003}, kMaxLineBytes - 1, kMaxLineBytes, kMaxLineBytes + 2,
                                  size_t{5} << 20, size_t{64} << 20}) {
    for (const bool map : {true, false}) {
      SCOPED_TRACE((map ? "mapped, " : "streamed, ") + std::to_string(cell_bytes));
      const Lines lines = ReadBlocks(path, WithCells(cell_bytes, map), false);
      ASSERT_TRUE(lines.text == expected);
      ASSERT_TRUE(lines.cells == content);
    }
  }
}

TEST(BlockTest, RandomContentIsTheSameFromAPipeWithWritesOfAnySize) {
  std::mt19937_64 random(2026);
  for (int round = 0; round < 30; ++round) {
    std::string content;
    const size_t size = random() % 60'000;
    const uint64_t line_bytes = 1 + random() % 300;
    while (content.size() < size) content += random() % line_bytes == 0 ? '\n' : static_cast<char>('a' + random() % 26);
    const size_t most_written = 1 + random() % 5000;
    PipeWriter writer([&content, most_written, round](int out) {
      std::mt19937_64 sizes(round);
      for (size_t begin = 0; begin < content.size();) {
        const size_t length = std::min(content.size() - begin, 1 + sizes() % most_written);
        WriteAll(out, std::string_view(content).substr(begin, length));
        begin += length;
      }
    });
    const SourceSettings settings = WithCells(1 + random() % 3000, false);
    const std::unique_ptr<Source> source = OpenStream(writer.TakeReadEnd(), settings);
    if (round % 2 == 0) source->Sample();
    const Lines lines = ReadLines(*source, settings.cell_bytes);
    ASSERT_EQ(lines.text, ExpectedLines(content)) << "round " << round;
    ASSERT_EQ(lines.cells, content);
  }
}

TEST(BlockTest, TheSampleIsTheSameFromAnySourceAndConsumesNothing) {
  TempDir dir;
  std::string many_lines, huge_lines;
  for (int i = 0; i < 3000; ++i) many_lines += "line " + std::to_string(i) + "\n";
  for (int i = 0; i < 7; ++i) huge_lines += std::string(1'000'000, 'a' + i) + "\n";
  const size_t thousand_lines = many_lines.find("line 1000\n");
  const std::string few_lines = "one\ntwo\nthree";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {many_lines, many_lines.substr(0, thousand_lines)},
      {huge_lines, huge_lines.substr(0, kSampleBytes)},
      {huge_lines.substr(0, kSampleBytes), huge_lines.substr(0, kSampleBytes)},
      {few_lines, few_lines},
      {"", ""}};
  for (const auto& [content, sample] : cases) {
    const std::string path = dir.Write("log", content);
    for (const size_t cell_bytes : {size_t{64}, size_t{1} << 20, size_t{8} << 20}) {
      for (const bool map : {true, false}) {
        const SourceSettings settings = WithCells(cell_bytes, map);
        StatusOr<std::unique_ptr<Source>> source = OpenSource(path, settings);
        ASSERT_TRUE(source.ok());
        EXPECT_TRUE((*source)->Sample() == sample) << content.size() << " bytes, cells of " << cell_bytes;
        EXPECT_TRUE((*source)->Sample() == sample) << "a second time";
        EXPECT_TRUE(ReadLines(**source, cell_bytes).cells == content);
      }
      PipeWriter writer([&content = content](int out) { WriteAll(out, content); });
      const std::unique_ptr<Source> source = OpenStream(writer.TakeReadEnd(), WithCells(cell_bytes, false));
      EXPECT_TRUE(source->Sample() == sample);
      EXPECT_TRUE(ReadLines(*source, cell_bytes).cells == content);
    }
  }
}

}  // namespace
}  // namespace logstat
