// Campaigns to weave into harmless traffic, at least one for each rule, with the labels by which their findings are
// known.
//
//   for (const CampaignKind& kind : AllCampaigns()) {
//     CampaignStage stage(kind, dice, log, {.first = 50'000, .rate = 2});
//     kind.weave(stage);                 // twice as many events as the threshold asks for, and a label
//   }
//
// At a rate under 1 a campaign of a rule that counts stays below its threshold and has no label: nothing may be found.
// Campaigns of rules to which one event is enough are not woven then (`counts` is false).
#ifndef LOGSTAT_TESTS_DETECT_CAMPAIGNS_H_
#define LOGSTAT_TESTS_DETECT_CAMPAIGNS_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/detect/woven_log.h"

namespace logstat {

class CampaignStage;

struct CampaignKind {
  std::string_view id;
  std::string_view verdict;  // empty: the rule has none, or which one depends on the dice
  bool counts = true;
  void (*weave)(CampaignStage&) = nullptr;
};

// When and how strong a campaign is.
struct CampaignPlace {
  int64_t first = 0;  // second
  double rate = 1;    // times the threshold
};

class CampaignStage {
 public:
  CampaignStage(const CampaignKind& kind, Dice& dice, WovenLog& log, CampaignPlace place)
      : kind_(kind), dice_(dice), log_(log), place_(place) {}

  Dice& dice() { return dice_; }
  double rate() const { return place_.rate; }
  // How many events there are, if the rule asks for `threshold`.
  int64_t Count(int64_t threshold) const;
  // When the i-th of `count` events comes: later than those before it, at a moment that the dice choose, and so that
  // all fit into `window` seconds.
  int64_t Spread(int64_t i, int64_t count, int64_t window) {
    const int64_t begin = i * window / count;
    const int64_t end = (i + 1) * window / count;
    return begin + dice_.Roll(std::max<int64_t>(end - begin, 1));
  }

  // Seconds from the campaign's begin to the next full minute, for rules that count by the minutes of the clock.
  int64_t ToFullMinute() const { return (60 - place_.first % 60) % 60; }

  // Never the same twice, in any stage.
  static std::string NewClient();
  static int64_t NewNumber();
  // A host of its own, with a page a second from 15 minutes before the campaign until `lasts` seconds after its begin.
  std::string NewHost(int64_t lasts);
  std::string_view Browser() { return dice_.Pick(browsers()); }

  // A request `after` seconds after the campaign's begin. The line begins as one of a browser, without referrer.
  WovenLine& Send(int64_t after, std::string_view host, std::string_view client, std::string_view request, int status,
                  int64_t bytes);

  // What is to be found: nothing at a rate below 1.
  void Expect(std::string_view entity, std::string_view id = {}, std::string_view verdict = {});
  // What may be found as well.
  void Allow(std::string_view entity, std::string_view id);

 private:
  static std::span<const std::string_view> browsers();

  const CampaignKind& kind_;
  Dice& dice_;
  WovenLog& log_;
  CampaignPlace place_;
  int64_t last_ = 0;  // of the events so far
};

std::vector<CampaignKind> AllCampaigns();

// Its parts, in files of such names: campaigns_attacks.cc, …
std::span<const CampaignKind> AttackCampaigns();
std::span<const CampaignKind> FailureCampaigns();
std::span<const CampaignKind> LimitCampaigns();
std::span<const CampaignKind> ProtocolCampaigns();
std::span<const CampaignKind> HygieneCampaigns();

// Request lines that a server refuses as too long, as nginx and Apache log them: cut at the buffer, without a protocol.
// nginx keeps 8,192 bytes of the line, Apache 8,191.
enum class LongRequestServer : uint8_t { kNginx, kApache };
std::string CutRequest(std::string_view request, LongRequestServer server);
// Adds such a line: no referrer and no agent, whatever the client sent.
void SendTooLong(CampaignStage& stage, int64_t after, std::string_view host, std::string_view client,
                 std::string_view target, LongRequestServer server);
// Of a form with as many fields that it is too long. The same names each time, other values.
std::string LongForm(Dice& dice, std::string_view path);

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_CAMPAIGNS_H_
