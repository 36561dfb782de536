#include <gtest/gtest.h>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

// Enough answers without a body to know that the byte count is the body's.
void AddEmpty(Log& log) {
  for (int i = 0; i < 20; ++i) log.Add(3000 + i, "198.51.100.1", "GET /page HTTP/1.1", 304, 0);
}

std::vector<Finding> FoundOne(std::string_view request, int status, int64_t bytes, int times = 1) {
  Log log;
  AddEmpty(log);
  for (int i = 0; i < times; ++i) log.Add(3600 + i, "203.0.113.9", request, status, bytes);
  return OfRule(Find(log.text()), "body-rule");
}

TEST(BodyRulesTest, OneBodyWhereNoneMayBe) {
  struct Row {
    std::string_view request;
    int status;
    int64_t bytes;
    std::string_view verdict;
  };
  for (const Row& row :
       {Row{"POST /a HTTP/1.1", 204, 1, "body-of-204"}, Row{"GET /a HTTP/1.1", 304, 7, "body-of-304"},
        Row{"HEAD /a HTTP/1.1", 200, 90, "body-of-head"}, Row{"HEAD /a HTTP/1.1", 404, 90, "body-of-head"},
        Row{"POST /a HTTP/1.1", 205, 6, "body-of-205"}}) {
    const auto found = FoundOne(row.request, row.status, row.bytes);
    ASSERT_EQ(found.size(), 1u) << row.verdict;
    EXPECT_EQ(found[0].verdict, row.verdict);
    EXPECT_EQ(found[0].severity, Severity::kLow);
    EXPECT_EQ(found[0].count, 1u);
    EXPECT_EQ(FactOf(found[0], "most_bytes"), std::to_string(row.bytes));
  }
}

TEST(BodyRulesTest, WhatIsAsItShouldBe) {
  EXPECT_TRUE(FoundOne("POST /a HTTP/1.1", 204, 0).empty());
  EXPECT_TRUE(FoundOne("POST /a HTTP/1.1", 205, 5).empty());
  EXPECT_TRUE(FoundOne("HEAD /a HTTP/1.1", 200, 0).empty());
  EXPECT_TRUE(FoundOne("GET /a HTTP/1.1", 300, 99).empty());
}

TEST(BodyRulesTest, AnAnswerThatTheMethodCannotHave) {
  for (const std::string_view begin : {"GET", "POST", "PUT"}) {
    const bool is_get = begin == "GET";
    const auto found = FoundOne(fmt::format("{} /a HTTP/1.1", begin), is_get ? 205 : 304, 0);
    ASSERT_EQ(found.size(), 1u) << begin;
    EXPECT_EQ(found[0].verdict, is_get ? "205-to-get" : "304-to-method");
    EXPECT_EQ(found[0].severity, Severity::kLow);
    EXPECT_EQ(found[0].count, 1u);
  }
  EXPECT_TRUE(FoundOne("POST /a HTTP/1.1", 205, 0).empty());
  EXPECT_TRUE(FoundOne("HEAD /a HTTP/1.1", 304, 0).empty());
  EXPECT_TRUE(FoundOne("-", 304, 0).empty());
}

TEST(BodyRulesTest, TheMethodsAnswerNeedsNoKnownBytes) {
  Log log;
  log.Add(3000, "198.51.100.1", "GET /form HTTP/1.1", 205, 190);
  const auto found = OfRule(Find(log.text()), "body-rule");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "205-to-get");
}

TEST(BodyRulesTest, ChoicesWithoutAList) {
  const auto found = FoundOne("GET /a HTTP/1.1", 300, 0);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(BodyRulesTest, ErrorsThatDoNotExplainThemselves) {
  EXPECT_TRUE(FoundOne("GET /a HTTP/1.1", 404, 0, 19).empty());
  const auto found = FoundOne("GET /a HTTP/1.1", 404, 0, 20);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "no-body-of-404");
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[0].count, 20u);
  EXPECT_TRUE(FoundOne("GET /a HTTP/1.1", 404, 153, 40).empty());
  EXPECT_TRUE(FoundOne("GET /a HTTP/1.1", 499, 0, 40).empty());
  EXPECT_TRUE(FoundOne("HEAD /a HTTP/1.1", 404, 0, 40).empty());
}

TEST(BodyRulesTest, WhereBytesIncludeHeadersNothingIsSaid) {
  Log log;
  for (int i = 0; i < 20; ++i) log.Add(3000 + i, "198.51.100.1", "GET /page HTTP/1.1", 304, 191);
  EXPECT_TRUE(OfRule(Find(log.text()), "body-rule").empty());
}

TEST(BodyRulesTest, WhereTheMeaningIsUnknownNothingIsSaid) {
  Log log;
  log.Add(3000, "198.51.100.1", "POST /page HTTP/1.1", 204, 7);
  EXPECT_TRUE(OfRule(Find(log.text()), "body-rule").empty());
}

}  // namespace
}  // namespace logstat
