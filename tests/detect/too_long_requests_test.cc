#include <gtest/gtest.h>

#include <string>

#include "tests/detect/find.h"

namespace logstat {
namespace {

constexpr int64_t kTen = 36000;
const char kPerson[] =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

// As nginx logs what its buffer of 8 KiB held: no protocol, no referrer, no agent.
void AddRefused(Log& log, int64_t second, std::string_view client, std::string line, int status = 414) {
  log.Add(second, client, line.substr(0, 8192), status, 177, "-", "-");
}

std::string FormLine() {
  std::string line = "GET /search?name=anna";
  for (int i = 0; line.size() < 8192; ++i) line += fmt::format("&field{}=some+value+{}", i % 9, i);
  return line;
}

const Finding* FindFlood(const Findings& findings) { return FindId(findings, "414-flood"); }

TEST(TooLongRequestsTest, AFormThatSendsByGetFromAPageOfTheSite) {
  Log log;
  log.Add(kTen, "203.0.113.9", "GET /orders/new HTTP/1.1", 200, 9000, "-", kPerson);
  for (int i = 0; i < 5; ++i) AddRefused(log, kTen + 10 + i * 12, "203.0.113.9", FormLine());
  const Findings findings = Find(log.text());
  const Finding* finding = FindFlood(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "form-get");
  EXPECT_EQ(finding->severity, Severity::kLow);
  EXPECT_EQ(finding->count, 5u);
  EXPECT_EQ(finding->entity, "203.0.113.9");
  EXPECT_EQ(finding->code, 414);
}

TEST(TooLongRequestsTest, FourAreNoFlood) {
  Log log;
  for (int i = 0; i < 4; ++i) AddRefused(log, kTen + i, "203.0.113.9", FormLine());
  EXPECT_EQ(FindFlood(Find(log.text())), nullptr);
}

TEST(TooLongRequestsTest, FiveThatTakeMoreThanTheWindowAreNoFlood) {
  Log log;
  for (int i = 0; i < 5; ++i) AddRefused(log, kTen + i * 16, "203.0.113.9", FormLine());
  EXPECT_EQ(FindFlood(Find(log.text())), nullptr);
}

TEST(TooLongRequestsTest, TheSameFormFromThreeClientsNeedsNoPage) {
  Log log;
  for (int i = 0; i < 15; ++i) AddRefused(log, kTen + i, fmt::format("203.0.113.{}", i % 3), FormLine());
  const Findings findings = Find(log.text());
  const Finding* finding = FindFlood(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "form-get");
}

TEST(TooLongRequestsTest, ARedirectThatCopiesTheUriIntoItself) {
  Log log;
  std::string target = "/login?next=/cart";
  int64_t second = kTen;
  while (target.size() < 8000) {
    log.Add(second++, "203.0.113.9", "GET " + target + " HTTP/1.1", 302, 0, "-", kPerson);
    target = "/login?next=" + target + target.substr(0, 600);
  }
  for (int i = 0; i < 5; ++i) AddRefused(log, second + i, "203.0.113.9", "GET " + target + target);
  const Findings findings = Find(log.text());
  const Finding* finding = FindFlood(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "black-hole");
  EXPECT_EQ(finding->severity, Severity::kMedium);
}

TEST(TooLongRequestsTest, ANestedParameterIsABlackHoleWithoutAnyRedirectInTheLog) {
  Log log;
  std::string line = "GET /go?u=";
  while (line.size() < 8192) line += "%2Fgo%3Fu%3D%252Fgo%253Fu%253D%25252Fgo%25253Fu%25253D";
  for (int i = 0; i < 6; ++i) AddRefused(log, kTen + i, "203.0.113.9", line);
  const Findings findings = Find(log.text());
  ASSERT_NE(FindFlood(findings), nullptr);
  EXPECT_EQ(FindFlood(findings)->verdict, "black-hole");
}

TEST(TooLongRequestsTest, AFillPatternIsAnAttackOnABuffer) {
  for (const std::string& line : {"GET /default.ida?" + std::string(9000, 'N') + "%u9090%u6858",
                                  "GET /cgi-bin/a?x=" + std::string(9000, 'A'), "GET /" + std::string(9000, 'A')}) {
    Log log;
    for (int i = 0; i < 5; ++i) AddRefused(log, kTen + i, "203.0.113.9", line);
    const Findings findings = Find(log.text());
    ASSERT_NE(FindFlood(findings), nullptr) << line.substr(0, 30);
    EXPECT_EQ(FindFlood(findings)->verdict, "exploit") << line.substr(0, 30);
    EXPECT_EQ(FindFlood(findings)->severity, Severity::kHigh);
  }
}

TEST(TooLongRequestsTest, WithoutAnyMarkTheCauseIsUndetermined) {
  Log log;
  std::string path = "GET /files";
  for (int i = 0; path.size() < 8192; ++i) path += fmt::format("/part-{}", i * 7919 % 1000);
  for (int i = 0; i < 5; ++i) AddRefused(log, kTen + i, "203.0.113.9", path);
  const Findings findings = Find(log.text());
  ASSERT_NE(FindFlood(findings), nullptr);
  EXPECT_EQ(FindFlood(findings)->verdict, "undetermined");
  EXPECT_EQ(FindFlood(findings)->severity, Severity::kMedium);
}

// Whoever fills a parameter with one letter has not filled in a form, whatever page it saw before.
TEST(TooLongRequestsTest, AFilledParameterIsNoForm) {
  Log log;
  log.Add(kTen - 5, "203.0.113.9", "GET /login HTTP/1.1", 200);
  for (int i = 0; i < 5; ++i) AddRefused(log, kTen + i, "203.0.113.9", "GET /login?user=" + std::string(8176, 'a'));
  const Findings findings = Find(log.text());
  ASSERT_NE(FindFlood(findings), nullptr);
  EXPECT_EQ(FindFlood(findings)->verdict, "exploit");
}

// A missing page makes an attacker of who sends such a thing, a missing icon does not: every browser asks for it.
TEST(TooLongRequestsTest, OnlyBrokenRequestsOfItsOwnSpeakAgainstAClient) {
  for (const bool is_icon : {true, false}) {
    Log log;
    log.Add(kTen - 5, "203.0.113.9", is_icon ? "GET /favicon.ico HTTP/1.1" : "GET /cgi-bin/a HTTP/1.1", 404);
    std::string path = "GET /files";
    for (int i = 0; path.size() < 8192; ++i) path += fmt::format("/part-{}", i * 7919 % 1000);
    for (int i = 0; i < 5; ++i) AddRefused(log, kTen + i, "203.0.113.9", path);
    const Findings findings = Find(log.text());
    ASSERT_NE(FindFlood(findings), nullptr);
    EXPECT_EQ(FindFlood(findings)->verdict, is_icon ? "undetermined" : "exploit");
  }
}

TEST(TooLongRequestsTest, ManyClientsWithFewEachAreAFindingAboutTheSite) {
  Log log;
  for (int i = 0; i < 20; ++i) AddRefused(log, kTen + i, fmt::format("203.0.113.{}", i), FormLine());
  const Findings findings = Find(log.text());
  const Finding* finding = FindFlood(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->entity_kind, EntityKind::kSite);
  EXPECT_EQ(finding->threshold, 20u);
}

TEST(TooLongRequestsTest, TheCodesAreAnOption) {
  Log log;
  for (int i = 0; i < 5; ++i) AddRefused(log, kTen + i, "203.0.113.9", FormLine(), 400);
  EXPECT_EQ(FindFlood(Find(log.text())), nullptr);
  Options options;
  options.too_long_codes = {400};
  const Findings findings = Find(log.text(), options);
  ASSERT_NE(FindFlood(findings), nullptr);
  EXPECT_EQ(FindFlood(findings)->code, 400);
}

TEST(TooLongRequestsTest, TheCodeIsTheOneThatCameMost) {
  Log log;
  for (int i = 0; i < 9; ++i) AddRefused(log, kTen + i, "203.0.113.9", FormLine(), i < 3 ? 414 : 431);
  const Findings findings = Find(log.text());
  ASSERT_NE(FindFlood(findings), nullptr);
  EXPECT_EQ(FindFlood(findings)->code, 431);
}

TEST(TooLongRequestsTest, ALongUriThatWasServedIsAWarning) {
  Log log;
  log.Add(kTen, "203.0.113.9", "GET /search?q=" + std::string(7600, 'x') + " HTTP/1.1", 200, 9000, "-", kPerson);
  const Findings findings = Find(log.text());
  ASSERT_NE(FindFlood(findings), nullptr);
  EXPECT_EQ(FindFlood(findings)->verdict, "near-limit");
  EXPECT_EQ(FindFlood(findings)->severity, Severity::kInfo);
}

}  // namespace
}  // namespace logstat
