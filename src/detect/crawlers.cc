#include "src/detect/crawlers.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string_view>

#include "src/detect/detector.h"

namespace logstat {
namespace {

constexpr std::string_view kCrawlersFact = "configured_crawlers";

// A client as findings write it: an address, or the block of a group.
bool IsCrawler(const AddressSet& crawlers, std::string_view client) {
  if (const std::optional<Cidr> block = ParseCidr(client)) return crawlers.Contains(*block);
  const std::optional<Address> address = ParseHost(client);
  return address.has_value() && crawlers.Contains(*address);
}

bool IsOfAHost(const Finding& finding) {
  return finding.entity_kind == EntityKind::kHost || finding.entity_kind == EntityKind::kSite;
}

// How many crawlers it rests on; 0: also on others, or on nobody knows whom.
uint64_t CrawlersOf(const AddressSet& crawlers, const Finding& finding) {
  if (finding.entity_kind == EntityKind::kClient) return IsCrawler(crawlers, finding.entity) ? 1 : 0;
  if (IsOfAHost(finding) && !finding.shared.has_value()) return 0;
  const std::vector<EvidenceCount>& clients = finding.top_clients;
  const uint64_t known = std::accumulate(clients.begin(), clients.end(), uint64_t{0},
                                         [](uint64_t sum, const EvidenceCount& client) { return sum + client.count; });
  const bool all = known == finding.count && std::all_of(clients.begin(), clients.end(), [&](const auto& client) {
                     return IsCrawler(crawlers, client.key);
                   });
  return all ? clients.size() : 0;
}

}  // namespace

void LowerCrawlers(const AddressSet& crawlers, std::vector<Finding>& findings) {
  if (crawlers.empty()) return;
  for (Finding& finding : findings) {
    const uint64_t clients = CrawlersOf(crawlers, finding);
    if (clients == 0) continue;
    finding.severity = Lowered(finding.severity);
    AddCrawlers(clients, finding);
  }
}

bool IsAboutCrawlers(const Finding& finding) {
  return std::any_of(finding.facts.begin(), finding.facts.end(),
                     [](const EvidenceFact& fact) { return fact.name == kCrawlersFact; });
}

void AddCrawlers(uint64_t clients, Finding& finding) { finding.facts.push_back(NumberFact(kCrawlersFact, clients)); }

}  // namespace logstat
