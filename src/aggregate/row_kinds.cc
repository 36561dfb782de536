#include "src/aggregate/row_kinds.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "src/aggregate/key_text.h"
#include "src/base/ratio.h"
#include "src/catalog/agents.h"
#include "src/catalog/static_files.h"

namespace logstat {
namespace {

void AddStatus(int code, uint64_t count, Outcomes* outcomes) {
  outcomes->server_errors += IsServerError(code) ? count : 0;
  outcomes->client_errors += IsClientError(code) ? count : 0;
  outcomes->aborted += IsAborted(code) ? count : 0;
}

void AddMissing(const StatusCounts& missing, AgentKindRow* unknown) {
  const StatusCounts::Counter total = missing.total();
  unknown->count += total.count;
  unknown->bytes += total.bytes;
  for (size_t code = 0; code < StatusCounts::kCodes; ++code) {
    AddStatus(static_cast<int>(code), missing.of(code).count, &unknown->outcomes);
  }
}

}  // namespace

void MarkAgents(std::vector<KeyRow>* agents) {
  for (KeyRow& row : *agents) row.agent_kind = row.missing ? AgentKind::kUnknown : ClassifyAgent(row.key).kind;
}

void MarkPaths(std::vector<KeyRow>* paths) {
  for (KeyRow& row : *paths) {
    const bool whole = row.key_bytes == row.key.size();
    if (!row.missing && whole) row.is_static = IsStaticFile(row.key);
  }
}

std::vector<AgentKindRow> CountAgentKinds(const KeyTable& agents, uint64_t counted) {
  std::array<AgentKindRow, kAgentKindCount> kinds;
  for (size_t i = 0; i < kinds.size(); ++i) kinds[i].kind = static_cast<AgentKind>(i);
  AddMissing(agents.missing(), &kinds[static_cast<size_t>(AgentKind::kUnknown)]);
  const uint64_t least = agents.recounted() ? agents.bound() + 1 : 0;
  agents.ForEachKey([&](const KeyView& view) {
    if (view.count() < least) return;
    AgentKindRow& row = kinds[static_cast<size_t>(ClassifyAgent(PrintedKey(view.stored_key())).kind)];
    ++row.agents;
    row.count += view.count();
    row.bytes += view.bytes();
    view.ForEachStatus([&](uint16_t code, uint64_t count, uint64_t) { AddStatus(code, count, &row.outcomes); });
  });
  uint64_t known = 0;
  for (const AgentKindRow& row : kinds) known += row.count;
  std::vector<AgentKindRow> rows;
  for (AgentKindRow& row : kinds) {
    if (row.count == 0) continue;
    row.share = Ratio(row.count, counted);
    row.error = counted - known;
    rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const AgentKindRow& a, const AgentKindRow& b) { return a.count > b.count; });
  return rows;
}

}  // namespace logstat
