#include <gtest/gtest.h>

#include "src/detect/nesting.h"
#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

// Lines of other people, so that no host does nothing but redirect.
void AddReaders(Log& log) {
  for (int i = 0; i < 100; ++i) log.Add(kNoon - 100 + i, "198.51.100.7", fmt::format("GET /page{} HTTP/1.1", i), 200);
}

void AddHops(Log& log, int hops, int64_t start, int64_t gap, int different, std::string_view client = "203.0.113.9") {
  for (int i = 0; i < hops; ++i) {
    log.Add(start + i * gap, client, fmt::format("GET /hop{}?n=1 HTTP/1.1", i % different), 302, 0,
            "https://www.example.org/start");
  }
}

std::vector<Finding> FoundRuns(const Log& log) { return OfRule(Find(log.text()), "redirect-run"); }

TEST(RedirectRunsTest, SixInCirclesAreALoop) {
  Log log;
  AddReaders(log);
  AddHops(log, 6, kNoon, 1, 2);
  const auto found = FoundRuns(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "cycle");
  EXPECT_EQ(found[0].entity, "/hop0");
  EXPECT_EQ(found[0].entity_kind, EntityKind::kPath);
  EXPECT_EQ(found[0].severity, Severity::kMedium);
  EXPECT_EQ(found[0].count, 6u);
  EXPECT_EQ(FactOf(found[0], "longest_run"), "6");
  EXPECT_EQ(FactOf(found[0], "start_page"), "https://www.example.org/start");
  EXPECT_EQ(FactOf(found[0], "hops"), "/hop0?n=1 > /hop1?n=1 > /hop0?n=1 > /hop1?n=1 > /hop0?n=1 > /hop1?n=1");
}

TEST(RedirectRunsTest, FiveAreAsManyAsTheDocumentAllows) {
  Log log;
  AddReaders(log);
  AddHops(log, 5, kNoon, 1, 1);
  EXPECT_TRUE(FoundRuns(log).empty());
}

TEST(RedirectRunsTest, TwentyAreHigh) {
  Log log;
  AddReaders(log);
  AddHops(log, 19, kNoon, 0, 1);
  AddHops(log, 20, kNoon + 600, 0, 1, "203.0.113.10");
  const auto found = FoundRuns(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kHigh);
  EXPECT_EQ(found[0].count, 39u);
  EXPECT_EQ(FactOf(found[0], "clients"), "2");
}

TEST(RedirectRunsTest, OverTheEndOfAMinute) {
  for (int before = 1; before <= 5; ++before) {
    Log log;
    AddReaders(log);
    AddHops(log, 6, kNoon + 60 - 2 * before, 2, 1);
    EXPECT_EQ(FoundRuns(log).size(), 1u) << before;
  }
}

TEST(RedirectRunsTest, SlowHopsAreNoRun) {
  Log log;
  AddReaders(log);
  AddHops(log, 30, kNoon, 3, 1);
  EXPECT_TRUE(FoundRuns(log).empty());
}

TEST(RedirectRunsTest, AnotherAnswerInBetweenEndsTheRun) {
  Log log;
  AddReaders(log);
  for (int i = 0; i < 30; ++i) {
    AddHops(log, 5, kNoon + i, 0, 1);
    log.Add(kNoon + i, "203.0.113.9", "GET /welcome HTTP/1.1", 200);
  }
  EXPECT_TRUE(FoundRuns(log).empty());
}

TEST(RedirectRunsTest, StaticFilesAndOtherAgentsInBetweenDoNot) {
  Log log;
  AddReaders(log);
  for (int i = 0; i < 6; ++i) {
    AddHops(log, 1, kNoon + i, 0, 1);
    log.Add(kNoon + i, "203.0.113.9", "GET /logo.png HTTP/1.1", 200);
    log.Add(kNoon + i, "203.0.113.9", "GET /other HTTP/1.1", 200, 512, "-", "curl/8.0");
  }
  EXPECT_EQ(FoundRuns(log).size(), 1u);
}

TEST(RedirectRunsTest, RevalidatedAssetsAreNoRun) {
  Log log;
  AddReaders(log);
  for (int i = 0; i < 12; ++i) log.Add(kNoon, "203.0.113.9", "GET /page HTTP/1.1", 304, 0);
  EXPECT_TRUE(FoundRuns(log).empty());
}

TEST(RedirectRunsTest, ALongRunWithoutACircleIsInfo) {
  Log log;
  AddReaders(log);
  AddHops(log, 8, kNoon, 1, 8);
  const auto found = FoundRuns(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "long");
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[0].entity, "203.0.113.9");
}

TEST(RedirectRunsTest, PostsThatAreSentAwayAreNoFollowing) {
  Log log;
  AddReaders(log);
  for (int i = 0; i < 30; ++i) log.Add(kNoon + i, "203.0.113.9", "POST /login HTTP/1.1", 302);
  EXPECT_TRUE(FoundRuns(log).empty());
}

TEST(RedirectRunsTest, APostThatKeepsItsMethodIs) {
  Log log;
  AddReaders(log);
  for (int i = 0; i < 6; ++i) log.Add(kNoon + i, "203.0.113.9", "POST /login HTTP/1.1", 308);
  EXPECT_EQ(FoundRuns(log).size(), 1u);
}

TEST(RedirectRunsTest, AGrowingAddressIsABlackHole) {
  Log log;
  AddReaders(log);
  std::string path = "/a";
  for (int i = 0; i < 6; ++i) {
    log.Add(kNoon + i, "203.0.113.9", fmt::format("GET {} HTTP/1.1", path), 301);
    path = "/shop" + path;
  }
  const auto found = FoundRuns(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "growth");
  EXPECT_EQ(found[0].entity, "/a");
}

TEST(RedirectRunsTest, AHostThatOnlyRedirectsIsSilent) {
  Log log;
  for (int i = 0; i < 3000; ++i) {
    log.Add(kNoon + i / 10, fmt::format("203.0.113.{}", i / 30), fmt::format("GET /p{} HTTP/1.1", i), 301, 178);
  }
  EXPECT_TRUE(FoundRuns(log).empty());
}

TEST(RedirectRunsTest, ButALoopOnItIsNot) {
  Log log;
  for (int i = 0; i < 300; ++i) log.Add(kNoon + i, "198.51.100.1", fmt::format("GET /p{} HTTP/1.1", i), 301, 178);
  AddHops(log, 6, kNoon + 400, 1, 1);
  const auto found = FoundRuns(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "cycle");
}

TEST(NestingTest, CountsWhatComesAgain) {
  EXPECT_EQ(NestingDepth("/"), 0u);
  EXPECT_EQ(NestingDepth("/a/b/c"), 1u);
  EXPECT_EQ(NestingDepth("/shop/shop/shop/a"), 3u);
  EXPECT_EQ(NestingDepth("/login?next=/login%3Fnext%3D%252Flogin"), 3u);
  EXPECT_EQ(NestingDepth("%"), 1u);
  EXPECT_EQ(NestingDepth("/a%2"), 1u);
}

TEST(RedirectRunsTest, ALoopOfManyClientsCountsThemAll) {
  Log log;
  AddReaders(log);
  for (int client = 0; client < 500; ++client) {
    AddHops(log, 6, kNoon + client * 3, 0, 1, fmt::format("203.0.{}.{}", 100 + client / 250, client % 250));
  }
  const auto found = FoundRuns(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(FactOf(found[0], "clients"), "500");
  EXPECT_NE(found[0].sentence.find(" 500 clients "), std::string::npos) << found[0].sentence;
}

}  // namespace
}  // namespace logstat
