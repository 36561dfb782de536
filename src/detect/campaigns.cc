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

namespace logstat {
namespace {

constexpr size_t kLeastClients = 5;
constexpr size_t kMostTops = 5;
constexpr size_t kMostSamples = 3;

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

// Of one of their lists.
Tops SumOf(const std::vector<Finding*>& members, Tops Finding::*list) {
  std::map<std::string_view, uint64_t> sums;
  for (const Finding* member : members) {
    for (const EvidenceCount& top : member->*list) sums[top.key] += top.count;
  }
  Tops tops;
  for (const auto& [key, count] : sums) tops.push_back({std::string(key), count});
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

// `members` are in the order of their first time.
Finding MakeCampaign(const std::vector<Finding*>& members) {
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
  campaign.facts.push_back({"clients", std::to_string(members.size()), true});
  campaign.sentence =
      fmt::format("{} clients did the same at the same time; the first: {}", members.size(), members[0]->sentence);
  return campaign;
}

}  // namespace

void FoldCampaigns(std::vector<Finding>& findings) {
  std::map<std::tuple<std::string_view, std::string, std::string>, std::vector<Finding*>> groups;
  for (Finding& finding : findings) {
    if (IsAboutOnePath(finding)) groups[{finding.id, finding.verdict, finding.top_paths[0].key}].push_back(&finding);
  }
  std::vector<Finding> campaigns;
  std::vector<const Finding*> folded;
  const auto fold = [&](const std::vector<Finding*>& members) {
    if (members.size() < kLeastClients) return;
    campaigns.push_back(MakeCampaign(members));
    folded.insert(folded.end(), members.begin(), members.end());
  };
  for (auto& [key, group] : groups) {
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
  }
  if (folded.empty()) return;
  std::sort(folded.begin(), folded.end());
  std::vector<Finding> rest;
  for (Finding& finding : findings) {
    if (!std::binary_search(folded.begin(), folded.end(), &finding)) rest.push_back(std::move(finding));
  }
  for (Finding& campaign : campaigns) rest.push_back(std::move(campaign));
  findings = std::move(rest);
}

}  // namespace logstat
