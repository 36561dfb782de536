#include "src/input/file_mark.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

class FileMarkTest : public testing::Test {
 protected:
  bool IsStillThereNow() const { return IsStillThere(mark_, MarkFile(path_)); }

  TempDir dir_;
  const std::string path_ = dir_.Write("a.log", "one\ntwo\n");
  const FileMark mark_ = MarkFile(path_);
};

TEST_F(FileMarkTest, AFileThatNobodyTouched) {
  EXPECT_TRUE(mark_.is_regular);
  EXPECT_TRUE(IsStillThereNow());
}

TEST_F(FileMarkTest, AFileThatGrew) {
  std::ofstream(path_, std::ios::app) << "three\n";
  EXPECT_TRUE(IsStillThereNow());
}

TEST_F(FileMarkTest, AFileThatWasCut) {
  std::filesystem::resize_file(path_, 4);
  EXPECT_FALSE(IsStillThereNow());
}

TEST_F(FileMarkTest, AFileOfTheSameSizeThatWasWritten) {
  std::filesystem::last_write_time(path_, std::filesystem::last_write_time(path_) + std::chrono::seconds(1));
  EXPECT_FALSE(IsStillThereNow());
}

TEST_F(FileMarkTest, AnotherFileInItsPlace) {
  std::filesystem::rename(path_, dir_.Path("a.log.1"));
  EXPECT_FALSE(IsStillThereNow()) << "none";
  dir_.Write("a.log", "one\ntwo\nthree\n");
  EXPECT_FALSE(IsStillThereNow());
}

TEST_F(FileMarkTest, WhatIsNoFile) {
  const std::string fifo = dir_.Path("fifo");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  for (const std::string& path : {fifo, dir_.path(), std::string("/dev/null"), dir_.Path("nothing")}) {
    EXPECT_FALSE(MarkFile(path).is_regular) << path;
    EXPECT_FALSE(IsStillThere(MarkFile(path), MarkFile(path))) << path;
  }
}

TEST_F(FileMarkTest, APathNeedsNoRewinding) { EXPECT_TRUE(Rewind(path_, mark_)); }

}  // namespace
}  // namespace logstat
