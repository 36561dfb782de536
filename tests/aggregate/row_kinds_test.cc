#include "src/aggregate/row_kinds.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "src/aggregate/aggregates.h"
#include "src/catalog/agents.h"
#include "tests/aggregate/batches.h"

namespace logstat {
namespace {

constexpr std::string_view kAgents[] = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "curl/8.5.0",
    "sqlmap/1.8.2#stable (https://sqlmap.org)",
    "example",
};

constexpr ColumnSet kKindColumns{Field::kStatus, Field::kTime, Field::kBytes, Field::kPath, Field::kAgent};

Report KindsReport(const std::vector<TestRow>& rows, size_t top, SectionSet sections = SectionSet::All(),
                   uint64_t table_bytes = 64 << 20) {
  AggregatePlan plan;
  plan.columns = kKindColumns;
  plan.table_bytes = table_bytes;
  Aggregates aggregates(plan);
  Aggregates::Worker worker(&aggregates);
  const TestBatch made = MakeBatch(rows, kKindColumns);
  worker.Add(made.batch, made.selection);
  worker.Flush();
  Report report;
  ReportOptions options;
  options.top = top;
  options.sections = sections;
  aggregates.FillReport(options, &report);
  return report;
}

std::vector<TestRow> RowsWithAgents(size_t count) {
  std::vector<TestRow> rows = RandomRows(count, 5);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i % 7 != 0) rows[i].agent = std::string(kAgents[i % 9 % 5]) + " #" + std::to_string(i % 40);
  }
  return rows;
}

TEST(RowKinds, TotalsPerKindAreOverAllAgentsWhateverIsListed) {
  const std::vector<TestRow> rows = RowsWithAgents(5000);
  std::map<AgentKind, AgentKindRow> expected;
  std::map<std::string, AgentKind> agents;
  for (const TestRow& row : rows) {
    const AgentKind kind = row.agent ? ClassifyAgent(*row.agent).kind : AgentKind::kUnknown;
    if (row.agent) agents[*row.agent] = kind;
    AgentKindRow& sum = expected[kind];
    sum.count += 1;
    sum.bytes += row.bytes > 0 ? static_cast<uint64_t>(row.bytes) : 0;
    sum.outcomes.server_errors += IsServerError(row.status);
    sum.outcomes.client_errors += IsClientError(row.status);
    sum.outcomes.aborted += IsAborted(row.status);
  }
  for (const auto& [agent, kind] : agents) ++expected[kind].agents;
  ASSERT_EQ(expected.size(), kAgentKindCount);

  const Report report = KindsReport(rows, 1);
  EXPECT_EQ(report.agents.size(), 1u);
  ASSERT_EQ(report.agent_kinds.size(), kAgentKindCount);
  uint64_t counted = 0;
  uint64_t last = ~uint64_t{0};
  for (const AgentKindRow& row : report.agent_kinds) {
    const AgentKindRow& wanted = expected[row.kind];
    EXPECT_EQ(row.agents, wanted.agents) << AgentKindName(row.kind);
    EXPECT_EQ(row.count, wanted.count) << AgentKindName(row.kind);
    EXPECT_EQ(row.bytes, wanted.bytes) << AgentKindName(row.kind);
    EXPECT_EQ(row.outcomes.server_errors, wanted.outcomes.server_errors) << AgentKindName(row.kind);
    EXPECT_EQ(row.outcomes.client_errors, wanted.outcomes.client_errors) << AgentKindName(row.kind);
    EXPECT_EQ(row.outcomes.aborted, wanted.outcomes.aborted) << AgentKindName(row.kind);
    EXPECT_DOUBLE_EQ(row.share, static_cast<double>(wanted.count) / 5000);
    EXPECT_EQ(row.error, 0u);
    EXPECT_LE(row.count, last) << "count descending";
    last = row.count;
    counted += row.count;
  }
  EXPECT_EQ(counted, report.totals.counted);
}

TEST(RowKinds, ListedAgentsCarryTheirKind) {
  const Report report = KindsReport(RowsWithAgents(2000), 0);
  ASSERT_GT(report.agents.size(), 5u);
  for (const KeyRow& row : report.agents) {
    ASSERT_TRUE(row.agent_kind.has_value());
    EXPECT_EQ(*row.agent_kind, row.missing ? AgentKind::kUnknown : ClassifyAgent(row.key).kind) << row.key;
    EXPECT_FALSE(row.is_static.has_value());
  }
}

TEST(RowKinds, ListedPathsSayWhetherTheyAreStatic) {
  std::vector<TestRow> rows(6);
  rows[0].path = "/a.css";
  rows[1].path = "/a";
  rows[2].path = "/b.png";
  rows[2].status = 404;
  rows[3].path = "/b";
  rows[3].status = 502;
  rows[4].status = 400;                                               // no request
  rows[5].path = std::string("/") + std::string(2000, 'x') + ".css";  // its end is not kept
  const Report report = KindsReport(rows, 0);
  const auto flags = [](const std::vector<KeyRow>& list) {
    std::map<std::string, std::optional<bool>> flags;
    for (const KeyRow& row : list) flags[row.key.substr(0, 8)] = row.is_static;
    return flags;
  };
  using Flags = std::map<std::string, std::optional<bool>>;
  EXPECT_EQ(flags(report.paths), (Flags{{"", std::nullopt},
                                        {"/a", false},
                                        {"/a.css", true},
                                        {"/b", false},
                                        {"/b.png", true},
                                        {"/xxxxxxx", std::nullopt}}));
  EXPECT_EQ(flags(report.failing_paths), (Flags{{"", std::nullopt}, {"/b", false}, {"/b.png", true}}));
  for (const KeyRow& row : report.paths) EXPECT_FALSE(row.agent_kind.has_value());
}

TEST(RowKinds, OverBudgetEveryKindsTrueCountLiesWithinItsError) {
  std::vector<TestRow> rows(60000);
  std::map<AgentKind, uint64_t> truth;
  for (size_t i = 0; i < rows.size(); ++i) {
    rows[i].path = "/";
    rows[i].agent = i % 3 == 0 ? std::string(kAgents[2]) : std::string(kAgents[i % 5]) + " #" + std::to_string(i);
    ++truth[ClassifyAgent(*rows[i].agent).kind];
  }
  const Report report = KindsReport(rows, 10, SectionSet::All(), 1 << 20);
  ASSERT_FALSE(report.agent_kinds.empty());
  uint64_t known = 0;
  for (const AgentKindRow& row : report.agent_kinds) known += row.count;
  for (const AgentKindRow& row : report.agent_kinds) {
    EXPECT_EQ(row.error, rows.size() - known);
    EXPECT_GT(row.error, 0u);
    EXPECT_LE(row.count, truth[row.kind]) << AgentKindName(row.kind);
    EXPECT_GE(row.count + row.error, truth[row.kind]) << AgentKindName(row.kind);
  }
}

TEST(RowKinds, NothingIsCountedForASectionThatIsNotAsked) {
  EXPECT_TRUE(KindsReport(RowsWithAgents(100), 10, SectionSet{Section::kPaths}).agent_kinds.empty());
}

TEST(RowKinds, LogsWithoutAgentsHaveNoKinds) { EXPECT_TRUE(KindsReport(RandomRows(100, 1), 10).agent_kinds.empty()); }

}  // namespace
}  // namespace logstat
