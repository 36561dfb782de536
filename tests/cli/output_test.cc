#include "src/cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace logstat {
namespace {

using testing::HasSubstr;

class OutputTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "/outputXXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  std::string Path(const std::string& name) const { return root_ / name; }
  std::string Read(const std::string& name) const {
    std::ifstream file(root_ / name);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
  size_t Files() const { return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(root_), {})); }
  void Put(const std::string& name, const std::string& text) { std::ofstream(root_ / name) << text; }

  std::filesystem::path root_;
};

TEST_F(OutputTest, AppearsOnlyWhenFinished) {
  Put("r.txt", "old");
  StatusOr<Output> output = Output::Open(Path("r.txt"));
  ASSERT_TRUE(output.ok());
  output->Write("new ");
  output->Write("report");
  EXPECT_EQ(Read("r.txt"), "old");
  EXPECT_TRUE(output->Finish().ok());
  EXPECT_EQ(Read("r.txt"), "new report");
  EXPECT_EQ(Files(), 1u);
}
TEST_F(OutputTest, AbandonedLeavesTheOldFileAndNothingElse) {
  Put("r.txt", "old");
  {
    StatusOr<Output> output = Output::Open(Path("r.txt"));
    ASSERT_TRUE(output.ok());
    output->Write("half");
    EXPECT_EQ(Files(), 2u);
  }
  EXPECT_EQ(Read("r.txt"), "old");
  EXPECT_EQ(Files(), 1u);
}
TEST_F(OutputTest, TemporaryFileIsHidden) {
  StatusOr<Output> output = Output::Open(Path("r.txt"));
  ASSERT_TRUE(output.ok());
  EXPECT_EQ(std::filesystem::directory_iterator(root_)->path().filename().string().substr(0, 7), ".r.txt.");
}
TEST_F(OutputTest, KeepsTheModeOfTheOldFile) {
  Put("r.txt", "old");
  ASSERT_EQ(chmod(Path("r.txt").c_str(), 0640), 0);
  ASSERT_TRUE(Output::Open(Path("r.txt"))->Finish().ok());
  struct stat info;
  ASSERT_EQ(stat(Path("r.txt").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0640u);
}
TEST_F(OutputTest, NewFileFollowsUmask) {
  mode_t before = umask(027);
  ASSERT_TRUE(Output::Open(Path("r.txt"))->Finish().ok());
  umask(before);
  struct stat info;
  ASSERT_EQ(stat(Path("r.txt").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0640u);
}
TEST_F(OutputTest, SymbolicLinkStays) {
  std::filesystem::create_directory(root_ / "real");
  Put("real/r.txt", "old");
  std::filesystem::create_symlink("real/r.txt", root_ / "link.txt");
  StatusOr<Output> output = Output::Open(Path("link.txt"));
  ASSERT_TRUE(output.ok());
  output->Write("new");
  ASSERT_TRUE(output->Finish().ok());
  EXPECT_TRUE(std::filesystem::is_symlink(root_ / "link.txt"));
  EXPECT_EQ(Read("real/r.txt"), "new");
}
TEST_F(OutputTest, DeviceIsWrittenInPlace) {
  StatusOr<Output> output = Output::Open("/dev/null");
  ASSERT_TRUE(output.ok());
  output->Write("x");
  EXPECT_TRUE(output->Finish().ok());
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}
TEST_F(OutputTest, FullDeviceNamesThePath) {
  StatusOr<Output> output = Output::Open("/dev/full");
  ASSERT_TRUE(output.ok());
  output->Write("x");
  EXPECT_THAT(Message(output->Finish()), HasSubstr("/dev/full: cannot write: No space left on device"));
}
TEST_F(OutputTest, DirectoryAndMissingDirectoryFailAtOpening) {
  EXPECT_THAT(Message(Output::Open(root_).status()), HasSubstr("Is a directory"));
  EXPECT_THAT(Message(Output::Open(Path("no/r.txt")).status()), HasSubstr("no/r.txt: cannot write"));
}

}  // namespace
}  // namespace logstat
