#include "src/report/key_sections.h"

#include <algorithm>

namespace logstat {

bool AnyStatic(const std::vector<KeyRow>& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const KeyRow& row) { return row.is_static.value_or(false); });
}

std::vector<KeySection> KeySections(const Report& report) {
  constexpr KeyKind kRequest = KeyKind::kRequest;
  constexpr KeyKind kOther = KeyKind::kOther;
  const ColumnsRead& read = report.columns;
  std::vector<KeySection> sections = {
      {Section::kPaths, "path", "Busiest paths", "Failing paths", kRequest, &report.paths, &report.failing_paths,
       report.path_bounds, read.path},
      {Section::kClients, "client", "Busiest clients", "Failing clients", kOther, &report.clients,
       &report.failing_clients, report.client_bounds, read.client},
      {Section::kUpstreams, "upstream", "Busiest upstreams", "Failing upstreams", kOther, &report.upstreams,
       &report.failing_upstreams, report.upstream_bounds, read.upstream},
      {Section::kMethods, "method", "Methods", "", kRequest, &report.methods, nullptr, report.method_bounds,
       read.method},
      {Section::kHosts, "host", "Busiest hosts", "Failing hosts", kOther, &report.hosts, &report.failing_hosts,
       report.host_bounds, read.host},
      {Section::kReferrers, "referrer", "Referrers", "", kOther, &report.referrers, nullptr, report.referrer_bounds,
       read.referrer},
      {Section::kAgents, "agent", "User agents", "", kOther, &report.agents, nullptr, report.agent_bounds, read.agent},
  };
  for (KeySection& keys : sections) keys.exists = keys.exists && report.options.sections.Contains(keys.section);
  return sections;
}

}  // namespace logstat
