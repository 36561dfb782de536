// No two findings of a report have the same key: who compares two reports knows each finding again by it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "logstat/analyze.h"
#include "src/report/finding_text.h"
#include "tests/detect/campaign_log.h"
#include "tests/detect/find.h"
#include "tests/detect/score.h"

namespace logstat {
namespace {

// "": all are different.
std::string Doubles(const Findings& findings) {
  std::map<std::string, std::vector<std::string>> verdicts;
  std::string doubles;
  for (const Finding& finding : findings.rows) {
    std::vector<std::string>& same = verdicts[FindingKey(finding)];
    same.push_back(finding.verdict);
    if (same.size() == 2) doubles += fmt::format("{} ({}, {})\n", FindingKey(finding), same[0], same[1]);
  }
  return doubles;
}

TEST(FindingKeysTest, OfSampleLogsAreDifferent) {
  size_t logs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(LOGSTAT_SOURCE_DIR "/sample-logs")) {
    if (entry.path().extension() != ".log") continue;
    ++logs;
    Options options;
    options.inputs = {entry.path().string()};
    RunControl control;
    EXPECT_EQ(Doubles(Analyze(options, control).findings), "") << entry.path();
  }
  EXPECT_GT(logs, 30u);
}

TEST(FindingKeysTest, OfCampaignsOfEveryRuleAreDifferent) {
  for (const size_t half : {0, 1}) {
    for (const WovenLog::Hosts hosts : {WovenLog::Hosts::kWith, WovenLog::Hosts::kWithout}) {
      WovenLog log = MakeCampaignLog({.seed = 11 + half, .rate = 10, .half = half, .visits = 60});
      EXPECT_EQ(Doubles(Find(log.Text(hosts), WovenOptions(hosts))), "") << half;
    }
  }
}

TEST(FindingKeysTest, AVerdictOfTheSameTroubleIsNoPartOfIt) {
  Finding finding;
  finding.id = "414-flood";
  finding.verdict = "form-get";
  finding.entity_kind = EntityKind::kClient;
  finding.entity = "203.0.113.9";
  EXPECT_EQ(FindingKey(finding), "414-flood:client:203.0.113.9");
  finding.is_apart_by_verdict = true;
  EXPECT_EQ(FindingKey(finding), "414-flood/form-get:client:203.0.113.9");
}

TEST(FindingKeysTest, APathIsOneOfItsHost) {
  Finding finding;
  finding.id = "empty-200";
  finding.entity_kind = EntityKind::kPath;
  finding.entity = "/cart";
  EXPECT_EQ(FindingKey(finding), "empty-200:path:/cart");
  EXPECT_EQ(EntityText(finding), "path /cart");
  finding.host = "shop.example";
  EXPECT_EQ(FindingKey(finding), "empty-200:path:shop.example/cart");
  EXPECT_EQ(EntityText(finding), "path /cart of shop.example");
  finding.entity = "*";
  EXPECT_EQ(FindingKey(finding), "empty-200:path:shop.example *");
}

}  // namespace
}  // namespace logstat
