#include "src/detect/crawlers.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "src/detect/campaigns.h"
#include "src/filter/cidr.h"
#include "tests/detect/of_rule.h"
#include "tests/detect/traffic.h"

namespace logstat {
namespace {

Finding About(EntityKind kind, std::string entity, Severity severity = Severity::kMedium) {
  Finding finding;
  finding.id = "probe-scan";
  finding.severity = severity;
  finding.entity_kind = kind;
  finding.entity = std::move(entity);
  finding.count = 30;
  finding.first_time = 1000;
  finding.last_time = 9000;
  finding.top_paths = {{"/search", 30}};
  return finding;
}

Severity LoweredFrom(Finding finding) {
  AddressSet crawlers;
  for (const char* block : {"66.249.64.0/19", "2001:4860:4801::/48"}) crawlers.Insert(ParseCidr(block).value());
  std::vector<Finding> findings = {std::move(finding)};
  LowerCrawlers(crawlers, findings);
  EXPECT_EQ(IsAboutCrawlers(findings[0]), !FactOf(findings[0], "configured_crawlers").empty());
  return findings[0].severity;
}

TEST(CrawlersTest, AClientInABlockIsOneLowerAndAnotherIsNot) {
  for (const char* client : {"66.249.64.1", "66.249.95.255", "2001:4860:4801:1f::7", "2001:4860:4801:1f::/64"}) {
    EXPECT_EQ(LoweredFrom(About(EntityKind::kClient, client)), Severity::kLow) << client;
  }
  for (const char* client : {"66.249.96.0", "2001:4860::/64", "crawl.example", ""}) {
    EXPECT_EQ(LoweredFrom(About(EntityKind::kClient, client)), Severity::kMedium) << client;
  }
}

TEST(CrawlersTest, InfoStaysInfo) {
  EXPECT_EQ(LoweredFrom(About(EntityKind::kClient, "66.249.64.1", Severity::kInfo)), Severity::kInfo);
}

TEST(CrawlersTest, APathIsLoweredIfNobodyElseAskedForIt) {
  Finding finding = About(EntityKind::kPath, "/loop");
  EXPECT_EQ(LoweredFrom(finding), Severity::kMedium) << "nobody knows whose it was";
  finding.top_clients = {{"66.249.64.1", 20}, {"66.249.64.2", 10}};
  EXPECT_EQ(LoweredFrom(finding), Severity::kLow);
  finding.top_clients[1].count = 9;
  EXPECT_EQ(LoweredFrom(finding), Severity::kMedium) << "one request was of somebody who is not listed";
  finding.top_clients[1] = {"203.0.113.9", 10};
  EXPECT_EQ(LoweredFrom(finding), Severity::kMedium);
}

TEST(CrawlersTest, OfAHostOnlyWhatIsAboutItsClients) {
  Finding finding = About(EntityKind::kHost, "shop.example");
  finding.top_clients = {{"66.249.64.1", 30}};
  EXPECT_EQ(LoweredFrom(finding), Severity::kMedium) << "a failure";
  finding.shared = Shared::kUnlikely;
  EXPECT_EQ(LoweredFrom(finding), Severity::kLow) << "its refusals of clients";
}

TEST(CrawlersTest, ACampaignOfCrawlersOnly) {
  for (const bool all : {true, false}) {
    AddressSet crawlers;
    crawlers.Insert(ParseCidr("66.249.64.0/19").value());
    std::vector<Finding> findings;
    for (int i = 0; i < 7; ++i) {
      findings.push_back(About(EntityKind::kClient, fmt::format("66.249.64.{}", i)));
    }
    if (!all) findings[3].entity = "203.0.113.9";
    LowerCrawlers(crawlers, findings);
    FoldCampaigns(findings);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].severity, all ? Severity::kLow : Severity::kMedium);
    EXPECT_EQ(FactOf(findings[0], "clients"), "7");
    EXPECT_EQ(FactOf(findings[0], "configured_crawlers"), all ? "7" : "");
  }
}

TEST(CrawlersTest, AFloodOfOneIsMediumWhereItWasHigh) {
  Traffic traffic;
  traffic.Visit(kNoon - 3600, kNoon + 600, 30);
  for (int64_t i = 0; i < 660; ++i) {
    traffic.Add(
        {.second = kNoon + i * 2 / 11, .client = "66.249.66.1", .request = fmt::format("GET /p/{} HTTP/1.1", i)});
  }
  Options options;
  for (const bool known : {false, true}) {
    if (known) options.finding_crawlers = {"192.0.2.0/24", "66.249.64.0/19"};
    const std::vector<Finding> floods = OfRule(Find(traffic.text(), options), "rate-flood");
    ASSERT_EQ(floods.size(), 1u);
    EXPECT_EQ(floods[0].severity, known ? Severity::kMedium : Severity::kHigh);
    EXPECT_EQ(FactOf(floods[0], "configured_crawlers"), known ? "1" : "");
  }
}

TEST(CrawlersTest, AnOutageThatOnlyTheySawIsOne) {
  Traffic traffic;
  traffic.Visit(kNoon - 1800, kNoon + 600, 600);
  traffic.Fail(kNoon, 30, 1, 502, "/api");
  Options options;
  options.finding_crawlers = {"198.51.100.0/24"};
  const std::vector<Finding> failures = OfRule(Find(traffic.text(), options), "upstream");
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_EQ(failures[0].severity, Severity::kHigh);
}

}  // namespace
}  // namespace logstat
