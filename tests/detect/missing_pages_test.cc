#include <gtest/gtest.h>

#include "src/detect/referrers.h"
#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

constexpr std::string_view kPage = "https://www.shop.example/news?id=1";

// Visitors who read a page and follow its dead link.
void AddVisitors(Log& log, int visitors, std::string_view dead = "/old", std::string_view page = kPage) {
  for (int i = 0; i < visitors; ++i) {
    const std::string client = fmt::format("203.0.113.{}", i + 1);
    log.Add(3600 + i * 60, client, "GET /news?id=1 HTTP/1.1", 200);
    log.Add(3620 + i * 60, client, fmt::format("GET {} HTTP/1.1", dead), 404, 153, page);
  }
}

std::vector<Finding> FoundMissing(const Log& log) { return OfRule(Find(log.text()), "missing-page"); }

TEST(MissingPagesTest, ThreeVisitorsOfADeadLink) {
  Log log;
  AddVisitors(log, 3);
  const auto found = FoundMissing(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].entity, "/old");
  EXPECT_EQ(found[0].entity_kind, EntityKind::kPath);
  EXPECT_EQ(found[0].count, 3u);
  EXPECT_EQ(found[0].severity, Severity::kLow);
  EXPECT_EQ(FactOf(found[0], "page"), "https://www.shop.example/news");
}

// The site has two names, and the page is the same.
TEST(MissingPagesTest, OneDeadLinkOnPagesOfTwoHostsIsOneFinding) {
  Log log;
  AddVisitors(log, 3);
  AddVisitors(log, 3, "/old", "https://shop.example/news?id=1");
  const auto found = FoundMissing(log);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].count, 6u);
  EXPECT_EQ(FactOf(found[0], "pages"), "2");
}

TEST(MissingPagesTest, TwoAreNone) {
  Log log;
  AddVisitors(log, 2);
  AddVisitors(log, 3, "/favicon.ico");  // so that the site's name is known
  EXPECT_TRUE(FoundMissing(log).empty());
}

TEST(MissingPagesTest, AForeignPageIsNone) {
  Log log;
  AddVisitors(log, 9, "/old", "https://search.example/results");
  EXPECT_TRUE(FoundMissing(log).empty());
}

TEST(MissingPagesTest, ScannersThatLieAboutTheirReferrerAreNone) {
  Log log;
  AddVisitors(log, 3, "/favicon.ico");
  for (int i = 0; i < 50; ++i) {
    log.Add(9000 + i, "198.51.100.66", "GET /wp-login.php HTTP/1.1", 404, 153, "https://www.shop.example/");
    log.Add(9000 + i, "198.51.100.66", "GET /xmlrpc.php HTTP/1.1", 404, 153, "https://www.shop.example/xmlrpc.php");
  }
  EXPECT_TRUE(FoundMissing(log).empty());
}

TEST(MissingPagesTest, WhatBrowsersAskForUnbiddenIsNone) {
  Log log;
  for (const std::string_view path :
       {"/favicon.ico", "/apple-touch-icon.png", "/.well-known/x", "/app.js.map", "/robots.txt"}) {
    AddVisitors(log, 4, path);
  }
  EXPECT_TRUE(FoundMissing(log).empty());
}

TEST(MissingPagesTest, WithHostsTheSiteIsKnown) {
  std::string log;
  for (int i = 0; i < 3; ++i) {
    const auto line = [&](std::string_view host, std::string_view path, int status, std::string_view referrer) {
      return fmt::format(
          "{} 203.0.113.{} - - [22/Nov/2026:01:0{}:00 +0000] \"GET {} HTTP/1.1\" {} 12 \"{}\" \"Mozilla/5.0 (X11; "
          "Linux "
          "x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\"\n",
          host, i, i, path, status, referrer);
    };
    log += line("shop.example:443", "/", 200, "-");
    log += line("shop.example:443", "/old", 404, "https://www.Shop.example/");
    log += line("shop.example:443", "/other", 404, "https://blog.example/");
  }
  Options options;
  options.format = "vhost_combined";
  const auto found = OfRule(Find(log, options), "missing-page");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].entity, "/old");
}

TEST(ReferrersTest, PartsOfAnAddress) {
  EXPECT_EQ(ParseReferrer("https://www.A.example:8443/x/y?q#z").host, "a.example");
  EXPECT_EQ(ParseReferrer("https://www.A.example:8443/x/y?q#z").path, "/x/y");
  EXPECT_EQ(ParseReferrer("https://www.A.example:8443/x/y?q#z").page, "https://www.A.example:8443/x/y");
  EXPECT_EQ(ParseReferrer("http://a.example").path, "/");
  EXPECT_EQ(ParseReferrer("http://[::1]/x").host, "[::1]");
  EXPECT_EQ(ParseReferrer("http://a.example?x=/y").path, "/");
  EXPECT_EQ(ParseReferrer("http://?").host, "");
  EXPECT_EQ(ParseReferrer("http?://a").host, "");
  EXPECT_EQ(ParseReferrer("android-app://com.example/").host, "");
  EXPECT_EQ(ParseReferrer("").host, "");
  EXPECT_EQ(ParseReferrer("http://").host, "");
}

}  // namespace
}  // namespace logstat
