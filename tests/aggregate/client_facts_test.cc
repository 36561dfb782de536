#include "src/aggregate/client_facts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/aggregate/batches.h"
#include "tests/aggregate/report_of.h"

namespace logstat {
namespace {

constexpr ColumnSet kClientColumns{Field::kStatus, Field::kTime,  Field::kClient,
                                   Field::kPath,   Field::kAgent, Field::kUser};
constexpr uint64_t kMuch = uint64_t{64} << 20;
constexpr int64_t kFirstMs = 1'700'000'000'000;
constexpr int64_t kMinute = 60'000;

// All clients of a report.
std::map<std::string, KeyRow> ClientsOf(const std::vector<TestRow>& rows, ColumnSet columns = kClientColumns,
                                        size_t workers = 1, size_t batch_rows = 100, uint64_t table_bytes = kMuch) {
  AggregatePlan plan;
  plan.columns = columns;
  plan.table_bytes = table_bytes;
  plan.workers = static_cast<unsigned>(workers);
  plan.seed = TableSeed{workers};
  const Report report = ReportOf(plan, rows, {.batch_rows = batch_rows});
  std::map<std::string, KeyRow> clients;
  for (const KeyRow& row : report.clients) clients[row.key] = row;
  return clients;
}

TestRow Row(std::string client, std::string path, std::optional<std::string> agent = std::nullopt,
            int64_t time_ms = kFirstMs, uint16_t status = 200) {
  TestRow row;
  row.status = status;
  row.time_ms = time_ms;
  row.client = std::move(client);
  row.path = std::move(path);
  row.agent = std::move(agent);
  return row;
}

std::string Browser(int number) {
  return "Mozilla/5.0 (X11; Linux x86_64; rv:" + std::to_string(number) + ".0) Gecko/20100101 Firefox/" +
         std::to_string(number) + ".0";
}

TEST(ClientFactsTest, NumbersEqualSetsForAnyWorkersAndBatches) {
  std::mt19937_64 random(5);
  std::vector<TestRow> rows = RandomRows(20'000, 11, 40, 400);
  for (TestRow& row : rows) {
    if (random() % 9 != 0)
      row.agent = random() % 20 == 0 ? "-" : Browser(static_cast<int>(random() % (random() % 30 + 1)));
  }
  std::map<std::string, std::set<std::string>> paths;
  std::map<std::string, std::set<std::string>> agents;
  for (const TestRow& row : rows) {
    if (row.path) paths[*row.client].insert(*row.path);
    if (row.agent && *row.agent != "-") agents[*row.client].insert(*row.agent);
  }
  for (const size_t workers : {1, 3}) {
    for (const size_t batch_rows : {7, 300, 20'000}) {
      const std::map<std::string, KeyRow> clients = ClientsOf(rows, kClientColumns, workers, batch_rows);
      ASSERT_EQ(clients.size(), paths.size());
      for (const auto& [client, row] : clients) {
        ASSERT_TRUE(row.distinct_paths && row.distinct_agents) << client;
        EXPECT_EQ(row.distinct_paths->count, paths[client].size()) << client;
        EXPECT_EQ(row.distinct_agents->count, agents[client].size()) << client;
        EXPECT_EQ(row.distinct_paths->error, 0);
        EXPECT_EQ(row.distinct_agents->error, 0);
      }
    }
  }
}

TEST(ClientFactsTest, OnlyWhatWasReadIsSaid) {
  const std::vector<TestRow> rows = {Row("192.0.2.1", "/a", Browser(1)), Row("192.0.2.1", "/b", Browser(1))};
  const auto client = [&](ColumnSet columns) { return ClientsOf(rows, columns).at("192.0.2.1"); };
  EXPECT_EQ(client(kClientColumns).distinct_paths->count, 2U);
  EXPECT_EQ(client(kClientColumns).distinct_agents->count, 1U);
  EXPECT_EQ(client(kClientColumns).shared, Shared::kUnlikely);

  const KeyRow without_users = client({Field::kStatus, Field::kTime, Field::kClient, Field::kPath, Field::kAgent});
  EXPECT_EQ(without_users.distinct_agents->count, 1U);
  EXPECT_FALSE(without_users.shared.has_value());

  const KeyRow without_agents = client({Field::kStatus, Field::kTime, Field::kClient, Field::kPath});
  EXPECT_EQ(without_agents.distinct_paths->count, 2U);
  EXPECT_FALSE(without_agents.distinct_agents.has_value());

  const KeyRow alone = client({Field::kStatus, Field::kTime, Field::kClient});
  EXPECT_FALSE(alone.distinct_paths.has_value());
  EXPECT_FALSE(alone.shared.has_value());
}

TEST(ClientFactsTest, ALogWithoutAgentsKnowsNothingOfThem) {
  const KeyRow client = ClientsOf({Row("192.0.2.1", "/a")}).at("192.0.2.1");
  EXPECT_FALSE(client.distinct_agents.has_value());
  EXPECT_EQ(client.shared, Shared::kUnknown);
}

TEST(ClientFactsTest, FiveBrowsersThatStayedAreSeveralPeople) {
  const auto visit = [](int browsers, int requests, int64_t minutes, uint16_t status, const char* agent = nullptr) {
    std::vector<TestRow> rows;
    for (int browser = 0; browser < browsers; ++browser) {
      for (int i = 0; i < requests; ++i) {
        const std::string name = agent != nullptr ? agent + std::to_string(browser) : Browser(browser);
        rows.push_back(Row("192.0.2.1", "/", name, kFirstMs + minutes * kMinute * i / (requests - 1), status));
      }
    }
    return ClientsOf(rows).at("192.0.2.1").shared;
  };
  EXPECT_EQ(visit(5, 3, 10, 200), Shared::kLikely);
  EXPECT_EQ(visit(4, 3, 10, 200), Shared::kUnlikely);
  EXPECT_EQ(visit(5, 2, 10, 200), Shared::kUnlikely);
  EXPECT_EQ(visit(5, 3, 9, 200), Shared::kUnlikely);
  EXPECT_EQ(visit(5, 3, 10, 404), Shared::kUnlikely);
  EXPECT_EQ(visit(5, 3, 10, 200, "curl/8."), Shared::kUnlikely);
}

TEST(ClientFactsTest, ThreeUsersAreSeveralPeople) {
  const auto shared = [](int users, uint16_t status) {
    std::vector<TestRow> rows;
    for (int user = 0; user < users; ++user) {
      rows.push_back(Row("192.0.2.1", "/", "curl/8.5.0", kFirstMs, status));
      rows.back().user = "user" + std::to_string(user);
    }
    rows.push_back(Row("192.0.2.1", "/", "curl/8.5.0"));
    rows.back().user = "-";
    const KeyRow row = ClientsOf(rows).at("192.0.2.1");
    EXPECT_EQ(row.distinct_agents->count, 1U) << "a user is no agent";
    return row.shared;
  };
  EXPECT_EQ(shared(3, 200), Shared::kLikely);
  EXPECT_EQ(shared(2, 200), Shared::kUnlikely);
  EXPECT_EQ(shared(3, 401), Shared::kUnlikely);
}

TEST(ClientFactsTest, LongClientsAreNotKnown) {
  const std::string client(1025, 'a');
  for (const auto& [key, row] : ClientsOf({Row(client, "/", Browser(1))})) {
    EXPECT_FALSE(row.distinct_paths.has_value());
    EXPECT_FALSE(row.shared.has_value());
  }
}

// Of 40 clients with 10 to 4,000 paths.
std::vector<TestRow> ManyPaths(uint64_t seed) {
  std::vector<TestRow> rows;
  for (int client = 0; client < 40; ++client) {
    const int paths = static_cast<int>(10 * std::pow(400.0, client / 39.0));
    for (int i = 0; i < paths; ++i) {
      rows.push_back(Row("10.0.0." + std::to_string(client), "/" + std::to_string(i), Browser(client)));
    }
  }
  std::mt19937_64 random(seed);
  std::shuffle(rows.begin(), rows.end(), random);
  return rows;
}

TEST(ClientFactsTest, OverTheBudgetNumbersAreEstimatesWithinTheirError) {
  constexpr uint64_t kLittle = uint64_t{4} << 20;
  const std::map<std::string, KeyRow> clients = ClientsOf(ManyPaths(1), kClientColumns, 1, 1000, kLittle);
  size_t estimated = 0;
  for (const auto& [client, row] : clients) {
    if (!row.distinct_paths) continue;
    ++estimated;
    const double error = row.distinct_paths->error;
    ASSERT_GT(error, 0) << client;
    const double off = static_cast<double>(row.distinct_paths->count) / static_cast<double>(row.count) - 1;
    EXPECT_LT(std::abs(off), 4 * error) << client << ' ' << row.distinct_paths->count << " of " << row.count;
  }
  EXPECT_GT(estimated, 10U);
  EXPECT_LT(estimated, clients.size()) << "of small clients nothing can be said";
}

TEST(ClientFactsTest, OverTheBudgetTheyAreTheSameForAnyOrderAndWorkers) {
  constexpr uint64_t kLittle = uint64_t{4} << 20;
  const std::map<std::string, KeyRow> expected = ClientsOf(ManyPaths(1), kClientColumns, 1, 1000, kLittle);
  for (const size_t workers : {2, 5}) {
    for (const auto& [client, row] : ClientsOf(ManyPaths(workers), kClientColumns, workers, 333, kLittle)) {
      const KeyRow& other = expected.at(client);
      ASSERT_EQ(row.distinct_paths.has_value(), other.distinct_paths.has_value()) << client;
      if (row.distinct_paths) {
        EXPECT_EQ(row.distinct_paths->count, other.distinct_paths->count) << client;
        EXPECT_EQ(row.distinct_paths->error, other.distinct_paths->error) << client;
      }
    }
  }
}

}  // namespace
}  // namespace logstat
