#include "src/detect/campaigns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "src/detect/crawlers.h"
#include "src/detect/evidence.h"

namespace logstat {
namespace {

constexpr size_t kLeastClients = 5;
constexpr size_t kMostTops = 5;

using Tops = std::vector<EvidenceCount>;

bool IsAboutOnePath(const Finding& finding) {
  return finding.entity_kind == EntityKind::kClient && !finding.top_paths.empty() &&
         finding.top_paths[0].count * 2 >= finding.count;
}

Tops FirstOf(Tops tops) {
  std::sort(tops.begin(), tops.end(), [](const EvidenceCount& a, const EvidenceCount& b) {
    return a.count != b.count ? a.count > b.count : a.key < b.key;
  });
  if (tops.size() > kMostTops) tops.resize(kMostTops);
  return tops;
}

// How often at most something came that is not in the list: as often as its last, and no more than the list leaves over.
uint64_t MostUnlisted(const Tops& tops, uint64_t events) {
  if (tops.size() < kMostTops) return 0;
  uint64_t listed = 0;
  for (const EvidenceCount& top : tops) listed += top.count;
  return std::min(tops.back().count + tops.back().error, events - std::min(events, listed));
}

// Of one of their lists.
Tops SumOf(const std::vector<Finding*>& members, Tops Finding::*list) {
  std::map<std::string_view, EvidenceCount> sums;
  uint64_t unlisted = 0;
  for (const Finding* member : members) {
    const Tops& tops = member->*list;
    const uint64_t of_member = MostUnlisted(tops, member->count);
    unlisted += of_member;
    for (const EvidenceCount& top : tops) {
      EvidenceCount& sum = sums[top.key];
      sum.count += top.count;
      sum.error += top.error - of_member;  // may go below zero until all is added
    }
  }
  Tops tops;
  for (const auto& [key, sum] : sums) tops.push_back({std::string(key), sum.count, sum.error + unlisted});
  return FirstOf(std::move(tops));
}

// The earliest. A sample has no time, but within an input lines stand by their times; and of two inputs the earlier is
// the one with a sample of the earlier member, as a log before its rotation is.
std::vector<LineSample> EarliestOf(const std::vector<Finding*>& members) {
  std::map<std::string_view, TimeMs> begins;  // of inputs
  std::map<std::tuple<TimeMs, std::string_view, uint64_t>, const LineSample*> samples;
  for (const Finding* member : members) {
    for (const LineSample& sample : member->samples) begins.try_emplace(sample.path, member->first_time);
  }
  for (const Finding* member : members) {
    for (const LineSample& sample : member->samples) {
      samples.try_emplace({begins.at(sample.path), sample.path, sample.offset}, &sample);
    }
  }
  std::vector<LineSample> earliest;
  for (const auto& [order, sample] : samples) {
    if (earliest.size() < kMostSamples) earliest.push_back(*sample);
  }
  return earliest;
}

// `members` are in the order of their first time, and of so many episodes.
Finding MakeCampaign(const std::vector<Finding*>& members, uint64_t episodes) {
  Finding campaign = *members[0];
  campaign.entity_kind = EntityKind::kPath;
  campaign.entity = members[0]->top_paths[0].key;
  campaign.shared.reset();
  campaign.facts.clear();
  campaign.top_clients.clear();
  campaign.count = 0;
  for (const Finding* member : members) {
    campaign.count += member->count;
    campaign.severity = std::max(campaign.severity, member->severity);
    campaign.last_time = std::max(campaign.last_time, member->last_time);
    campaign.top_clients.push_back({member->entity, member->count});
  }
  campaign.top_clients = FirstOf(std::move(campaign.top_clients));
  campaign.top_paths = SumOf(members, &Finding::top_paths);
  campaign.top_agents = SumOf(members, &Finding::top_agents);
  campaign.top_users = SumOf(members, &Finding::top_users);
  campaign.samples = EarliestOf(members);
  campaign.is_apart_by_verdict = true;  // clients of two verdicts are two campaigns
  campaign.facts.push_back({"clients", std::to_string(members.size()), true});
  if (episodes > 1) campaign.facts.push_back({"episodes", std::to_string(episodes), true});
  if (std::all_of(members.begin(), members.end(), [](const Finding* member) { return IsAboutCrawlers(*member); })) {
    AddCrawlers(members.size(), campaign);
  }
  const std::string when = episodes == 1 ? "at the same time" : fmt::format("in {} waves", episodes);
  campaign.sentence =
      fmt::format("{} clients did the same {}; the first: {}", members.size(), when, members[0]->sentence);
  return campaign;
}

// Some rules say of a path by themselves that many clients do the same there. The lists are those of the one that
// knows of more events.
void AddCampaign(Finding campaign, std::vector<Finding>& findings) {
  const auto same = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) {
    return std::tie(finding.id, finding.verdict, finding.entity_kind, finding.entity, finding.host) ==
           std::tie(campaign.id, campaign.verdict, campaign.entity_kind, campaign.entity, campaign.host);
  });
  if (same == findings.end()) {
    findings.push_back(std::move(campaign));
    return;
  }
  if (campaign.count > same->count) std::swap(campaign, *same);
  same->severity = std::max(same->severity, campaign.severity);
  same->first_time = std::min(same->first_time, campaign.first_time);
  same->last_time = std::max(same->last_time, campaign.last_time);
  same->sentence += "; " + campaign.sentence;
}

}  // namespace

void FoldCampaigns(std::vector<Finding>& findings) {
  std::map<std::tuple<std::string_view, std::string, std::string>, std::vector<Finding*>> groups;
  for (Finding& finding : findings) {
    if (IsAboutOnePath(finding)) groups[{finding.id, finding.verdict, finding.top_paths[0].key}].push_back(&finding);
  }
  std::vector<Finding> campaigns;
  std::vector<const Finding*> folded;
  for (auto& [key, group] : groups) {
    std::vector<Finding*> members;
    uint64_t episodes = 0;
    const auto fold = [&](const std::vector<Finding*>& together) {
      if (together.size() < kLeastClients) return;
      members.insert(members.end(), together.begin(), together.end());
      ++episodes;
    };
    std::sort(group.begin(), group.end(), [](const Finding* a, const Finding* b) {
      return std::tie(a->first_time, a->entity) < std::tie(b->first_time, b->entity);
    });
    std::vector<Finding*> together;
    TimeMs until = 0;
    for (Finding* finding : group) {
      if (!together.empty() && finding->first_time > until) {
        fold(together);
        together.clear();
      }
      until = together.empty() ? finding->last_time : std::max(until, finding->last_time);
      together.push_back(finding);
    }
    fold(together);
    if (members.empty()) continue;
    campaigns.push_back(MakeCampaign(members, episodes));
    folded.insert(folded.end(), members.begin(), members.end());
  }
  if (folded.empty()) return;
  std::sort(folded.begin(), folded.end());
  std::vector<Finding> rest;
  for (Finding& finding : findings) {
    if (!std::binary_search(folded.begin(), folded.end(), &finding)) rest.push_back(std::move(finding));
  }
  for (Finding& campaign : campaigns) AddCampaign(std::move(campaign), rest);
  findings = std::move(rest);
}

}  // namespace logstat
