#include "src/input/mapped_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "tests/input/lines.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

const size_t kPage = static_cast<size_t>(sysconf(_SC_PAGESIZE));

std::unique_ptr<MappedSource> Map(const std::string& path, size_t cell_bytes, bool guarded = false) {
  Descriptor descriptor(open(path.c_str(), O_RDONLY));
  SourceSettings settings;
  settings.cell_bytes = cell_bytes;
  settings.guard_mapped_files = guarded;
  return MappedSource::Open(descriptor, std::filesystem::file_size(path), settings);
}

TEST(MappedSourceTest, BytesBehindTheFileAreReadableForEverySizeAroundPagesAndLargePages) {
  TempDir dir;
  for (const size_t around : {kPage, 2 * kPage, 16 * kPage, size_t{2} << 20}) {
    for (const int beside : {-65, -64, -63, -1, 0, 1, 63, 64, 65}) {
      const size_t size = around + beside;
      const std::string content(size, 'x');
      const auto source = Map(dir.Write("log", content), kPage);
      ASSERT_NE(source, nullptr);
      EXPECT_TRUE(ReadLines(*source, kPage).cells == content) << size;  // it reads 64 bytes behind every block
    }
  }
}

TEST(MappedSourceTest, TheMappingStartsAtALargePage) {
  TempDir dir;
  const auto source = Map(dir.Write("log", std::string(3 * kPage, 'x')), kPage);
  const Block block = **source->Next();
  EXPECT_EQ(reinterpret_cast<uintptr_t>(block.bytes) % (size_t{2} << 20), 0u);
}

TEST(MappedSourceTest, BlocksReachAsFarAsTheLongestLine) {
  TempDir dir;
  const size_t size = 3 * kMaxLineBytes;
  const auto source = Map(dir.Write("log", std::string(size, 'x')), kMaxLineBytes / 2);
  Block block = **source->Next();
  EXPECT_EQ(block.readable_bytes, kMaxLineBytes / 2 + kMaxLineBytes + 2);
  EXPECT_FALSE(block.ends_input);
  for (int i = 1; i < 6; ++i) block = **source->Next();
  EXPECT_EQ(block.readable_bytes, kMaxLineBytes / 2);
  EXPECT_TRUE(block.ends_input);
  EXPECT_FALSE((*source->Next()).has_value());
  EXPECT_FALSE((*source->Next()).has_value());
}

TEST(MappedSourceTest, BlocksOutliveTheSourceAndTheFile) {
  TempDir dir;
  const std::string path = dir.Write("log", "one\ntwo\n");
  auto source = Map(path, 4, true);
  const Block first = **source->Next();
  source.reset();
  std::filesystem::remove(path);
  EXPECT_EQ(std::string(first.bytes, first.bytes + first.readable_bytes), "one\ntwo\n");
}

// Detection reads the lines of a sample a hundred times, and counts on finding those that it has found before.
TEST(MappedSourceTest, ASampleStaysAsItWasWhenItsFileIsTruncated) {
  TempDir dir;
  const std::string path = dir.Write("log", "one\ntwo\n");
  const auto source = Map(path, 1 << 20, true);
  const std::string_view sample = source->Sample();
  std::filesystem::resize_file(path, 0);
  EXPECT_EQ(sample, "one\ntwo\n");
  EXPECT_EQ(source->Sample(), "one\ntwo\n");
}

TEST(MappedSourceTest, WhatIsAppendedAfterOpeningIsNotRead) {
  TempDir dir;
  const std::string path = dir.Write("log", "one\ntwo");
  const auto source = Map(path, 1 << 20);
  const int out = open(path.c_str(), O_WRONLY | O_APPEND);
  ASSERT_EQ(write(out, " and more\n", 10), 10);
  close(out);
  EXPECT_EQ(ReadLines(*source, 1 << 20).cells, "one\ntwo");
  EXPECT_EQ(source->IntactBytes(), 7u);
}

TEST(MappedSourceTest, IntactBytesFollowAFileThatShrinksInsideItsLastPageWithoutAnySignal) {
  TempDir dir;
  const std::string path = dir.Write("log", std::string(100, 'x'));
  const auto source = Map(path, 1 << 20);  // no guard: this page stays, its end reads as zeros
  EXPECT_EQ(source->IntactBytes(), 100u);
  std::filesystem::resize_file(path, 40);
  EXPECT_EQ(source->IntactBytes(), 40u);
  const std::string cells = ReadLines(*source, 1 << 20).cells;
  EXPECT_EQ(cells, std::string(40, 'x') + std::string(60, '\0'));
}

TEST(MappedSourceTest, AFileThatCannotBeMappedIsLeftToTheCaller) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  Descriptor descriptor(ends[0]);
  EXPECT_EQ(MappedSource::Open(descriptor, 100, {}), nullptr);
  EXPECT_EQ(descriptor.get(), ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace logstat
