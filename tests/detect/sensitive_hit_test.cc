#include <gtest/gtest.h>

#include <string>

#include "tests/detect/find.h"
#include "tests/detect/site.h"

namespace logstat {
namespace {

using Strings = std::vector<std::string>;

TEST(SensitiveHitTest, OneDeliveredFileIsCritical) {
  Log log;
  AddVisitors(log, kNoon, 20);
  log.Add(kNoon + 300, "203.0.113.9", "GET /.env HTTP/1.1", 200, 612, "-", "curl/8.0");
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"sensitive-hit"});
  const Finding& finding = findings.rows[0];
  EXPECT_EQ(finding.severity, Severity::kCritical);
  EXPECT_EQ(finding.verdict, "environment");
  EXPECT_EQ(finding.entity_kind, EntityKind::kPath);
  EXPECT_EQ(finding.entity, "/.env");
  EXPECT_EQ(finding.sentence, "/.env (environment) was delivered once to one client, first 612 bytes to 203.0.113.9");
}

TEST(SensitiveHitTest, AnEncodedNameIsTheSameFile) {
  for (const std::string_view path : {"/%2eenv", "/.%65nv", "/%252eenv", "/.%67it/config"}) {
    Log log;
    AddVisitors(log, kNoon, 20);
    log.Add(kNoon + 300, "203.0.113.9", fmt::format("GET {} HTTP/1.1", path), 200, 612);
    EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"sensitive-hit"}) << path;
  }
}

TEST(SensitiveHitTest, AListOfNamesIsMedium) {
  Log log;
  AddVisitors(log, kNoon, 20);
  log.Add(kNoon + 300, "203.0.113.9", "GET /.DS_Store HTTP/1.1", 200, 6148);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"sensitive-hit"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kMedium);
}

TEST(SensitiveHitTest, ARepositoryIsOneFinding) {
  Log log;
  for (int i = 0; i < 9; ++i) {
    log.Add(kNoon + i, fmt::format("203.0.113.{}", i % 3), fmt::format("GET /.git/objects/0{}/ab HTTP/1.1", i), 200,
            600 + i * 50);
  }
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"sensitive-hit"});
  EXPECT_EQ(findings.rows[0].entity, "/.git/");
  EXPECT_EQ(findings.rows[0].count, 9u);
  EXPECT_EQ(FactOf(findings.rows[0], "clients"), "3");
}

TEST(SensitiveHitTest, WhatWasRefusedIsBackground) {
  Log log;
  log.Add(kNoon, "203.0.113.9", "GET /.env HTTP/1.1", 404, 153);
  log.Add(kNoon + 1, "203.0.113.9", "GET /.git/config HTTP/1.1", 403, 153);
  EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"background-probing"});
}

TEST(SensitiveHitTest, AnEmptyBodyIsNoDelivery) {
  Log log;
  log.Add(kNoon, "203.0.113.9", "GET /wp-config.php HTTP/1.1", 200, 0);
  EXPECT_EQ(Ids(FindAttacks(log.text()), Severity::kMedium), Strings{});
}

TEST(SensitiveHitTest, TheHomePageOfASiteOfOnePageIsNone) {
  Log log;
  for (int i = 0; i < 3; ++i) log.Add(kNoon + i, "198.51.100.7", "GET / HTTP/1.1", 200, 1834);
  log.Add(kNoon + 9, "203.0.113.9", "GET /.env HTTP/1.1", 200, 1834);
  EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"background-probing"});
}

TEST(SensitiveHitTest, AnArchiveThatVisitorsReachByALinkIsLow) {
  Log log;
  for (int i = 0; i < 3; ++i) {
    log.Add(kNoon + i, fmt::format("198.51.100.{}", i + 1), "GET /files/data.zip HTTP/1.1", 200, 90'000,
            "https://www.example.org/files/");
  }
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"sensitive-hit"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kLow);
}

TEST(SensitiveHitTest, OtherArchivesAreNone) {
  Log log;
  log.Add(kNoon, "198.51.100.1", "GET /files/tool-1.2.tar.gz HTTP/1.1", 200, 90'000);
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(SensitiveHitTest, AMonitorOnAPrivateAddressMayAskForDiagnostics) {
  Log log;
  for (int i = 0; i < 20; ++i) log.Add(kNoon + i * 60, "127.0.0.1", "GET /server-status?auto HTTP/1.1", 200, 930 + i);
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
  log.Add(kNoon + 1200, "203.0.113.9", "GET /server-status HTTP/1.1", 200, 5210);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"sensitive-hit"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kHigh);
}

}  // namespace
}  // namespace logstat
