#include "src/cli/options.h"

#include <initializer_list>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace logstat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

StatusOr<CliOptions> Parse(std::initializer_list<const char*> words) {
  std::vector<const char*> argv = {"logstat"};
  argv.insert(argv.end(), words);
  return ParseCommandLine(static_cast<int>(argv.size()), argv.data());
}

std::string Refusal(std::initializer_list<const char*> words) {
  StatusOr<CliOptions> options = Parse(words);
  return options.ok() ? "" : Message(options.status());
}

TEST(ParseCommandLine, OutputDoesNotSwallowTheLog) {
  StatusOr<CliOptions> options = Parse({"-o", "json", "access.log"});
  ASSERT_TRUE(options.ok());
  EXPECT_THAT(options->operands, ElementsAre("access.log"));
  ASSERT_EQ(options->outputs.size(), 1u);
  EXPECT_EQ(options->outputs[0].kind, OutputKind::kJson);
}
TEST(ParseCommandLine, TimingDoesNotSwallowTheLog) {
  StatusOr<CliOptions> options = Parse({"--timing", "access.log"});
  ASSERT_TRUE(options.ok());
  EXPECT_THAT(options->operands, ElementsAre("access.log"));
  EXPECT_EQ(options->timing_path, "");
  EXPECT_EQ(Parse({"--timing=t.json", "access.log"})->timing_path, "t.json");
  EXPECT_EQ(Parse({"access.log"})->timing_path, std::nullopt);
}
TEST(ParseCommandLine, EmptyValueDoesNotSwallowTheLog) {
  EXPECT_THAT(Refusal({"--sections=", "access.log"}), HasSubstr("--sections needs a value"));
}
TEST(ParseCommandLine, FileNameInBrackets) {
  EXPECT_THAT(Parse({"[a,b]", "[c].log"})->operands, ElementsAre("[a,b]", "[c].log"));
}
TEST(ParseCommandLine, OptionsBetweenAndBehindFiles) {
  StatusOr<CliOptions> options = Parse({"a.log", "-j", "2", "b.log", "--top=5", "-"});
  ASSERT_TRUE(options.ok());
  EXPECT_THAT(options->operands, ElementsAre("a.log", "b.log", "-"));
  EXPECT_EQ(options->analysis.threads, 2u);
  EXPECT_EQ(options->analysis.top, 5u);
}
TEST(ParseCommandLine, EverythingBehindTwoDashesIsAFile) {
  EXPECT_THAT(Parse({"--", "-j", "--top"})->operands, ElementsAre("-j", "--top"));
}
TEST(ParseCommandLine, SubcommandOnlyAsFirstArgument) {
  EXPECT_EQ(Parse({"explain", "404"})->command, Command::kExplain);
  EXPECT_EQ(Parse({"./explain"})->command, Command::kAnalyze);
  StatusOr<CliOptions> options = Parse({"-j", "2", "explain"});
  EXPECT_EQ(options->command, Command::kAnalyze);
  EXPECT_THAT(options->operands, ElementsAre("explain"));
}
TEST(ParseCommandLine, MainOptionsAfterASubcommandAreAccepted) {
  EXPECT_THAT(Parse({"explain", "404", "-j", "2", "--top", "3"})->operands, ElementsAre("404"));
}
TEST(ParseCommandLine, RunsBelongsToBench) {
  EXPECT_EQ(Parse({"bench", "a.log", "--runs", "3"})->bench_runs, 3u);
  EXPECT_THAT(Refusal({"a.log", "--runs", "3"}), HasSubstr("unknown option '--runs'"));
}
TEST(ParseCommandLine, LastOfARepeatedOptionCounts) {
  EXPECT_EQ(Parse({"--top", "1", "--top", "0"})->analysis.top, 0u);
}
TEST(ParseCommandLine, NoOutputIsTextToStandardOutput) {
  StatusOr<CliOptions> options = Parse({});
  ASSERT_EQ(options->outputs.size(), 1u);
  EXPECT_EQ(options->outputs[0].kind, OutputKind::kText);
  EXPECT_THAT(options->outputs[0].path, IsEmpty());
}
TEST(ParseCommandLine, OutputsMayRepeatButNotCollide) {
  EXPECT_EQ(Parse({"-o", "json", "-o", "text=a.txt", "-o", "b.json"})->outputs.size(), 3u);
  EXPECT_THAT(Refusal({"-o", "json", "-o", "text"}), HasSubstr("standard output"));
  EXPECT_THAT(Refusal({"-o", "json=a.txt", "-o", "a.txt"}), HasSubstr("'a.txt'"));
}
TEST(ParseCommandLine, OptionsOfOtherReleasesAreUnknown) {
  for (const char* option : {"--state", "--dry-run", "--state-info"}) {
    EXPECT_THAT(Refusal({option, "x"}), HasSubstr("unknown option")) << option;
  }
}
TEST(ParseCommandLine, RelativeTimesCountBackFromNow) {
  const Options options =
      Parse({"--now", "2026-11-22T13:00", "--since", "2h", "--until", "30m", "--tz", "Europe/Berlin"})->analysis;
  constexpr TimeMs kNow = 1'795'348'800'000;  // 12:00 UTC
  EXPECT_EQ(options.since, kNow - 2 * 3'600'000);
  EXPECT_EQ(options.until, kNow - 1'800'000);
  EXPECT_THAT(Refusal({"--now", "2h"}), HasSubstr("--now: '2h' is not a time"));
  EXPECT_THAT(Refusal({"--since", "later"}), HasSubstr("--since: 'later' is not a time"));
}
TEST(ParseCommandLine, TrustedProxiesRepeatAndDoNotTakeTheLog) {
  const StatusOr<CliOptions> options =
      Parse({"--client", "xff", "--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "192.0.2.1", "a.log"});
  EXPECT_THAT(options->analysis.trusted_proxies, ElementsAre("10.0.0.0/8", "192.0.2.1"));
  EXPECT_THAT(options->operands, ElementsAre("a.log"));
}
TEST(ParseCommandLine, MissingValue) {
  EXPECT_THAT(Refusal({"a.log", "--top"}), HasSubstr("--top needs a value"));
  EXPECT_THAT(Refusal({"a.log", "-o"}), HasSubstr("-o needs a value"));
}
TEST(ParseCommandLine, ValueForAFlag) {
  EXPECT_THAT(Refusal({"--full=yes", "a.log"}), HasSubstr("--full takes no value"));
}
TEST(ParseCommandLine, EmptyArgument) { EXPECT_THAT(Refusal({""}), HasSubstr("empty argument")); }
TEST(ParseCommandLine, QuietAndVerboseExcludeEachOther) {
  EXPECT_THAT(Refusal({"-qv", "a.log"}), HasSubstr("-q and -v"));
}
TEST(ParseCommandLine, HelpWinsOverMissingOperands) {
  EXPECT_EQ(Parse({"explain", "--help"})->command, Command::kPrint);
  EXPECT_THAT(Parse({"bench", "-h"})->text, HasSubstr("--runs"));
}
TEST(ParseCommandLine, HelpFitsInto80Columns) {
  for (auto words :
       {std::vector<const char*>{"logstat", "-h"}, {"logstat", "bench", "-h"}, {"logstat", "detect", "-h"}}) {
    std::string text = ParseCommandLine(static_cast<int>(words.size()), words.data())->text;
    for (size_t start = 0; start < text.size();) {
      size_t end = text.find('\n', start);
      ASSERT_NE(end, std::string::npos);
      EXPECT_LE(end - start, 80u) << text.substr(start, end - start);
      start = end + 1;
    }
  }
}

}  // namespace
}  // namespace logstat
