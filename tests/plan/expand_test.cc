#include "src/plan/expand.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Paths(const InputList& list) {
  std::vector<std::string> paths;
  for (const PlannedInput& input : list.inputs) paths.push_back(input.path);
  return paths;
}

TEST(ExpandTest, ADirectoryStandsForItsFilesSortedByBytesWithoutHiddenOnesAndSubdirectories) {
  TempDir dir;
  for (const char* name : {"b.log", "a.log", "B.log", ".hidden", "a.log.1", "\xc3\xa4.log"}) dir.Write(name, "x\n");
  std::filesystem::create_directory(dir.Path("old"));
  const InputList list = ExpandInputs({dir.path()});
  EXPECT_THAT(Paths(list), ElementsAre(dir.Path("B.log"), dir.Path("a.log"), dir.Path("a.log.1"), dir.Path("b.log"),
                                       dir.Path("\xc3\xa4.log")));
  for (const PlannedInput& input : list.inputs) {
    EXPECT_TRUE(input.from_directory);
    EXPECT_EQ(input.error, "");
    EXPECT_FALSE(input.copy_of.has_value());
  }
  EXPECT_THAT(list.warnings, IsEmpty());
}

TEST(ExpandTest, ASlashAfterTheDirectoryIsNotDoubled) {
  TempDir dir;
  dir.Write("a.log", "x\n");
  EXPECT_THAT(Paths(ExpandInputs({dir.path() + "/"})), ElementsAre(dir.Path("a.log")));
}

TEST(ExpandTest, LinksToFilesAreFollowedAndDanglingOnesAndLinksToDirectoriesAndFifosLeftOut) {
  TempDir dir, elsewhere;
  std::filesystem::create_symlink(elsewhere.Write("real.log", "x\n"), dir.Path("link.log"));
  std::filesystem::create_symlink(dir.Path("nowhere"), dir.Path("dangling.log"));
  std::filesystem::create_symlink(elsewhere.path(), dir.Path("link-to-directory"));
  ASSERT_EQ(mkfifo(dir.Path("fifo").c_str(), 0600), 0);
  EXPECT_THAT(Paths(ExpandInputs({dir.path()})), ElementsAre(dir.Path("link.log")));
}

TEST(ExpandTest, AnEmptyDirectoryIsAnErrorThatSaysWhatIsLeftOut) {
  TempDir dir;
  dir.Write(".hidden", "x\n");
  const InputList list = ExpandInputs({dir.path()});
  ASSERT_EQ(list.inputs.size(), 1u);
  EXPECT_EQ(list.inputs[0].path, dir.path());
  EXPECT_THAT(list.inputs[0].error, HasSubstr("hidden"));
}

TEST(ExpandTest, StandardInputComesFirstAndTheRestByBytes) {
  TempDir dir;
  const std::string plus = dir.Write("+.log", "x\n"), upper = dir.Write("Z.log", "y\n");
  EXPECT_THAT(Paths(ExpandInputs({upper, plus, "-"})), ElementsAre("-", plus, upper));
}

TEST(ExpandTest, WhatDoesNotExistStaysForOpeningToReport) {
  const InputList list = ExpandInputs({"/nowhere/access.log", "/nowhere/*.log", ""});
  EXPECT_THAT(Paths(list), ElementsAre("", "/nowhere/*.log", "/nowhere/access.log"));
  for (const PlannedInput& input : list.inputs) {
    EXPECT_EQ(input.error, "");
    EXPECT_FALSE(input.copy_of.has_value());
  }
}

TEST(ExpandTest, TheSameFileIsReadOnceUnderTheLowestPathInAnyOrderOfArguments) {
  TempDir dir;
  const std::string middle = dir.Write("m.log", "x\n");
  const std::string low = dir.Path("a-hard.log"), high = dir.Path("z-soft.log");
  std::filesystem::create_hard_link(middle, low);
  std::filesystem::create_symlink(middle, high);
  std::vector<std::string> arguments = {low, middle, high};
  do {
    const InputList list = ExpandInputs(arguments);
    EXPECT_THAT(Paths(list), ElementsAre(low, middle, high));
    EXPECT_EQ(list.inputs[0].copy_of, std::nullopt);
    EXPECT_EQ(list.inputs[1].copy_of, 0u);
    EXPECT_EQ(list.inputs[2].copy_of, 0u);
    EXPECT_THAT(list.warnings, ElementsAre(middle + ": the same file as " + low + ", read once",
                                           high + ": the same file as " + low + ", read once"));
  } while (std::next_permutation(arguments.begin(), arguments.end()));
}

TEST(ExpandTest, AFileThatIsNamedAndFoundCountsAsNamedEvenIfItsFirstPathWasFound) {
  TempDir dir, elsewhere;
  const std::string found = dir.Write("a.log", "x\n");
  EXPECT_FALSE(ExpandInputs({dir.path(), found}).inputs[0].from_directory);

  const std::string named = elsewhere.Path("link.log");
  std::filesystem::create_symlink(found, named);
  const InputList list = ExpandInputs({named, dir.path()});
  ASSERT_EQ(list.inputs.size(), 2u);
  EXPECT_FALSE(list.inputs[0].from_directory);
  EXPECT_EQ(list.inputs[1].copy_of, 0u);
}

TEST(ExpandTest, EqualContentInTwoFilesIsNotACopy) {
  TempDir dir;
  const InputList list = ExpandInputs({dir.Write("a.log", "x\n"), dir.Write("b.log", "x\n")});
  EXPECT_FALSE(list.inputs[1].copy_of.has_value());
}

TEST(ExpandTest, StandardInputThatIsANamedFileIsReadOnce) {
  TempDir dir;
  const std::string path = dir.Write("a.log", "x\n");
  const int saved = dup(STDIN_FILENO), file = open(path.c_str(), O_RDONLY);
  dup2(file, STDIN_FILENO);
  const InputList list = ExpandInputs({path, "-"});
  dup2(saved, STDIN_FILENO);
  close(file);
  close(saved);
  EXPECT_THAT(Paths(list), ElementsAre("-", path));
  EXPECT_EQ(list.inputs[1].copy_of, 0u);
}

TEST(ExpandTest, APatternThatNoShellExpandedStandsForItsMatches) {
  TempDir dir;
  dir.Write("access.log", "x\n");
  dir.Write("access.log.1", "y\n");
  dir.Write("error.log", "z\n");
  const InputList list = ExpandInputs({dir.Path("access*")});
  EXPECT_THAT(Paths(list), ElementsAre(dir.Path("access.log"), dir.Path("access.log.1")));
  EXPECT_FALSE(list.inputs[0].from_directory);
}

TEST(ExpandTest, AFileWhoseNameLooksLikeAPatternIsThatFile) {
  TempDir dir;
  dir.Write("a.log", "x\n");
  const std::string odd = dir.Write("[a].log", "y\n");
  EXPECT_THAT(Paths(ExpandInputs({odd})), ElementsAre(odd));
}

TEST(ExpandTest, DanglingLinksThatMatchEachOtherAsPatternsEnd) {
  TempDir dir;
  std::filesystem::create_symlink("nowhere", dir.Path("*1"));
  std::filesystem::create_symlink("nowhere", dir.Path("?1"));
  EXPECT_THAT(Paths(ExpandInputs({dir.Path("*1")})), ElementsAre(dir.Path("*1"), dir.Path("?1")));
}

}  // namespace
}  // namespace logstat
