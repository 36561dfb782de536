#include <gtest/gtest.h>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

std::vector<Finding> FoundHygiene(const Log& log, std::string_view verdict = {}) {
  return OfRule(Find(log.text()), "redirect-hygiene", verdict);
}

// Two lines of one client, and one much later, so that what came between is known.
std::vector<Finding> FoundPair(std::string_view first, int status, std::string_view second, int64_t apart) {
  Log log;
  log.Add(3600, "203.0.113.9", first, status);
  log.Add(3600 + apart, "203.0.113.9", second, 200);
  log.Add(3800, "198.51.100.1", "GET / HTTP/1.1", 200);
  return FoundHygiene(log);
}

TEST(RedirectHygieneTest, APostThat301TurnsIntoAGet) {
  const auto found = FoundPair("POST /form HTTP/1.1", 301, "GET /form/ HTTP/1.1", 5);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "lost-post");
  EXPECT_EQ(found[0].entity, "/form");
  EXPECT_EQ(found[0].severity, Severity::kLow);
  EXPECT_EQ(found[0].count, 1u);
  EXPECT_TRUE(FoundPair("POST /form HTTP/1.1", 301, "GET /form/ HTTP/1.1", 6).empty());
}

TEST(RedirectHygieneTest, AFormThatIsAnswered302Or303IsUsual) {
  EXPECT_TRUE(FoundPair("POST /form HTTP/1.1", 302, "GET /thanks HTTP/1.1", 0).empty());
  EXPECT_TRUE(FoundPair("POST /form HTTP/1.1", 303, "GET /thanks HTTP/1.1", 0).empty());
  EXPECT_TRUE(FoundPair("POST /form HTTP/1.1", 308, "POST /form/ HTTP/1.1", 0).empty());
}

TEST(RedirectHygieneTest, PairsThatDoNotFit) {
  EXPECT_EQ(FoundPair("POST /form HTTP/1.1", 302, "POST /form HTTP/1.1", 2)[0].verdict, "resent");
  EXPECT_TRUE(FoundPair("POST /form HTTP/1.1", 302, "POST /form HTTP/1.1", 3).empty());
  EXPECT_EQ(FoundPair("GET /go HTTP/1.1", 303, "POST /there HTTP/1.1", 1)[0].verdict, "changed-method");
  EXPECT_EQ(FoundPair("POST /go HTTP/1.1", 307, "GET /there HTTP/1.1", 1)[0].verdict, "changed-method");
}

Log Redirects(int times, int status, int followed, std::string_view referrer = "-") {
  Log log;
  for (int i = 0; i < times; ++i) {
    const std::string client = fmt::format("203.0.{}.{}", i / 200, i % 200);
    log.Add(3600 + i * 20, client, "GET /go HTTP/1.1", status, 0, referrer);
    if (i < followed) log.Add(3600 + i * 20 + 60, client, "GET /there HTTP/1.1", 200);
  }
  for (int i = 0; i < times; ++i) log.Add(3600 + times * 20 + i * 5, "198.51.100.1", "GET /page HTTP/1.1", 200);
  return log;
}

TEST(RedirectHygieneTest, RedirectsThatNobodyFollows) {
  EXPECT_TRUE(FoundHygiene(Redirects(99, 302, 0), "unfollowed").empty());
  EXPECT_TRUE(FoundHygiene(Redirects(100, 302, 11), "unfollowed").empty());
  const auto found = FoundHygiene(Redirects(100, 302, 10), "unfollowed");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].entity, "/go");
  EXPECT_EQ(found[0].count, 100u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(RedirectHygieneTest, AHostThatOnlyRedirectsIsSilent) {
  Log log;
  for (int i = 0; i < 500; ++i)
    log.Add(3600 + i * 20, fmt::format("203.0.{}.{}", i / 200, i % 200), "GET / HTTP/1.1", 301);
  EXPECT_TRUE(FoundHygiene(log).empty());
}

TEST(RedirectHygieneTest, OldLinksOfOnePage) {
  EXPECT_TRUE(FoundHygiene(Redirects(99, 301, 99, "https://blog.example/"), "old-links").empty());
  EXPECT_TRUE(FoundHygiene(Redirects(100, 302, 100, "https://blog.example/"), "old-links").empty());
  const auto found = FoundHygiene(Redirects(100, 301, 100, "https://blog.example/"), "old-links");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(FactOf(found[0], "page"), "https://blog.example/");
}

TEST(RedirectHygieneTest, APathThatSays302For30DaysAndNothingElse) {
  const auto days = [](int count, int status_once) {
    std::string log;
    for (int day = 0; day < count; ++day) {
      log += fmt::format("203.0.113.9 - - [{:02}/{}/2026:01:00:00 +0000] \"GET /go HTTP/1.1\" {} 0 \"-\" \"x\"\n",
                         day % 30 + 1, day < 30 ? "Nov" : "Dec", day == 3 ? status_once : 302);
    }
    return OfRule(Find(log), "redirect-hygiene", "eternal");
  };
  EXPECT_EQ(days(31, 302).size(), 1u);
  EXPECT_TRUE(days(30, 302).empty());
  EXPECT_TRUE(days(31, 200).empty());
  EXPECT_TRUE(days(31, 301).empty());
}

TEST(RedirectHygieneTest, TenOldClientsThatDoNotKnow303) {
  const auto clients = [](int count, std::string_view protocol) {
    Log log;
    for (int i = 0; i < count; ++i) {
      log.Add(3600 + i * 20, fmt::format("203.0.113.{}", i), fmt::format("POST /form {}", protocol), 303);
    }
    log.Add(3900, "198.51.100.1", "GET /page HTTP/1.1", 200);
    return FoundHygiene(log, "old-client");
  };
  EXPECT_TRUE(clients(9, "HTTP/1.0").empty());
  EXPECT_EQ(clients(10, "HTTP/1.0").size(), 1u);
  EXPECT_TRUE(clients(10, "HTTP/1.1").empty());
}

}  // namespace
}  // namespace logstat
