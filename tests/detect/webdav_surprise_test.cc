#include <gtest/gtest.h>

#include <string>

#include "tests/detect/find.h"
#include "tests/detect/site.h"

namespace logstat {
namespace {

using Strings = std::vector<std::string>;

TEST(WebdavSurpriseTest, OneAnswerToAStrangerIsMedium) {
  Log log;
  AddVisitors(log, kNoon, 20);
  log.Add(kNoon + 300, "203.0.113.9", "PROPFIND / HTTP/1.1", 207, 2210);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"webdav-surprise"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kMedium);
  EXPECT_EQ(findings.rows[0].entity_kind, EntityKind::kSite);
  EXPECT_EQ(findings.rows[0].code, 207);
}

TEST(WebdavSurpriseTest, ASharesUsersAreInformation) {
  Log log;
  for (int i = 0; i < 5; ++i) {
    log.Add(kNoon + i * 9, "198.51.100.7", "PROPFIND /dav/ HTTP/1.1", 401, 381);
    log.Add(kNoon + i * 9 + 1, "198.51.100.7", "PROPFIND /dav/ HTTP/1.1", 207, 2210, "-", "davfs2/1.6", "anna");
  }
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"webdav-surprise"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kInfo);
}

TEST(WebdavSurpriseTest, SoAreThreeClients) {
  Log log;
  for (int i = 0; i < 3; ++i) {
    log.Add(kNoon + i, fmt::format("198.51.100.{}", i + 1), "PROPFIND /dav/ HTTP/1.1", 207, 2210);
  }
  EXPECT_EQ(Ids(FindAttacks(log.text()), Severity::kLow), Strings{});
}

TEST(WebdavSurpriseTest, ARefusedMethodIsBackground) {
  Log log;
  log.Add(kNoon, "203.0.113.9", "PROPFIND / HTTP/1.1", 405, 153);
  EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"background-probing"});
}

}  // namespace
}  // namespace logstat
