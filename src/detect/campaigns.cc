#include "src/detect/campaigns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace logstat {
namespace {

constexpr size_t kLeastClients = 5;

bool IsAboutOnePath(const Finding& finding) {
  return finding.entity_kind == EntityKind::kClient && !finding.top_paths.empty() &&
         finding.top_paths[0].count * 2 >= finding.count;
}

// `members` are in the order of their first time.
Finding MakeCampaign(const std::vector<Finding*>& members) {
  Finding campaign = *members[0];
  campaign.entity_kind = EntityKind::kPath;
  campaign.entity = members[0]->top_paths[0].key;
  campaign.shared.reset();
  campaign.facts.clear();
  campaign.top_clients.clear();
  std::map<std::string, uint64_t> agents;
  campaign.count = 0;
  for (const Finding* member : members) {
    campaign.count += member->count;
    campaign.severity = std::max(campaign.severity, member->severity);
    campaign.last_time = std::max(campaign.last_time, member->last_time);
    campaign.top_clients.push_back({member->entity, member->count});
    for (const EvidenceCount& agent : member->top_agents) agents[agent.key] += agent.count;
  }
  std::sort(campaign.top_clients.begin(), campaign.top_clients.end(),
            [](const EvidenceCount& a, const EvidenceCount& b) {
              return a.count != b.count ? a.count > b.count : a.key < b.key;
            });
  if (campaign.top_clients.size() > 5) campaign.top_clients.resize(5);
  campaign.top_paths = {{campaign.entity, campaign.count}};
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
