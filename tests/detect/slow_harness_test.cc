// How good the findings are: campaigns of all kinds woven into the traffic of an ordinary site, found or not, and what
// is found where nothing is. The seeds are fixed. Others, to see how far that goes:
//
//   LOGSTAT_HARNESS_SEEDS="11 12 13" build/tests/detect_slow_test --gtest_filter='Harness*'
//
// The tables are printed, and what was missed after them; the targets are asserted.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "src/detect/registry.h"
#include "tests/detect/campaign_log.h"
#include "tests/detect/campaigns.h"
#include "tests/detect/clean_traffic.h"
#include "tests/detect/find.h"
#include "tests/detect/score.h"

namespace logstat {
namespace {

// Targets. For what counts: at twice the threshold nearly all is found, at half of it nothing is. One event is enough
// where the rule says so. What is called high or critical is true.
constexpr double kLeastRecall = 0.99;
constexpr double kLeastPrecision = 0.95;
constexpr double kVerdictsRight = 0.95;
constexpr double kMostAlarmsInAMillion = 1;

std::vector<uint64_t> Seeds(std::vector<uint64_t> usual) {
  const char* given = std::getenv("LOGSTAT_HARNESS_SEEDS");
  if (given == nullptr) return usual;
  std::istringstream numbers(given);
  std::vector<uint64_t> seeds;
  for (uint64_t seed = 0; numbers >> seed;) seeds.push_back(seed);
  return seeds;
}

DetectionScore ScoreAt(double rate) {
  DetectionScore score;
  for (const uint64_t seed : Seeds({1, 2, 3})) {
    for (const size_t half : {size_t{0}, size_t{1}}) {
      WovenLog log = MakeCampaignLog({.seed = seed, .rate = rate, .half = half});
      score.Add(Find(log.Text(), WovenOptions()), log.labels());
    }
  }
  return score;
}

void Print(std::string_view title, const DetectionScore& score) {
  fmt::print("{}\n{}\n{}\n{}\n", title, score.Table(), score.Confusion("414-flood"), score.Confusion("421-conn-limit"));
  for (const std::string& miss : score.misses()) fmt::print("  {}\n", miss);
}

void ExpectTargets(const DetectionScore& score) {
  for (const auto& [id, row] : score.rows()) {
    EXPECT_GE(row.recall(), kLeastRecall) << id;
    if (row.severe > 0) {
      EXPECT_GE(1 - static_cast<double>(row.false_severe) / static_cast<double>(row.severe), kLeastPrecision) << id;
    }
  }
  EXPECT_GE(score.total().recall(), kLeastRecall);
  EXPECT_GE(score.total().precision(), kLeastPrecision);
  EXPECT_GE(score.VerdictsRight("414-flood"), kVerdictsRight);
  EXPECT_GE(score.VerdictsRight("421-conn-limit"), kVerdictsRight);
}

TEST(HarnessTest, EveryRuleHasACampaign) {
  std::set<std::string> labelled;
  for (const size_t half : {size_t{0}, size_t{1}}) {
    const WovenLog log = MakeCampaignLog({.seed = 1, .half = half});
    for (const CampaignLabel& label : log.labels()) {
      if (label.is_required) labelled.insert(label.id);
    }
  }
  for (const DetectorEntry* entry : AllDetectors())
    EXPECT_TRUE(labelled.contains(std::string(entry->rule->id))) << entry->rule->id;
}

TEST(HarnessTest, AtTheThreshold) {
  const DetectionScore score = ScoreAt(1);
  Print("At the threshold", score);
  ExpectTargets(score);
}

TEST(HarnessTest, AtTwiceTheThreshold) {
  const DetectionScore score = ScoreAt(2);
  Print("At twice the threshold", score);
  ExpectTargets(score);
}

TEST(HarnessTest, AtTenTimesTheThreshold) {
  const DetectionScore score = ScoreAt(10);
  Print("At ten times the threshold", score);
  ExpectTargets(score);
}

TEST(HarnessTest, NothingBelowTheThreshold) {
  for (const double rate : {0.5, 0.85}) {
    const DetectionScore score = ScoreAt(rate);
    Print(fmt::format("At {} of the threshold", rate), score);
    EXPECT_EQ(score.total().false_alarms, 0u);
  }
}

TEST(HarnessTest, CleanDaysAreQuiet) {
  uint64_t lines = 0;
  uint64_t alarms = 0;
  std::map<std::string, uint64_t> of_an_id;
  std::vector<std::string> texts;
  struct Site {
    int64_t days, visits;
  };
  // A small one for three days, one of the size at which a site is somebody's work, and a large one.
  constexpr std::array kSites = {Site{3, 20}, Site{1, 600}, Site{1, 2000}};
  for (const uint64_t seed : Seeds({1, 2, 3})) {
    Dice dice(seed);
    WovenLog log;
    const Site site = kSites[seed % kSites.size()];
    AddCleanTraffic(dice, {.from = 0, .to = site.days * 86'400, .visits = site.visits}, log);
    for (const WovenLog::Hosts hosts : {WovenLog::Hosts::kWith, WovenLog::Hosts::kWithout}) {
      const Findings findings = Find(log.Text(hosts), WovenOptions(hosts));
      lines += log.lines().size();
      for (const Finding& finding : findings.rows) {
        if (finding.id == "background-probing") continue;  // there is some on every day
        ++of_an_id[fmt::format("{} {}", SeverityName(finding.severity), finding.id)];
        alarms += finding.severity >= Severity::kMedium ? 1 : 0;
        texts.push_back(ToText(finding));
      }
    }
  }
  const double in_a_million = static_cast<double>(alarms) * 1e6 / static_cast<double>(lines);
  fmt::print("Clean days: {} lines, {} findings of medium or worse, {:.2f} in a million lines\n", lines, alarms,
             in_a_million);
  for (const auto& [id, count] : of_an_id) fmt::print("  {:<24} {}\n", id, count);
  for (const std::string& text : texts) fmt::print("  {}\n", text);
  EXPECT_LE(in_a_million, kMostAlarmsInAMillion);
}

// A proxy's own log is full of tunnels, which are its work.
TEST(HarnessTest, ProxyLogIsQuiet) {
  Dice dice(5);
  std::string text;
  for (int64_t i = 0; i < 20'000; ++i) {
    const bool is_tunnel = dice.Percent(70);
    text += fmt::format("{}.{:03} {:6} 10.0.0.{} TCP_{}/{} {} {} {} person{} HIER_DIRECT/203.0.113.{} -\n",
                        1'795'305'600 + i * 2, dice.Roll(1000), dice.Roll(9000), dice.Between(1, 60),
                        is_tunnel ? "TUNNEL" : "MISS", dice.OneIn(40) ? 407 : 200, dice.Roll(90'000),
                        is_tunnel ? "CONNECT" : "GET",
                        is_tunnel ? fmt::format("site{}.example.net:443", dice.Roll(90))
                                  : fmt::format("http://site{}.example.net/{}", dice.Roll(90), dice.Roll(500)),
                        dice.Roll(40), dice.Between(1, 250));
  }
  Options options;
  options.format = "squid";
  const Findings findings = Find(text, options);
  for (const Finding& finding : findings.rows) EXPECT_LT(finding.severity, Severity::kMedium) << ToText(finding);
}

// What one client of a crowd does against one path.
struct CrowdKind {
  std::string_view id;
  std::string_view path;
  void (*act)(CampaignStage& stage, int64_t after, const std::string& client);
};

constexpr std::array kCrowds = {
    CrowdKind{"414-flood", "/report",
              [](CampaignStage& stage, int64_t after, const std::string& client) {
                for (int64_t i = 0; i < 5; ++i) {
                  SendTooLong(stage, after + i * 10, "www.example.org", client, LongForm(stage.dice(), "/report"),
                              LongRequestServer::kNginx);
                }
              }},
    CrowdKind{"retry-4xx", "/members/list",
              [](CampaignStage& stage, int64_t after, const std::string& client) {
                for (int64_t i = 0; i < 3; ++i) {
                  stage.Send(after + i * 30, "www.example.org", client, "GET /members/list HTTP/1.1", 403, 190);
                }
              }},
    CrowdKind{"auth-rejected", "/wiki/",
              [](CampaignStage& stage, int64_t after, const std::string& client) {
                for (int64_t i = 0; i < 5; ++i) {
                  stage.Send(after + i * 20, "intra.example.org", client, "GET /wiki/ HTTP/1.1", 401, 179).user =
                      "u" + client;
                }
              }},
    CrowdKind{"cache-bust", "/start",
              [](CampaignStage& stage, int64_t after, const std::string& client) {
                for (int64_t i = 0; i < 66; ++i) {
                  stage.Send(after + i / 33, "www.example.org", client,
                             fmt::format("GET /start?{} HTTP/1.1", 1'000'000'000 + stage.dice().Roll(8'000'000'000)),
                             200, 9000);
                }
              }},
};

TEST(HarnessTest, ACrowdAgainstOnePathIsOneFinding) {
  constexpr CampaignKind kNone;
  for (const CrowdKind& crowd : kCrowds) {
    for (const int64_t clients : {1, 5, 500}) {
      Dice dice(static_cast<uint64_t>(clients));
      WovenLog log;
      AddCleanTraffic(dice, {43'200, 46'800, 250}, log);
      CampaignStage stage(kNone, dice, log, {.first = 45'000});
      std::string client;
      for (int64_t i = 0; i < clients; ++i) {
        client = CampaignStage::NewClient();
        crowd.act(stage, crowd.id == "cache-bust" ? i / 250 : i * 60 / clients, client);
      }
      const Findings findings = Find(log.Text(), WovenOptions());
      const std::vector<std::string> ids = Ids(findings);
      EXPECT_EQ(std::count(ids.begin(), ids.end(), crowd.id), 1) << crowd.id << " of " << clients;
      const Finding* finding = FindId(findings, crowd.id);
      ASSERT_NE(finding, nullptr) << crowd.id << " of " << clients;
      EXPECT_EQ(finding->entity, clients == 1 ? client : crowd.path) << ToText(*finding);
      if (clients > 1) {
        EXPECT_EQ(FactOf(*finding, "clients"), std::to_string(clients));
      }
    }
  }
}

// Eight people behind the client's address read on, before, while and after it does what it does.
void PutPeopleBehind(const std::string& client, int64_t second, WovenLog& log) {
  for (int64_t i = 0; i < 8 * 6; ++i) {
    WovenLine line;
    line.second = second - 540 + i * 30;
    line.client = client;
    line.request = fmt::format("GET /products/{}/ HTTP/1.1", i);
    line.bytes = 9000 + i;
    line.agent = kBrowsers[static_cast<size_t>(i % 8)];
    log.Add(line);
  }
}

TEST(HarnessTest, SharedAddressesCountOneLess) {
  size_t compared = 0;
  for (const CampaignKind& kind : AllCampaigns()) {
    if (kind.verdict == "token") continue;  // that is about clients which do nothing else
    std::array<std::optional<Severity>, 2> severities;
    std::optional<Shared> shared;
    for (const size_t is_shared : {size_t{0}, size_t{1}}) {
      Dice dice(3);
      WovenLog log;
      AddCleanTraffic(dice, {43'200, 46'800, 100}, log);
      CampaignStage stage(kind, dice, log, {.first = 45'000, .rate = 2});
      kind.weave(stage);
      const CampaignLabel label = log.labels().front();
      if (!label.entity.starts_with("203.")) break;
      if (is_shared == 1) PutPeopleBehind(label.entity, 45'000, log);
      for (const Finding& finding : Find(log.Text(), WovenOptions()).rows) {
        if (finding.id != kind.id || finding.entity != label.entity) continue;
        severities[is_shared] = finding.severity;
        shared = finding.shared;
      }
      if (is_shared == 0 && !shared.has_value()) break;  // a rule that does not ask
    }
    if (!shared.has_value() || !severities[0].has_value()) continue;
    ++compared;
    if (kind.id == "ua-rotation") {
      EXPECT_FALSE(severities[1].has_value());
      continue;
    }
    ASSERT_TRUE(severities[1].has_value()) << kind.id << " " << kind.verdict;
    EXPECT_EQ(shared, Shared::kLikely) << kind.id << " " << kind.verdict;
    const Severity lowered = *severities[0] == Severity::kInfo
                                 ? Severity::kInfo
                                 : static_cast<Severity>(static_cast<int>(*severities[0]) - 1);
    EXPECT_EQ(*severities[1], lowered) << kind.id << " " << kind.verdict;
  }
  EXPECT_GE(compared, 12u);
}

TEST(HarnessTest, LinesOutOfOrderAreFoundAsWell) {
  DetectionScore score;
  for (const uint64_t seed : Seeds({1, 2})) {
    for (const size_t half : {size_t{0}, size_t{1}}) {
      const WovenLog log = MakeCampaignLog({.seed = seed, .rate = 2, .half = half});
      score.Add(Find(WovenLog::TextOf(Shuffled(log.lines(), seed)), WovenOptions()), log.labels());
    }
  }
  Print("Lines up to a minute out of order", score);
  ExpectTargets(score);
}

}  // namespace
}  // namespace logstat
