// The rules that are one row of the machine each: neg-fail, retry-storm, method-fit.
#include <gtest/gtest.h>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

std::vector<Finding> Times(int times, int64_t apart, std::string_view request, int status, std::string_view id) {
  Log log;
  for (int i = 0; i < times; ++i) log.Add(3600 + i * apart, "203.0.113.9", request, status);
  return OfRule(Find(log.text()), id);
}

TEST(RepeatsTest, TwentyFailedNegotiations) {
  EXPECT_TRUE(Times(19, 1, "GET /a HTTP/1.1", 406, "neg-fail").empty());
  EXPECT_TRUE(Times(20, 190, "GET /a HTTP/1.1", 406, "neg-fail").empty());
  const auto found = Times(20, 189, "GET /a HTTP/1.1", 406, "neg-fail");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].entity, "/a");
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[0].count, 20u);
}

TEST(RepeatsTest, TenQuickRetriesAfter503) {
  EXPECT_TRUE(Times(9, 1, "GET /a HTTP/1.1", 503, "retry-storm").empty());
  EXPECT_TRUE(Times(10, 7, "GET /a HTTP/1.1", 503, "retry-storm").empty());
  const auto found = Times(10, 6, "GET /a HTTP/1.1", 503, "retry-storm");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].entity, "203.0.113.9");
  EXPECT_EQ(found[0].severity, Severity::kLow);
}

TEST(RepeatsTest, AHealthCheckEveryTenSecondsIsNoStorm) {
  EXPECT_TRUE(Times(300, 10, "GET /health HTTP/1.1", 503, "retry-storm").empty());
}

TEST(RepeatsTest, CreatedByAMethodThatCreatesNothing) {
  for (const std::string_view method : {"GET", "HEAD", "DELETE"}) {
    const auto found = Times(1, 1, fmt::format("{} /a HTTP/1.1", method), 201, "method-fit");
    ASSERT_EQ(found.size(), 1u) << method;
    EXPECT_EQ(found[0].verdict, "created");
    EXPECT_EQ(found[0].entity, "/a");
    EXPECT_EQ(found[0].severity, Severity::kLow);
  }
  for (const std::string_view method : {"POST", "PUT", "PATCH"}) {
    EXPECT_TRUE(Times(9, 1, fmt::format("{} /a HTTP/1.1", method), 201, "method-fit").empty()) << method;
  }
}

TEST(RepeatsTest, PartialAnswersToWhatIsNotGet) {
  EXPECT_EQ(Times(1, 1, "POST /a HTTP/1.1", 206, "method-fit").size(), 1u);
  EXPECT_TRUE(Times(9, 1, "GET /a HTTP/1.1", 206, "method-fit").empty());
  EXPECT_TRUE(Times(9, 1, "HEAD /a HTTP/1.1", 206, "method-fit").empty());
}

}  // namespace
}  // namespace logstat
