#include <gtest/gtest.h>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

Findings FindOne(std::string_view request, int status) {
  Log log;
  log.Add(3600, "203.0.113.9", "GET / HTTP/1.1", 200);
  log.Add(3601, "203.0.113.9", request, status);
  return Find(log.text());
}

TEST(CodeDomainTest, OneInterimAnswerIsEnough) {
  for (const int code : {100, 102, 103, 104}) {
    const auto found = OfRule(FindOne("GET /x HTTP/1.1", code), "code-domain");
    ASSERT_EQ(found.size(), 1u) << code;
    EXPECT_EQ(found[0].verdict, fmt::format("interim-{}", code));
    EXPECT_EQ(found[0].severity, Severity::kLow);
    EXPECT_EQ(found[0].entity_kind, EntityKind::kSite);
    EXPECT_EQ(found[0].count, 1u);
    EXPECT_EQ(found[0].code, code);
    ASSERT_EQ(found[0].samples.size(), 1u);
    EXPECT_EQ(found[0].samples[0].line, 2u);
  }
}

TEST(CodeDomainTest, ReservedCodesAreMedium) {
  for (const auto& [code, verdict] :
       {std::pair(306, "unused-306"), std::pair(506, "negotiation-506"), std::pair(600, "headerless-600")}) {
    const auto found = OfRule(FindOne("GET /x HTTP/1.1", code), "code-domain", verdict);
    ASSERT_EQ(found.size(), 1u) << code;
    EXPECT_EQ(found[0].severity, Severity::kMedium);
  }
}

TEST(CodeDomainTest, NumbersThatAreNoCodes) {
  for (const int code : {699, 777}) {
    const auto found = OfRule(FindOne("GET /x HTTP/1.1", code), "code-domain", fmt::format("outside-{}", code));
    ASSERT_EQ(found.size(), 1u) << code;
    EXPECT_EQ(found[0].severity, Severity::kLow);
  }
}

TEST(CodeDomainTest, WhatIsKnownOrNotSentIsNone) {
  for (const int code : {0, 101, 203, 226, 402, 418, 425, 451, 508, 510, 530, 999}) {
    EXPECT_TRUE(OfRule(FindOne("GET /live HTTP/1.1", code), "code-domain").empty()) << code;
  }
}

TEST(CodeDomainTest, AChangeOfProtocolThatCannotBe) {
  EXPECT_EQ(OfRule(FindOne("POST /live HTTP/1.1", 101), "code-domain", "contradiction-101").size(), 1u);
  EXPECT_EQ(OfRule(FindOne("GET /live HTTP/2.0", 101), "code-domain", "contradiction-101").size(), 1u);
}

TEST(CodeDomainTest, AnErrorAfterContinueIsCounted) {
  Log log;
  log.Add(3600, "203.0.113.9", "POST /up HTTP/1.1", 100);
  log.Add(3660, "203.0.113.9", "POST /up HTTP/1.1", 413);
  const auto found = OfRule(Find(log.text()), "code-domain");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(FactOf(found[0], "refused_after"), "1");
}

TEST(CodeDomainTest, HostsAreKeptApart) {
  const auto line = [](std::string_view host) {
    return fmt::format("{} 203.0.113.9 - - [22/Nov/2026:01:00:00 +0000] \"GET / HTTP/1.1\" 306 12 \"-\" \"x\"\n", host);
  };
  Options options;
  options.format = "vhost_combined";
  const auto found = OfRule(Find(line("a.example:80") + line("b.example:80"), options), "code-domain");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].entity_kind, EntityKind::kHost);
  EXPECT_NE(found[0].entity, found[1].entity);
}

}  // namespace
}  // namespace logstat
