#include <gtest/gtest.h>

#include <string>

#include "tests/detect/find.h"
#include "tests/detect/site.h"

namespace logstat {
namespace {

constexpr int64_t kMorning = 8 * 3600;
constexpr std::string_view kBrowser = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0";

void Refuse(Log& log, int64_t second, std::string_view client, std::string_view user,
            std::string_view path = "/private/") {
  log.Add(second, client, fmt::format("GET {} HTTP/1.1", path), 401, 381, "-", kBrowser, user);
}

void Admit(Log& log, int64_t second, std::string_view client, std::string_view user) {
  log.Add(second, client, "GET /private/ HTTP/1.1", 200, 5120, "-", kBrowser, user);
}

void Post(Log& log, int64_t second, std::string_view client, int status, std::string_view path = "/wp-login.php") {
  log.Add(second, client, fmt::format("POST {} HTTP/1.1", path), status, 4521);
}

TEST(AuthRejectedTest, FiveRefusedPasswordsInTenMinutesAreForce) {
  Log log;
  for (int i = 0; i < 5; ++i) Refuse(log, kMorning + i * 150, "203.0.113.9", "admin");
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  const Finding& finding = findings.rows[0];
  EXPECT_EQ(finding.verdict, "force");
  EXPECT_EQ(finding.entity, "203.0.113.9");
  EXPECT_EQ(finding.count, 5u);
  EXPECT_EQ(finding.severity, Severity::kMedium);
  EXPECT_EQ(finding.code, 401);
  ASSERT_EQ(finding.top_users.size(), 1u);
  EXPECT_EQ(finding.top_users[0].key, "admin");
}

TEST(AuthRejectedTest, FourAreNot) {
  Log log;
  for (int i = 0; i < 4; ++i) Refuse(log, kMorning + i * 5, "203.0.113.9", "admin");
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(AuthRejectedTest, FirstAnswersOfLoginsAreNot) {
  Log log;
  for (int i = 0; i < 40; ++i) {
    Refuse(log, kMorning + i * 10, "203.0.113.9", "-");
    Admit(log, kMorning + i * 10 + 1, "203.0.113.9", "anna");
  }
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(AuthRejectedTest, AStalePasswordWithEveryAssetOfFourPagesCountsFourTimes) {
  Log log;
  for (int page = 0; page < 4; ++page) {
    for (int asset = 0; asset < 12; ++asset) {
      Refuse(log, kMorning + page * 60 + asset / 3, "203.0.113.9", "anna", fmt::format("/private/{}.png", asset));
    }
  }
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(AuthRejectedTest, FastTriesOnOnePathAreNotTakenForAssets) {
  Log log;
  for (int i = 0; i < 30; ++i) Refuse(log, kMorning + i / 2, "203.0.113.9", "admin");
  EXPECT_EQ(Ids(FindAttacks(log.text())), std::vector<std::string>{"auth-rejected"});
}

TEST(AuthRejectedTest, SuccessAfterThirtyTriesIsCriticalAndShown) {
  Log log;
  for (int i = 0; i < 30; ++i) Refuse(log, kMorning + i * 5, "203.0.113.9", "admin");
  Admit(log, kMorning + 160, "203.0.113.9", "admin");
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kCritical);
  ASSERT_FALSE(findings.rows[0].samples.empty());
  EXPECT_EQ(findings.rows[0].samples[0].line, 31u);
}

TEST(AuthRejectedTest, SuccessAfterFewTriesIsAForgetfulUser) {
  Log log;
  for (int i = 0; i < 6; ++i) Refuse(log, kMorning + i * 10, "203.0.113.9", "anna");
  Admit(log, kMorning + 70, "203.0.113.9", "anna");
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kInfo);
}

TEST(AuthRejectedTest, FiveUsersOfOneClientAreASpray) {
  Log log;
  for (int i = 0; i < 5; ++i) Refuse(log, kMorning + i * 100, "203.0.113.9", fmt::format("user{}", i));
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(findings.rows[0].verdict, "spray");
  EXPECT_EQ(findings.rows[0].severity, Severity::kHigh);
  EXPECT_EQ(findings.rows[0].entity_kind, EntityKind::kClient);
}

TEST(AuthRejectedTest, OneUserOfFiveClientsIsASprayOfThatUser) {
  Log log;
  for (int i = 0; i < 5; ++i) Refuse(log, kMorning + i * 100, fmt::format("203.0.113.{}", i + 1), "root");
  Admit(log, kMorning + 420, "203.0.113.5", "root");
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(findings.rows[0].entity_kind, EntityKind::kUser);
  EXPECT_EQ(findings.rows[0].entity, "root");
  EXPECT_EQ(findings.rows[0].severity, Severity::kCritical);
}

TEST(AuthRejectedTest, FourUsersAreNoSpray) {
  Log log;
  for (int i = 0; i < 4; ++i) Refuse(log, kMorning + i * 100, "203.0.113.9", fmt::format("user{}", i));
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(AuthRejectedTest, TenLoginFormsInAMinute) {
  Log log;
  for (int i = 0; i < 10; ++i) Post(log, kMorning + i * 6, "203.0.113.9", 200);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(findings.rows[0].verdict, "form-login");
  EXPECT_EQ(findings.rows[0].severity, Severity::kMedium);
}

TEST(AuthRejectedTest, NineLoginFormsAreNot) {
  Log log;
  for (int i = 0; i < 9; ++i) Post(log, kMorning + i * 6, "203.0.113.9", 200);
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(AuthRejectedTest, ARedirectAfterThirtyLoginFormsIsABreak) {
  Log log;
  for (int i = 0; i < 40; ++i) Post(log, kMorning + i * 2, "203.0.113.9", 200);
  Post(log, kMorning + 90, "203.0.113.9", 302);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kCritical);
  EXPECT_EQ(findings.rows[0].samples[0].line, 41u);
}

TEST(AuthRejectedTest, ALoginServiceThatSucceedsIsNot) {
  Log log;
  for (int i = 0; i < 100; ++i) Post(log, kMorning + i / 4, "203.0.113.9", 200, "/oauth/token");
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(AuthRejectedTest, FiveFormsFromEachOfTenClients) {
  Log log;
  for (int i = 0; i < 50; ++i) Post(log, kMorning + i * 10, fmt::format("198.51.100.{}", i % 10 + 1), 200);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(findings.rows[0].entity_kind, EntityKind::kPath);
  EXPECT_EQ(findings.rows[0].entity, "/wp-login.php");
  EXPECT_EQ(findings.rows[0].count, 50u);
  EXPECT_EQ(findings.rows[0].last_time - findings.rows[0].first_time, 490'000);
  EXPECT_EQ(FactOf(findings.rows[0], "clients"), "10");
}

TEST(AuthRejectedTest, FiveFormsFromEachOfNineClientsAreNot) {
  Log log;
  for (int i = 0; i < 45; ++i) Post(log, kMorning + i * 10, fmt::format("198.51.100.{}", i % 9 + 1), 200);
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(AuthRejectedTest, FiftyRefusalsWithoutAUserAreALowOne) {
  Log log;
  for (int i = 0; i < 50; ++i) log.Add(kMorning + i * 10, "203.0.113.9", "GET /v1/jobs HTTP/1.1", 401, 20);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(findings.rows[0].verdict, "token");
  EXPECT_EQ(findings.rows[0].severity, Severity::kLow);
}

TEST(AuthRejectedTest, RefusalsAmongOtherRequestsAreNot) {
  Log log;
  for (int i = 0; i < 50; ++i) {
    log.Add(kMorning + i * 10, "203.0.113.9", "GET /v1/jobs HTTP/1.1", 401, 20);
    log.Add(kMorning + i * 10 + 1, "203.0.113.9", "GET /v1/state HTTP/1.1", 200, 20);
  }
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(AuthRejectedTest, EveryUserThatIsLetInIsNamedAndTheFirstIsShown) {
  Log log;
  for (const std::string_view user : {"anna", "ben"}) {
    const int64_t begin = kMorning + (user == "ben" ? 300 : 0);
    for (int i = 0; i < 35; ++i) Refuse(log, begin + i * 3, "203.0.113.9", user);
    Admit(log, begin + 110, "203.0.113.9", user);
  }
  for (int i = 0; i < 3; ++i) Refuse(log, kMorning + 420 + i * 3, "203.0.113.9", "carla");
  Admit(log, kMorning + 430, "203.0.113.9", "carla");  // who broke in twice did not forget the third password
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  const Finding& finding = findings.rows[0];
  EXPECT_EQ(finding.severity, Severity::kHigh);  // critical, but three users make one address a crowd
  EXPECT_EQ(FactOf(finding, "succeeded_user"), "anna");
  EXPECT_EQ(FactOf(finding, "succeeded_users"), "anna, ben, carla");
  EXPECT_EQ(FactOf(finding, "successes"), "3");
  EXPECT_NE(finding.sentence.find("then 3 times a user was let in: anna, ben, carla"), std::string::npos)
      << finding.sentence;
  EXPECT_EQ(finding.samples[0].line, 36u);
}

TEST(AuthRejectedTest, ManyUsersThatAreLetInAreNotAllNamed) {
  Log log;
  for (int user = 0; user < 9; ++user) Refuse(log, kMorning + user * 10, "203.0.113.9", fmt::format("user{}", user));
  for (int user = 0; user < 9; ++user) Admit(log, kMorning + 100 + user, "203.0.113.9", fmt::format("user{}", user));
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(FactOf(findings.rows[0], "succeeded_users"), "user0, user1, user2, user3, user4, ...");
  EXPECT_EQ(FactOf(findings.rows[0], "successes"), "9");
}

TEST(AuthRejectedTest, WhatCountsOnceInTwoSecondsIsNotTheNumberRefused) {
  Log log;
  for (int i = 0; i < 60; ++i) Refuse(log, kMorning + i, "203.0.113.9", "admin");
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(findings.rows[0].count, 20u);
  EXPECT_EQ(FactOf(findings.rows[0], "refused"), "60");
  EXPECT_EQ(findings.rows[0].sentence, "203.0.113.9 was refused 60 times, of which 20 count as passwords (2 s apart)");
}

TEST(AuthRejectedTest, EverySuccessOfALoginFormIsCountedAndTheFirstIsShown) {
  Log log;
  for (int i = 0; i < 200; ++i) Post(log, kMorning + i, "203.0.113.9", i == 60 || i == 150 ? 302 : 200);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  const Finding& finding = findings.rows[0];
  EXPECT_EQ(finding.severity, Severity::kCritical);
  EXPECT_EQ(FactOf(finding, "tries_before_success"), "60");
  EXPECT_EQ(FactOf(finding, "successes"), "2");
  EXPECT_NE(finding.sentence.find("; it was let in 2 times, first after 60 of them"), std::string::npos)
      << finding.sentence;
  EXPECT_EQ(finding.samples[0].line, 61u);
}

// An hour in which clients come and go: never more than some in ten minutes.
TEST(AuthRejectedTest, ClientsOfAWindowAreNotSaidToBeAllOfThem) {
  Log log;
  for (int i = 0; i < 120; ++i) Refuse(log, kMorning + i * 30, fmt::format("203.0.113.{}", i), "ben");
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), std::vector<std::string>{"auth-rejected"});
  EXPECT_EQ(findings.rows[0].count, 120u);
  EXPECT_EQ(findings.rows[0].sentence,
            "up to 21 clients within 600 s tried passwords of the user ben, 120 times in all");
  EXPECT_EQ(FactOf(findings.rows[0], "clients_in_window"), "21");
}

}  // namespace
}  // namespace logstat
