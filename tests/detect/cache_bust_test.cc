#include <gtest/gtest.h>

#include <string>

#include "src/catalog/random_targets.h"
#include "tests/detect/find.h"
#include "tests/detect/site.h"

namespace logstat {
namespace {

using Strings = std::vector<std::string>;

Log Ask(int requests, std::string_view path, int status = 200, int64_t step = 0) {
  Log log;
  for (int i = 0; i < requests; ++i) {
    log.Add(kNoon + i * step, "203.0.113.9", fmt::format("GET {}{} HTTP/1.1", path, 84'729'000 + i * 37), status, 500);
  }
  return log;
}

TEST(CacheBustTest, ThirtyOneRandomQueriesAtOnce) {
  const Findings findings = FindAttacks(Ask(31, "/?").text());
  ASSERT_EQ(Ids(findings), Strings{"cache-bust"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kMedium);
  EXPECT_EQ(findings.rows[0].count, 31u);
}

TEST(CacheBustTest, ThirtyAreNot) { EXPECT_TRUE(Ids(FindAttacks(Ask(30, "/?").text())).empty()); }

TEST(CacheBustTest, OneASecondIsNot) { EXPECT_TRUE(Ids(FindAttacks(Ask(300, "/?", 200, 1).text())).empty()); }

TEST(CacheBustTest, VersionsOfStaticFilesAreNot) {
  EXPECT_TRUE(Ids(FindAttacks(Ask(60, "/site.css?").text())).empty());
}

TEST(CacheBustTest, ANamedParameterIsNot) { EXPECT_TRUE(Ids(FindAttacks(Ask(60, "/feed?_=").text())).empty()); }

TEST(CacheBustTest, RandomNames) {
  EXPECT_TRUE(HasRandomName("/a7Xk02"));
  EXPECT_TRUE(HasRandomName("/img/9zzzzz"));
  EXPECT_FALSE(HasRandomName("/backup"));
  EXPECT_FALSE(HasRandomName("/123456"));
  EXPECT_FALSE(HasRandomName("/a7Xk021"));
  Log log;
  for (int i = 0; i < 31; ++i) {
    log.Add(kNoon, "203.0.113.9", fmt::format("GET /x/a{}k{} HTTP/1.1", 10 + i, 50 + i), 503, 300);
  }
  EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"cache-bust"});
}

}  // namespace
}  // namespace logstat
