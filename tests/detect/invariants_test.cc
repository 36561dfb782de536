// What must not change a finding: threads, cell sizes, the order of files, a log dealt out over several, small
// disorder, another week, other names of clients, and what other clients do.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/detect/find.h"

namespace logstat {
namespace {

struct Entry {
  int64_t second;
  std::string client;
  std::string request;
  int status;
  int64_t bytes;
};

// Two hours of a site with a flood of 414 and 421, timeouts, and a crowd that is served. Seeded.
std::vector<Entry> MakeDay() {
  std::mt19937 random(20261122);
  std::vector<Entry> day;
  for (int i = 0; i < 6000; ++i) {
    const int visitor = static_cast<int>(random() % 200);
    day.push_back({36000 + i, fmt::format("198.51.100.{}", visitor), fmt::format("GET /p/{} HTTP/1.1", random() % 40),
                   200, static_cast<int64_t>(4000 + random() % 900)});
  }
  for (int i = 0; i < 40; ++i) {
    std::string line = "GET /search?name=x";
    while (line.size() < 8192) line += fmt::format("&field{}=value", i % 7);
    day.push_back({37000 + i * 3, "203.0.113.7", line.substr(0, 8192), 414, 177});
    day.push_back({38000 + i * 2, "203.0.113.8", "GET /p/1 HTTP/1.1", 421, 156});
    day.push_back({39000 + i, "203.0.113.9", "-", 408, 0});
  }
  std::stable_sort(day.begin(), day.end(), [](const Entry& a, const Entry& b) { return a.second < b.second; });
  return day;
}

std::string Text(const std::vector<Entry>& entries, int64_t shift = 0) {
  Log log;
  for (const Entry& entry : entries) {
    log.Add(entry.second + shift, entry.client, entry.request, entry.status, entry.bytes);
  }
  return log.text();
}

// Everything of findings that does not name files, lines and times.
std::vector<std::string> Essence(const Findings& findings) {
  std::vector<std::string> all;
  for (const Finding& finding : findings.rows) {
    std::string line = fmt::format("{} {} {} {} {} {}", finding.id, SeverityName(finding.severity), finding.verdict,
                                   finding.entity, finding.count, finding.last_time - finding.first_time);
    for (const EvidenceFact& fact : finding.facts) line += fmt::format(" {}={}", fact.name, fact.value);
    all.push_back(line);
  }
  return all;
}

// And these too.
std::vector<std::string> Whole(const Findings& findings) {
  std::vector<std::string> all = Essence(findings);
  for (const Finding& finding : findings.rows) {
    std::string line = fmt::format("{} {}", finding.first_time, finding.last_time);
    for (const LineSample& sample : finding.samples)
      line += fmt::format(" {}:{}:{}", sample.line, sample.offset, sample.text);
    all.push_back(line);
  }
  return all;
}

class InvariantsTest : public testing::Test {
 protected:
  const std::vector<Entry> day_ = MakeDay();
  const Findings expected_ = Find(Text(day_));
};

TEST_F(InvariantsTest, ThereIsSomethingToCompare) {
  std::vector<std::string> ids = Ids(expected_);
  for (const char* id : {"414-flood", "421-conn-limit", "slow-request"}) {
    EXPECT_NE(std::find(ids.begin(), ids.end(), id), ids.end()) << id;
  }
}

TEST_F(InvariantsTest, ThreadsAndCells) {
  for (const unsigned threads : {1u, 2u, 7u, 64u}) {
    for (const size_t cell : {size_t{700}, size_t{4096}, size_t{100'000}, size_t{1} << 20}) {
      Options options;
      options.threads = threads;
      options.tuning.cell_bytes = cell;
      EXPECT_EQ(Whole(Find(Text(day_), options)), Whole(expected_)) << threads << " threads, cells of " << cell;
    }
  }
}

TEST_F(InvariantsTest, OneLogDealtOverThreeFiles) {
  std::vector<std::vector<Entry>> hands(3);
  for (size_t i = 0; i < day_.size(); ++i) hands[i % 3].push_back(day_[i]);
  for (const unsigned threads : {1u, 4u}) {
    Options options;
    options.threads = threads;
    options.tuning.cell_bytes = 5000;
    EXPECT_EQ(Essence(Find({Text(hands[0]), Text(hands[1]), Text(hands[2])}, options)), Essence(expected_));
    EXPECT_EQ(Essence(Find({Text(hands[2]), Text(hands[0]), Text(hands[1])}, options)), Essence(expected_));
  }
}

TEST_F(InvariantsTest, RotatedFilesInTheOrderOfAShell) {
  const auto third = static_cast<std::ptrdiff_t>(day_.size() / 3);
  const std::vector<Entry> first(day_.begin(), day_.begin() + third);
  const std::vector<Entry> second(day_.begin() + third, day_.begin() + 2 * third);
  const std::vector<Entry> last(day_.begin() + 2 * third, day_.end());
  EXPECT_EQ(Essence(Find({Text(last), Text(second), Text(first)})), Essence(expected_));
}

TEST_F(InvariantsTest, LinesShuffledWithinAMinute) {
  std::mt19937 random(7);
  std::vector<std::pair<int64_t, size_t>> order;
  for (size_t i = 0; i < day_.size(); ++i) order.emplace_back(day_[i].second + static_cast<int64_t>(random() % 60), i);
  std::sort(order.begin(), order.end());
  std::vector<Entry> shuffled;
  for (const auto& [when, i] : order) shuffled.push_back(day_[i]);
  EXPECT_EQ(Essence(Find(Text(shuffled))), Essence(expected_));
}

TEST_F(InvariantsTest, AnotherDay) { EXPECT_EQ(Essence(Find(Text(day_, 5 * 86400))), Essence(expected_)); }

TEST_F(InvariantsTest, WhatOtherClientsDoRemovesNoFindingAboutOne) {
  std::vector<Entry> more = day_;
  for (int i = 0; i < 3000; ++i)
    more.push_back({36500 + i, fmt::format("192.0.2.{}", i % 250), "GET /q HTTP/1.1", 200, 900});
  std::stable_sort(more.begin(), more.end(), [](const Entry& a, const Entry& b) { return a.second < b.second; });
  const Findings found = Find(Text(more));
  for (const Finding& expected : expected_.rows) {
    if (expected.entity_kind != EntityKind::kClient) continue;
    EXPECT_TRUE(std::any_of(found.rows.begin(), found.rows.end(), [&](const Finding& finding) {
      return finding.id == expected.id && finding.entity == expected.entity && finding.count == expected.count;
    })) << expected.id;
  }
}

TEST_F(InvariantsTest, SamplesReadAgainAreTheSameText) {
  const std::string text = Text(day_);
  for (const Finding& finding : expected_.rows) {
    for (const LineSample& sample : finding.samples) {
      EXPECT_EQ(text.substr(sample.offset, sample.text.size()), sample.text);
      EXPECT_EQ(static_cast<uint64_t>(
                    std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(sample.offset), '\n')) +
                    1,
                sample.line);
    }
  }
}

}  // namespace
}  // namespace logstat
