// What the listed keys are: agents that people, crawlers, tools or scanners send, paths that name static files. And how
// much each kind of agent asked for, over all agents and not only those that are listed.
//
//   MarkAgents(&report->agents);
//   MarkPaths(&report->failing_paths);
//   report->agent_kinds = CountAgentKinds(agents_table, totals.counted);
//
// Once per key of a report, never per line. Pure functions; the table must not change meanwhile.
#ifndef LOGSTAT_SRC_AGGREGATE_ROW_KINDS_H_
#define LOGSTAT_SRC_AGGREGATE_ROW_KINDS_H_

#include <cstdint>
#include <vector>

#include "logstat/report.h"
#include "src/aggregate/key_table.h"

namespace logstat {

void MarkAgents(std::vector<KeyRow>* agents);
void MarkPaths(std::vector<KeyRow>* paths);

// `counted`: the rows that were counted into the table, with an agent or without. Rows without an agent are of unknown
// kind. Over the budget those of agents that are kept are counted; after a second pass those of agents above the bound.
std::vector<AgentKindRow> CountAgentKinds(const KeyTable& agents, uint64_t counted);

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_ROW_KINDS_H_
