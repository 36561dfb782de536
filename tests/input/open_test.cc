#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "src/input/source.h"
#include "tests/input/compress.h"
#include "tests/input/lines.h"
#include "tests/input/pipe_writer.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

// Standard input replaced for the length of a test.
class StandardInput {
 public:
  explicit StandardInput(int descriptor) : saved_(dup(STDIN_FILENO)) { dup2(descriptor, STDIN_FILENO); }
  ~StandardInput() {
    dup2(saved_, STDIN_FILENO);
    close(saved_);
  }

 private:
  int saved_;
};

std::string ErrorOf(const std::string& path) {
  const StatusOr<std::unique_ptr<Source>> source = OpenSource(path, {});
  return source.ok() ? "none" : Message(source.status());
}

TEST(OpenSourceTest, FilesAreMappedFromTheLimitOn) {
  TempDir dir;
  SourceSettings settings;
  settings.map_from_bytes = 100;
  for (const size_t size : {0, 99, 100, 101}) {
    const auto source = OpenSource(dir.Write("log", std::string(size, 'x')), settings);
    ASSERT_TRUE(source.ok());
    EXPECT_EQ((*source)->mapped(), size >= 100) << size;
    EXPECT_EQ((*source)->KnownSize(), size);
  }
}

TEST(OpenSourceTest, WhatIsBehindTheMostBytesIsNotRead) {
  TempDir dir;
  const std::string content = "one\ntwo\nthree\n";
  const std::string plain = dir.Write("a.log", content);
  const std::string archive = dir.Write("a.gz", Gzip(content));
  for (const std::string& path : {plain, archive}) {
    for (const uint64_t map_from : {uint64_t{1}, UINT64_MAX}) {
      for (size_t most = 1; most <= content.size() + 1; ++most) {
        SourceSettings settings;
        settings.cell_bytes = 5;
        settings.map_from_bytes = map_from;
        settings.most_bytes = most;
        const auto source = OpenSource(path, settings);
        ASSERT_TRUE(source.ok());
        const std::string expected = content.substr(0, most);
        EXPECT_EQ((*source)->Sample(), expected) << path << " " << map_from;
        const Lines lines = ReadLines(**source, settings.cell_bytes);
        EXPECT_TRUE(lines.error.ok());
        EXPECT_EQ(lines.text, ExpectedLines(expected)) << path << " " << map_from << " " << most;
      }
    }
  }
}

TEST(OpenSourceTest, AnEmptyFileIsNeverMappedAndHasNoBlocks) {
  TempDir dir;
  SourceSettings settings;
  settings.map_from_bytes = 0;
  const auto source = OpenSource(dir.Write("log", ""), settings);
  ASSERT_TRUE(source.ok());
  EXPECT_FALSE((*source)->mapped());
  EXPECT_EQ((*source)->Sample(), "");
  EXPECT_EQ(ReadLines(**source, settings.cell_bytes).blocks, 0u);
}

TEST(OpenSourceTest, ErrorsSayWhatIsWrongWithoutThePath) {
  TempDir dir;
  EXPECT_EQ(ErrorOf(dir.Path("missing")), "cannot open: No such file or directory");
  EXPECT_EQ(ErrorOf(""), "cannot open: No such file or directory");
  EXPECT_EQ(ErrorOf(dir.path()), "is a directory");
  EXPECT_EQ(ErrorOf(dir.Write("file", "x") + "/log"), "cannot open: Not a directory");
  if (geteuid() != 0) {
    const std::string secret = dir.Write("secret", "x");
    chmod(secret.c_str(), 0);
    EXPECT_EQ(ErrorOf(secret), "cannot open: Permission denied");
  }
}

TEST(OpenSourceTest, AFifoIsAStream) {
  TempDir dir;
  const std::string path = dir.Path("fifo");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  std::thread writer([&path] {
    const int out = open(path.c_str(), O_WRONLY);
    WriteAll(out, "one\ntwo\n");
    close(out);
  });
  SourceSettings settings;
  settings.map_from_bytes = 0;
  const auto source = OpenSource(path, settings);
  ASSERT_TRUE(source.ok());
  EXPECT_FALSE((*source)->mapped());
  EXPECT_EQ((*source)->KnownSize(), std::nullopt);
  EXPECT_EQ((*source)->IntactBytes(), UINT64_MAX);
  EXPECT_EQ(ReadLines(**source, settings.cell_bytes).cells, "one\ntwo\n");
  writer.join();
}

TEST(OpenSourceTest, ADescriptorOfAPipeUnderDevFdIsAStream) {
  PipeWriter writer([](int out) { WriteAll(out, "one\ntwo\n"); });
  const int in = writer.TakeReadEnd();
  const auto source = OpenSource("/dev/fd/" + std::to_string(in), {});
  ASSERT_TRUE(source.ok());
  EXPECT_EQ(ReadLines(**source, SourceSettings().cell_bytes).cells, "one\ntwo\n");
  close(in);
}

TEST(OpenSourceTest, ACharacterDeviceIsAStream) {
  const auto source = OpenSource("/dev/null", {});
  ASSERT_TRUE(source.ok());
  EXPECT_FALSE((*source)->mapped());
  EXPECT_EQ(ReadLines(**source, SourceSettings().cell_bytes).blocks, 0u);
}

TEST(OpenSourceTest, AFileOfTheKernelThatReportsNoSizeIsReadToItsEnd) {
  const auto source = OpenSource("/proc/self/status", {});
  ASSERT_TRUE(source.ok());
  EXPECT_NE(ReadLines(**source, SourceSettings().cell_bytes).cells.find("Name:"), std::string::npos);
}

TEST(OpenSourceTest, StandardInputThatIsAFileIsMappedAndNotClosed) {
  TempDir dir;
  const std::string content = "one\ntwo\n";
  const int file = open(dir.Write("log", content).c_str(), O_RDONLY);
  const StandardInput replaced(file);
  SourceSettings settings;
  settings.map_from_bytes = 1;
  {
    const auto source = OpenSource("-", settings);
    ASSERT_TRUE(source.ok());
    EXPECT_TRUE((*source)->mapped());
    EXPECT_EQ(ReadLines(**source, settings.cell_bytes).cells, content);
  }
  EXPECT_EQ(fcntl(STDIN_FILENO, F_GETFD) == -1, false);
  close(file);
}

TEST(OpenSourceTest, StandardInputThatWasReadInPartGoesOnFromThere) {
  TempDir dir;
  const int file = open(dir.Write("log", "header\none\ntwo\n").c_str(), O_RDONLY);
  lseek(file, 7, SEEK_SET);
  const StandardInput replaced(file);
  SourceSettings settings;
  settings.map_from_bytes = 1;
  const auto source = OpenSource("-", settings);
  ASSERT_TRUE(source.ok());
  EXPECT_FALSE((*source)->mapped());
  EXPECT_EQ((*source)->KnownSize(), 8u);
  EXPECT_EQ(ReadLines(**source, settings.cell_bytes).cells, "one\ntwo\n");
  close(file);
}

TEST(OpenSourceTest, StandardInputThatIsClosedIsAnError) {
  const int saved = dup(STDIN_FILENO);
  close(STDIN_FILENO);
  const std::string error = ErrorOf("-");
  dup2(saved, STDIN_FILENO);
  close(saved);
  EXPECT_EQ(error, "cannot open: Bad file descriptor");
}

}  // namespace
}  // namespace logstat
