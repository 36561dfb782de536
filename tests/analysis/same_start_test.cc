#include "src/analysis/same_start.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/analysis/run_log.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string LogOf(size_t bytes) {
  std::string log;
  for (int i = 0; log.size() < bytes; ++i) {
    log += "192.0.2.1 - - [22/Nov/2026:13:00:00 +0000] \"GET /" + std::to_string(i) + " HTTP/1.1\" 200 5\n";
  }
  return log;
}

class SameStartTest : public testing::Test {
 protected:
  std::vector<std::string> Warnings(const std::string& a, const std::string& b) {
    Options options;
    options.inputs = {dir_.Write("a.log", a), dir_.Write("b.log", b)};
    return RunAnalysis(options).warnings;
  }

  TempDir dir_;
};

TEST_F(SameStartTest, ShortFilesOfTheSameContent) {
  EXPECT_THAT(Warnings(LogOf(100), LogOf(100)),
              ElementsAre(AllOf(HasSubstr("b.log: the same content as "), HasSubstr("a.log; if"))));
  EXPECT_THAT(Warnings(LogOf(9000), LogOf(9000)), ElementsAre(HasSubstr("the same content")));
}

TEST_F(SameStartTest, AShortFileThatTheOtherOneBeginsWithIsNoCopy) {
  EXPECT_THAT(Warnings(LogOf(100), LogOf(200)), IsEmpty());
  EXPECT_THAT(Warnings(LogOf(9000), LogOf(10'000)), IsEmpty());
}

TEST_F(SameStartTest, TheFirstMiBIsLookedAtAndNotMore) {
  const std::string start = LogOf(size_t{1} << 20);
  EXPECT_THAT(Warnings(start + LogOf(100), start), ElementsAre(HasSubstr("the same first MiB")));
  std::string other = start;
  other[(size_t{1} << 20) - 100] ^= 1;
  EXPECT_THAT(Warnings(start, other), IsEmpty());
}

TEST_F(SameStartTest, EmptyFilesAndThoseThatAreNoLogsAreNoCopies) {
  EXPECT_THAT(Warnings("", ""), IsEmpty());
  dir_.Write("x", "no log\n");
  dir_.Write("y", "no log\n");
  Options options;
  options.inputs = {dir_.path()};
  EXPECT_THAT(RunAnalysis(options).warnings, IsEmpty());
}

TEST_F(SameStartTest, EachFurtherCopyNamesTheFirst) {
  Options options;
  for (const char* name : {"c.log", "a.log", "b.log"}) options.inputs.push_back(dir_.Write(name, LogOf(100)));
  EXPECT_THAT(RunAnalysis(options).warnings, ElementsAre(AllOf(HasSubstr("b.log: "), HasSubstr("a.log;")),
                                                         AllOf(HasSubstr("c.log: "), HasSubstr("a.log;"))));
}

}  // namespace
}  // namespace logstat
