// What must not change a finding of any rule: threads, cell sizes, the order of files, a log dealt out over several,
// small disorder, another week, other names of clients, and what other clients do. The log is that of the harness
// (campaign_log.h), with a campaign for each rule.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/status_codes.h"
#include "src/detect/registry.h"
#include "tests/detect/campaign_log.h"
#include "tests/detect/essence.h"
#include "tests/detect/find.h"
#include "tests/detect/score.h"

namespace logstat {
namespace {

// "GET /a" is worth reading in a failed test, two lists of a hundred lines are not.
std::string FirstDifference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string_view left = i < a.size() ? std::string_view(a[i]) : "nothing";
    const std::string_view right = i < b.size() ? std::string_view(b[i]) : "nothing";
    if (left != right) return fmt::format("{}\nand not\n{}", left.substr(0, 1500), right.substr(0, 1500));
  }
  return "";
}

class InvariantsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    log_ = new WovenLog(MakeCampaignLog({.seed = 7, .rate = 2, .half = 0, .visits = 60}));
    expected_ = new Findings(Find(log_->Text(), WovenOptions()));
  }
  static void TearDownTestSuite() {
    delete log_;
    delete expected_;
  }

  static std::string Text(const std::vector<WovenLine>& lines, int64_t shift = 0) {
    return WovenLog::TextOf(lines, WovenLog::Hosts::kWith, shift);
  }
  static const std::vector<WovenLine>& lines() { return log_->lines(); }
  static const Findings& expected() { return *expected_; }

 private:
  static WovenLog* log_;
  static Findings* expected_;
};
WovenLog* InvariantsTest::log_ = nullptr;
Findings* InvariantsTest::expected_ = nullptr;

TEST_F(InvariantsTest, ThereIsSomethingToCompareOfEveryRule) {
  const std::vector<std::string> ids = Ids(expected());
  for (const DetectorEntry* entry : AllDetectors()) {
    EXPECT_NE(std::find(ids.begin(), ids.end(), entry->rule->id), ids.end()) << entry->rule->id;
  }
}

TEST_F(InvariantsTest, EveryFindingMeansSomething) {
  for (const Finding& finding : expected().rows) {
    EXPECT_TRUE(!finding.meaning.empty() || FindStatusCode(finding.code) != nullptr) << finding.id << finding.verdict;
  }
}

TEST_F(InvariantsTest, ThreadsAndCells) {
  const std::string text = Text(lines());
  for (const unsigned threads : {1u, 2u, 7u, 64u}) {
    for (const size_t cell : {size_t{9973}, size_t{100'000}, size_t{1} << 20}) {
      Options options = WovenOptions();
      options.threads = threads;
      options.tuning.cell_bytes = cell;
      EXPECT_EQ(FirstDifference(Whole(Find(text, options)), Whole(expected())), "")
          << threads << " threads, cells of " << cell;
    }
  }
}

// Which of two lines of one second came first is told by where they stand, so those of a second stay together.
TEST_F(InvariantsTest, OneLogDealtOverThreeFiles) {
  std::vector<std::vector<WovenLine>> hands(3);
  size_t hand = 0;
  for (size_t i = 0; i < lines().size(); ++i) {
    if (i > 0 && lines()[i].second != lines()[i - 1].second) hand = (hand + 1) % 3;
    hands[hand].push_back(lines()[i]);
  }
  for (const unsigned threads : {1u, 4u}) {
    Options options = WovenOptions();
    options.threads = threads;
    options.tuning.cell_bytes = 50'000;
    for (const std::array<size_t, 3>& order : {std::array<size_t, 3>{0, 1, 2}, {2, 0, 1}}) {
      const std::vector<std::string> files = {Text(hands[order[0]]), Text(hands[order[1]]), Text(hands[order[2]])};
      EXPECT_EQ(FirstDifference(Essence(Find(files, options)), Essence(expected())), "");
    }
  }
}

TEST_F(InvariantsTest, RotatedFilesInTheOrderOfAShell) {
  const auto third = static_cast<std::ptrdiff_t>(lines().size() / 3);
  const std::vector<WovenLine> first(lines().begin(), lines().begin() + third);
  const std::vector<WovenLine> second(lines().begin() + third, lines().begin() + 2 * third);
  const std::vector<WovenLine> last(lines().begin() + 2 * third, lines().end());
  EXPECT_EQ(
      FirstDifference(Essence(Find({Text(last), Text(second), Text(first)}, WovenOptions())), Essence(expected())), "");
}

TEST_F(InvariantsTest, LinesShuffledWithinAMinute) {
  EXPECT_EQ(FirstDifference(Essence(Find(Text(Shuffled(lines(), 7)), WovenOptions())), Essence(expected())), "");
}

TEST_F(InvariantsTest, OtherWeeks) {
  for (const int64_t weeks : {-60, 1, 9}) {
    EXPECT_EQ(FirstDifference(Essence(Find(Text(lines(), weeks * 7 * 86'400), WovenOptions())), Essence(expected())),
              "");
  }
}

// Only the names themselves change, in places where a client may be named.
TEST_F(InvariantsTest, OtherNamesOfClients) {
  const auto renamed = [](const std::string& text) {
    std::string other = text;
    for (size_t at = other.find("203."); at != std::string::npos; at = other.find("203.", at + 1)) {
      if (at == 0 || other[at - 1] < '0' || other[at - 1] > '9') other.replace(at, 4, "204.");
    }
    return other;
  };
  std::vector<WovenLine> others = lines();
  for (WovenLine& line : others) line.client = renamed(line.client);
  std::vector<std::string> wanted;
  for (const std::string& text : Essence(expected())) wanted.push_back(renamed(text));
  std::vector<std::string> found = Essence(Find(Text(others), WovenOptions()));
  std::sort(wanted.begin(), wanted.end());
  std::sort(found.begin(), found.end());
  EXPECT_EQ(FirstDifference(found, wanted), "");
}

TEST_F(InvariantsTest, WhatOtherClientsDoRemovesNoFindingAboutOne) {
  WovenLog more;
  for (const WovenLine& line : lines()) more.Add(line);
  for (int i = 0; i < 9000; ++i) {
    WovenLine line;
    line.second = 43'300 + i;
    line.client = fmt::format("192.0.2.{}", i % 250);
    line.request = fmt::format("GET /leaflet/{} HTTP/1.1", i % 30);
    line.bytes = 900 + i % 30;
    more.Add(line);
  }
  const Findings found = Find(more.Text(), WovenOptions());
  for (const Finding& expected : expected().rows) {
    if (expected.entity_kind != EntityKind::kClient) continue;
    EXPECT_TRUE(std::any_of(found.rows.begin(), found.rows.end(), [&](const Finding& finding) {
      return finding.id == expected.id && finding.entity == expected.entity && finding.count == expected.count;
    })) << ToText(expected);
  }
}

TEST_F(InvariantsTest, SamplesReadAgainAreTheSameText) {
  const std::string text = Text(lines());
  std::vector<size_t> begins = {0};
  for (size_t end; (end = text.find('\n', begins.back())) != std::string::npos;) begins.push_back(end + 1);
  for (const Finding& finding : expected().rows) {
    for (const LineSample& sample : finding.samples) {
      EXPECT_EQ(text.substr(sample.offset, sample.text.size()), sample.text);
      EXPECT_EQ(begins.at(sample.line - 1), sample.offset);
    }
  }
}

}  // namespace
}  // namespace logstat
