// A log that is woven of harmless traffic and of campaigns whose findings are known beforehand.
//
//   Dice dice(7);                                                   // the same numbers for the same seed, everywhere
//   WovenLog log;
//   AddCleanTraffic(dice, 0, 4 * 3600, 1.0, log);                    // clean_traffic.h
//   AddCampaigns(…);                                                 // campaigns.h
//   Findings findings = Find(log.Text(), WovenOptions());
//   Score(findings, log.labels());                                   // score.h
//
// Lines come out in the order of their times, whatever the order in which they were added. Their format is nginx's
// combined with the host in front, so that campaigns about hosts have hosts of their own, and the request time behind;
// Text() without hosts is plain combined.
#ifndef LOGSTAT_TESTS_DETECT_WOVEN_LOG_H_
#define LOGSTAT_TESTS_DETECT_WOVEN_LOG_H_

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/findings.h"
#include "logstat/options.h"

namespace logstat {

// Chance that depends on nothing but the seed: the distributions of the standard library differ between libraries.
class Dice {
 public:
  explicit Dice(uint64_t seed) : engine_(seed) {}
  // From 0 to `sides` - 1.
  int64_t Roll(int64_t sides) { return static_cast<int64_t>(engine_() % static_cast<uint64_t>(sides)); }
  int64_t Between(int64_t least, int64_t most) { return least + Roll(most - least + 1); }
  bool Percent(int64_t percent) { return Roll(100) < percent; }
  bool OneIn(int64_t count) { return Roll(count) == 0; }
  template <typename List>
  auto Pick(const List& list) {
    return list[static_cast<size_t>(Roll(static_cast<int64_t>(std::size(list))))];
  }

 private:
  std::mt19937_64 engine_;
};

struct WovenLine {
  int64_t second = 0;  // since 2026-11-22 00:00:00 UTC, a Sunday
  std::string host = "www.example.org";
  std::string client;
  std::string request;
  int status = 200;
  int64_t bytes = 512;
  std::string referrer = "-";
  std::string agent = "-";
  std::string user = "-";
  int64_t duration_ms = 20;  // in the log if hosts are
};

// What a campaign should be found as.
struct CampaignLabel {
  static constexpr std::string_view kAnyEntity = "*";

  std::string id;
  std::string verdict;  // empty: any
  std::string entity;   // as the finding has it
  int64_t first = 0;    // seconds, as in WovenLine
  int64_t last = 0;
  bool is_required = true;  // false: may be found, as a consequence of the campaign
};

class WovenLog {
 public:
  void Add(WovenLine line) { lines_.push_back(std::move(line)); }
  void Expect(CampaignLabel label) { labels_.push_back(std::move(label)); }
  // Takes out what the predicate says, as a server that is down does.
  void Remove(const std::function<bool(const WovenLine&)>& is_lost);
  // By time; lines of one second stay as they were added.
  void Sort();

  std::vector<WovenLine>& lines() { return lines_; }
  const std::vector<WovenLine>& lines() const { return lines_; }
  const std::vector<CampaignLabel>& labels() const { return labels_; }

  enum class Hosts : uint8_t { kWith, kWithout };
  // Sorted first. Every line is `shift` seconds later.
  std::string Text(Hosts hosts = Hosts::kWith, int64_t shift = 0);
  static std::string TextOf(const std::vector<WovenLine>& lines, Hosts hosts = Hosts::kWith, int64_t shift = 0);

 private:
  std::vector<WovenLine> lines_;
  std::vector<CampaignLabel> labels_;
};

// Of the time of a finding.
int64_t WovenSecond(TimeMs time);

// How logstat reads such a log.
Options WovenOptions(WovenLog::Hosts hosts = WovenLog::Hosts::kWith);

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_WOVEN_LOG_H_
