#include "src/detect/campaigns.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "logstat/findings.h"

namespace logstat {
namespace {

// A client with ten events from `second` on, six of them on the path; each has an agent and a user of its own.
Finding Member(int number, TimeMs second, const std::string& input = "access.log", const std::string& path = "/admin") {
  Finding finding;
  finding.id = "auth-rejected";
  finding.verdict = "force";
  finding.entity_kind = EntityKind::kClient;
  finding.entity = fmt::format("203.0.113.{}", number);
  finding.count = 10;
  finding.first_time = second * 1000;
  finding.last_time = (second + 300) * 1000;
  finding.top_paths = {{path, 6}, {fmt::format("/x{}", number), 4}};
  finding.top_clients = {{finding.entity, 10}};
  finding.top_agents = {{fmt::format("tool-{}/1.0", number), 10}};
  finding.top_users = {{fmt::format("user{}", number), 7}, {"root", 3}};
  for (uint64_t i = 0; i < 3; ++i) {
    const uint64_t offset = static_cast<uint64_t>(second) * 100 + i * 1000;
    finding.samples.push_back({input, offset / 100, offset, "text", false});
  }
  return finding;
}

Finding Fold(std::vector<Finding> findings) {
  FoldCampaigns(findings);
  return findings.size() == 1 ? findings[0] : Finding();
}

std::vector<std::pair<std::string, uint64_t>> Pairs(const std::vector<EvidenceCount>& tops) {
  std::vector<std::pair<std::string, uint64_t>> pairs;
  for (const EvidenceCount& top : tops) pairs.emplace_back(top.key, top.count);
  return pairs;
}

TEST(CampaignsTest, ListsAreTheSumsOfTheMembers) {
  std::vector<Finding> members;
  for (int i = 0; i < 6; ++i) members.push_back(Member(i, 100 + i));
  const Finding campaign = Fold(members);
  EXPECT_EQ(campaign.entity_kind, EntityKind::kPath);
  EXPECT_EQ(campaign.entity, "/admin");
  EXPECT_EQ(campaign.count, 60u);
  using Expected = std::vector<std::pair<std::string, uint64_t>>;
  EXPECT_EQ(Pairs(campaign.top_paths), (Expected{{"/admin", 36}, {"/x0", 4}, {"/x1", 4}, {"/x2", 4}, {"/x3", 4}}));
  EXPECT_EQ(
      Pairs(campaign.top_agents),
      (Expected{{"tool-0/1.0", 10}, {"tool-1/1.0", 10}, {"tool-2/1.0", 10}, {"tool-3/1.0", 10}, {"tool-4/1.0", 10}}));
  EXPECT_EQ(Pairs(campaign.top_users),
            (Expected{{"root", 18}, {"user0", 7}, {"user1", 7}, {"user2", 7}, {"user3", 7}}));
}

TEST(CampaignsTest, SamplesAreTheEarliestOfAllMembers) {
  std::vector<Finding> members;
  for (int i = 0; i < 5; ++i) members.push_back(Member(i, 100 + i));
  const Finding campaign = Fold(members);
  ASSERT_EQ(campaign.samples.size(), 3u);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(campaign.samples[i].line, 100 + i);
}

// "access.log" comes before "access.log.1" by its name, and after it by its lines.
TEST(CampaignsTest, OfTwoInputsTheEarlierOne) {
  std::vector<Finding> members;
  for (int i = 0; i < 3; ++i) members.push_back(Member(i, 200 + i, "access.log"));
  for (int i = 3; i < 5; ++i) members.push_back(Member(i, 100 + i, "access.log.1"));
  const Finding campaign = Fold(members);
  ASSERT_EQ(campaign.samples.size(), 3u);
  EXPECT_EQ(campaign.samples[0].path, "access.log.1");
  EXPECT_EQ(campaign.samples[0].line, 103u);
  EXPECT_EQ(campaign.samples[1].line, 104u);
}

TEST(CampaignsTest, OfAnotherHourItIsAnEpisode) {
  std::vector<Finding> findings;
  for (int i = 0; i < 5; ++i) findings.push_back(Member(i, 100 + i));
  for (int i = 5; i < 11; ++i) findings.push_back(Member(i, 8000 + i));
  for (int i = 11; i < 15; ++i) findings.push_back(Member(i, 16000 + i));  // too few
  FoldCampaigns(findings);
  ASSERT_EQ(findings.size(), 5u);
  const Finding& campaign = findings.back();
  EXPECT_EQ(campaign.count, 110u);
  EXPECT_EQ(campaign.facts.size(), 2u);
  EXPECT_EQ(campaign.facts.back().value, "2");
}

// The rule knows a crowd by itself, and its clients one by one.
TEST(CampaignsTest, WhatTheRuleSaysOfThePathIsTheSameFinding) {
  for (const uint64_t count : {40, 60}) {
    std::vector<Finding> findings = {Member(99, 100)};
    findings[0].entity_kind = EntityKind::kPath;
    findings[0].entity = "/admin";
    findings[0].count = count;
    for (int i = 0; i < 5; ++i) findings.push_back(Member(i, 102 + i));
    findings.back().severity = Severity::kCritical;
    FoldCampaigns(findings);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].count, std::max<uint64_t>(count, 50));
    EXPECT_EQ(findings[0].severity, Severity::kCritical);
    EXPECT_EQ(findings[0].first_time, 100'000);
  }
}

TEST(CampaignsTest, FourClientsAreNone) {
  std::vector<Finding> members;
  for (int i = 0; i < 4; ++i) members.push_back(Member(i, 100 + i));
  FoldCampaigns(members);
  EXPECT_EQ(members.size(), 4u);
}

}  // namespace
}  // namespace logstat
