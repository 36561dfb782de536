#include "tests/detect/campaign_log.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tests/detect/campaigns.h"
#include "tests/detect/clean_traffic.h"

namespace logstat {
namespace {

constexpr int64_t kBegin = 12 * 3600;
constexpr int64_t kEnd = 16 * 3600;

void StopServer(Dice& dice, double rate, WovenLog& log) {
  const int64_t first = kBegin + 3 * 3600 + 200 + dice.Roll(300);
  const auto seconds = static_cast<int64_t>(rate < 1 ? 300 * rate : 300 * std::min(rate, 4.0) + 15);
  log.Remove([&](const WovenLine& line) { return line.second >= first && line.second < first + seconds; });
  if (rate >= 1) log.Expect({"traffic-gap", "stopped", "", first, first + seconds, true});
}

}  // namespace

WovenLog MakeCampaignLog(const CampaignLogSettings& settings) {
  Dice dice(settings.seed);
  WovenLog log;
  AddCleanTraffic(dice, {kBegin, kEnd, settings.visits}, log);
  const std::vector<CampaignKind> kinds = AllCampaigns();
  std::map<std::string_view, size_t> of_an_id;
  for (const CampaignKind& kind : kinds) ++of_an_id[kind.id];
  std::map<std::string_view, size_t> seen;
  for (const CampaignKind& kind : kinds) {
    if (of_an_id[kind.id] > 1 && seen[kind.id]++ % 2 != settings.half) continue;
    if (settings.rate < 1 && !kind.counts) continue;
    // An hour of the clock holds the whole of a campaign that is counted by it.
    CampaignStage stage(kind, dice, log, {kBegin + 3600 + dice.Roll(2400), settings.rate});
    kind.weave(stage);
  }
  StopServer(dice, settings.rate, log);
  // What scanners do all the time is found in any log.
  log.Expect({"background-probing", "", "", kBegin, kEnd, false});
  // So many campaigns in an hour shift the shares of their hosts, and some consist of many requests.
  for (const char* id : {"class-shift", "rate-flood"}) {
    log.Expect({id, "", std::string(CampaignLabel::kAnyEntity), kBegin, kEnd, false});
  }
  log.Sort();
  return log;
}

std::vector<WovenLine> Shuffled(const std::vector<WovenLine>& lines, uint64_t seed) {
  Dice dice(seed);
  std::vector<std::pair<int64_t, size_t>> order;
  for (size_t begin = 0; begin < lines.size();) {
    size_t end = begin;
    std::vector<int64_t> delays;
    for (; end < lines.size() && lines[end].second == lines[begin].second; ++end) delays.push_back(dice.Roll(60'000));
    std::sort(delays.begin(), delays.end());
    for (size_t i = begin; i < end; ++i) order.emplace_back(lines[i].second * 1000 + delays[i - begin], i);
    begin = end;
  }
  std::sort(order.begin(), order.end());
  std::vector<WovenLine> shuffled;
  shuffled.reserve(lines.size());
  for (const auto& [when, i] : order) shuffled.push_back(lines[i]);
  return shuffled;
}

}  // namespace logstat
