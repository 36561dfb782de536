// rate-flood: one client that sends many requests at once.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "src/base/milliseconds.h"
#include "src/base/ratio.h"
#include "src/detect/client_name.h"
#include "src/detect/entries.h"
#include "src/detect/failure_evidence.h"
#include "src/detect/heavy_keys.h"
#include "src/detect/key_map.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kRateFlood = {
    .id = "rate-flood",
    .title = "Many requests of one client",
    .severity = Severity::kMedium,
    .threshold = 100,
    .window_seconds = 60,
    .columns = {Field::kTime, Field::kClient},
    .needs_all_statuses = true,
    .statements = "S61",
    .meaning = "One client sends so many requests at once that others may have to wait.",
    .rule =
        "Twice in a row (at most 60 s apart) a hundred requests of one client within 60 s, or fifty within a second; "
        "static files do not count. It lasts while the 60 s, or the second, before each request are as full. Medium "
        "where they are three hundred a minute or fifty in a second, and a fifth of the host's requests while the host "
        "runs at three times its hour before, of which ten minutes are known; high where they are half of them; one "
        "lower for addresses behind which several people stand; all others are info. Where nineteen of twenty are "
        "refused (4xx), only fifty in a second do.",
    .reason =
        "A hundred in a minute, twice, is CrowdSec's and CRS's dos protection; fifty a second is mod_evasive's limit "
        "for a site. Busy clients are usual (crawlers, programs), so it has to be felt, and a site so small that "
        "a check of its links is most of its traffic feels nothing yet; nor does one feel a scan that finds nothing, "
        "because to refuse costs little. The three hundred, the fifth, the half, the three times and the nineteen of "
        "twenty are ours, to be tuned.",
    .false_positives = "An import or a backup by a client of your own; a crawler on a small site; a load test.",
    .advice = "Limit requests per address (limit_req, mod_evasive), or ask the owner of the client to slow down.",
};

namespace {

constexpr uint64_t kMostInASecond = 50;
constexpr uint64_t kFeltInAMinute = 300;
constexpr uint64_t kPartOfHost = 5;  // a fifth
constexpr uint64_t kLargePartOfHost = 2;
constexpr uint64_t kMostlyRefused = 20;  // all but one of so many
constexpr uint64_t kTimesUsual = 3;
constexpr int64_t kLeastUsualMinutes = 10;
constexpr int64_t kJudgeAgainMs = 10'000;

class RateFlood : public Detector {
 public:
  RateFlood(RuleSettings settings, const DetectSettings& common) : Detector(kRateFlood, settings), common_(common) {}

  // A window that is full at some time has half of its lines in one of two minutes that follow each other; so who is
  // not busy in either cannot fill one.
  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    std::vector<uint64_t> busy =
        surroundings.slots.Busy(epoch, std::min((settings().threshold + 1) / 2, kMostInASecond));
    std::vector<uint64_t> followed;
    std::set_union(busy.begin(), busy.end(), last_busy_.begin(), last_busy_.end(), std::back_inserter(followed));
    for (const uint64_t client : followed) Follow(client, epoch.number, surroundings);
    last_busy_ = std::move(busy);
  }

  void OnEvent(const Event& event, Surroundings& /*surroundings*/) override {
    if (floods_.empty()) return;
    const auto found = floods_.find(event.client());
    if (found == floods_.end()) return;
    Flood& flood = found->second;
    if (event.time_ms >= flood.newest_from_ms && event.time_ms <= flood.last_ms) flood.evidence.Add(event);
  }

  void Want(KeyTexts& texts) override {
    for (const auto& [client, flood] : floods_) {
      if (flood.evidence.count() == 0) texts.Want(Field::kClient, client);
      for (size_t i = 0; i < std::min(kTop, flood.paths.size()); ++i) texts.Want(Field::kPath, flood.paths[i].first);
      for (const uint64_t path : flood.busiest) texts.Want(Field::kPath, path);
      for (const uint32_t agent : flood.agents) texts.Want(Field::kAgent, agent);
      for (size_t i = 0; i < std::min(kTop, flood.names.size()); ++i) texts.Want(Field::kAgent, flood.names[i].first);
    }
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    for (const auto& [client, flood] : floods_) {
      const std::string name = ClientName(client, &flood.evidence, context.texts);
      if (name.empty() || IsAllowed(flood, context.texts)) continue;
      findings.push_back(Describe(name, client, flood, context));
    }
  }

  std::vector<LineWish> WishLines(const Finding& finding) const override {
    LineWish wish = LinesOfEntity(finding);
    wish.without_static_files = true;
    return {wish};
  }

 private:
  static constexpr size_t kMostFloods = 4096;
  static constexpr size_t kMostAgents = 32;
  static constexpr size_t kMostPaths = 4095;
  static constexpr size_t kMostOfFlood = 64;  // paths, and agents
  static constexpr size_t kTop = 5;
  static constexpr size_t kMostBusiest = 64;  // paths; with more it is not allowed
  static constexpr size_t kMostInCurve = 60;

  using Lines = std::vector<std::pair<int64_t, uint32_t>>;  // times and hosts, ascending

  struct Requester {
    int64_t last_epoch = INT64_MIN;
    EventTimes window;                // since the last time that it was full
    int64_t full_ms = INT64_MIN / 2;  // when that was
    int64_t full_from_ms = 0;         // and its first line
    int64_t second = INT64_MIN;
    int64_t second_from_ms = 0;  // its first line
    uint64_t in_second = 0;
  };
  struct Flood {
    std::optional<Severity> severity;
    int64_t judged_ms = INT64_MIN / 2;
    int64_t first_ms = INT64_MAX;
    int64_t last_ms = INT64_MIN / 2;
    int64_t next_ms = 0;         // the lines from here to last_ms are not counted yet
    int64_t newest_from_ms = 0;  // the first that was counted in the newest minute that has any
    uint64_t requests = 0;
    uint64_t statics = 0;
    uint64_t peak_second = 0;
    uint64_t peak_minute = 0;
    int64_t minute = INT64_MIN;  // the newest
    uint64_t in_minute = 0;      // requests in it
    size_t minutes = 0;
    std::vector<uint64_t> curve;        // requests of the first kMostInCurve minutes
    double share = 0;                   // of the host's requests, the largest
    double load = 0;                    // the host's requests against the hour before, then
    std::set<uint32_t> agents;          // the smallest hashes: the order of lines does not matter
    std::vector<HeavyKeys::Sum> paths;  // those that came most in one of its minutes
    std::vector<HeavyKeys::Sum> names;  // and of the agents
    std::set<uint64_t> busiest;         // the same of every minute, if paths may be allowed
    Evidence evidence;
  };

  void Follow(uint64_t client, int64_t epoch, Surroundings& surroundings) {
    const int64_t begin_ms = epoch * kEpochMs;
    const int64_t end_ms = begin_ms + kEpochMs - 1;
    Requester& requester = requesters_.At(client, end_ms);
    const bool knows_last = requester.last_epoch == epoch - 1;
    Lines lines;
    const History& history = surroundings.history;
    history.ForEachOf(client, knows_last ? begin_ms : begin_ms - kEpochMs, end_ms,
                      [&](const Shadow& shadow, int64_t time_ms) {
                        if (shadow.is_static == 0) lines.emplace_back(time_ms, shadow.host);
                      });
    requester.last_epoch = epoch;
    std::sort(lines.begin(), lines.end());
    for (const auto& [time_ms, host] : lines) {
      const int64_t from_ms = Count(time_ms, requester);
      if (from_ms != INT64_MIN) Extend(client, host, from_ms, time_ms, lines, requester, surroundings);
    }
    const auto found = floods_.find(client);
    if (found == floods_.end()) return;
    Prolong(client, lines, end_ms, history, found->second);
    Settle(client, history, found->second);
  }

  // What follows a flood belongs to it while its window, or the second, is full. `lines` are those of the newest
  // minute, and mostly enough: of a large flood there are a million, and few of them are not in it yet.
  void Prolong(uint64_t client, const Lines& lines, int64_t to_ms, const History& history, Flood& flood) const {
    const auto after = std::upper_bound(lines.begin(), lines.end(), std::pair(flood.last_ms, UINT32_MAX));
    if (after == lines.end() || after->first > to_ms || after->first - flood.last_ms > settings().window_ms()) return;
    std::vector<int64_t> times;
    const uint64_t most = std::max(settings().threshold, kMostInASecond);
    if (static_cast<uint64_t>(after - lines.begin()) >= most) {
      for (auto line = after - static_cast<std::ptrdiff_t>(most); line != lines.end() && line->first <= to_ms; ++line) {
        times.push_back(line->first);
      }
    } else {
      history.ForEachOf(client, flood.last_ms - settings().window_ms(), to_ms, [&](const Shadow& shadow, int64_t time) {
        if (shadow.is_static == 0) times.push_back(time);
      });
      std::sort(times.begin(), times.end());
    }
    const auto is_full = [&](size_t i, uint64_t count, int64_t from_ms) {
      return i + 1 >= count && times[i + 1 - count] >= from_ms;
    };
    for (size_t i = 0; i < times.size(); ++i) {
      if (times[i] <= flood.last_ms) continue;
      if (times[i] - flood.last_ms > settings().window_ms()) return;
      if (is_full(i, settings().threshold, times[i] - settings().window_ms()) ||
          is_full(i, kMostInASecond, SecondOf(times[i]) * kSecondMs)) {
        flood.last_ms = times[i];
      }
    }
  }

  // Counts the lines of the flood that are not counted yet, minute by minute.
  static void Settle(uint64_t client, const History& history, Flood& flood) {
    for (int64_t epoch = EpochOf(flood.next_ms); flood.next_ms <= flood.last_ms; ++epoch) {
      const int64_t to_ms = std::min(flood.last_ms, (epoch + 1) * kEpochMs - 1);
      AddLines(client, epoch, flood.next_ms, to_ms, history, flood);
      flood.next_ms = to_ms + 1;
    }
  }

  static void AddTop(const HeavyKeys& minute, std::vector<HeavyKeys::Sum>& sums) {
    for (const HeavyKeys::Sum& key : minute.Top(kMostOfFlood)) {
      const auto found =
          std::find_if(sums.begin(), sums.end(), [&](const HeavyKeys::Sum& known) { return known.first == key.first; });
      if (found == sums.end()) {
        sums.push_back(key);
      } else {
        found->second += key.second;
      }
    }
    HeavyKeys::KeepTop(kMostOfFlood, sums);
  }

  static void AddLines(uint64_t client, int64_t epoch, int64_t from_ms, int64_t to_ms, const History& history,
                       Flood& flood) {
    HeavyKeys paths(kMostPaths);
    HeavyKeys names(kMostPaths);
    uint64_t requests = 0;
    history.ForEachOf(client, from_ms, to_ms, [&](const Shadow& shadow, int64_t) {
      if (shadow.is_static != 0) {
        ++flood.statics;
        return;
      }
      ++requests;
      paths.Add(shadow.path, 1);
      if (shadow.agent != 0) names.Add(shadow.agent, 1);
    });
    AddTop(paths, flood.paths);
    AddTop(names, flood.names);
    flood.requests += requests;
    if (flood.minute != epoch) {
      flood.minute = epoch;
      flood.in_minute = 0;
      flood.newest_from_ms = from_ms;
      ++flood.minutes;
    }
    flood.in_minute += requests;
    flood.peak_minute = std::max(flood.peak_minute, flood.in_minute);
    if (flood.minutes > kMostInCurve) return;
    flood.curve.resize(flood.minutes);
    flood.curve.back() = flood.in_minute;
  }

  // Since when this line makes a flood; INT64_MIN: it does not.
  int64_t Count(int64_t time_ms, Requester& requester) const {
    const int64_t second = time_ms / 1000;
    if (requester.second != second) {
      requester.second = second;
      requester.second_from_ms = time_ms;
      requester.in_second = 0;
    }
    int64_t from_ms = ++requester.in_second % kMostInASecond == 0 ? requester.second_from_ms : INT64_MIN;
    EventTimes& window = requester.window;
    while (!window.empty() && time_ms - window.front() > settings().window_ms()) window.pop_front();
    window.push_back(time_ms);
    if (window.size() < settings().threshold) return from_ms;
    if (window.front() - requester.full_ms <= settings().window_ms()) {
      from_ms = std::min(from_ms == INT64_MIN ? time_ms : from_ms, requester.full_from_ms);
    }
    requester.full_ms = time_ms;
    requester.full_from_ms = window.front();
    window.clear();
    return from_ms;
  }

  void Extend(uint64_t client, uint32_t host, int64_t from_ms, int64_t time_ms, const Lines& lines,
              const Requester& requester, Surroundings& surroundings) {
    Flood* found = AtIfRoom(floods_, client, kMostFloods);
    if (found == nullptr) return;
    Flood& flood = *found;
    if (!flood.severity.has_value()) surroundings.errands.WatchClient(client);
    Prolong(client, lines, from_ms - 1, surroundings.history, flood);
    if (from_ms - flood.last_ms > settings().window_ms()) {  // another one
      Settle(client, surroundings.history, flood);
      flood.next_ms = from_ms;
    }
    flood.first_ms = std::min(flood.first_ms, from_ms);
    flood.last_ms = std::max(flood.last_ms, time_ms);
    flood.peak_second = std::max(flood.peak_second, requester.in_second);
    if (time_ms - flood.judged_ms < kJudgeAgainMs) return;
    flood.judged_ms = time_ms;
    const Severity severity = Judge(client, host, time_ms, surroundings.history, flood);
    flood.severity = std::max(flood.severity.value_or(severity), severity);
  }

  // How much of the host's minute the client has, and how much that is more than usual.
  Severity Judge(uint64_t client, uint32_t host, int64_t time_ms, const History& history, Flood& flood) const {
    const bool may_allow = !common_.allowed_paths.empty();
    uint64_t requests = 0;
    uint64_t refused = 0;
    HeavyKeys paths(kMostPaths);
    history.ForEachOf(client, time_ms - kEpochMs + 1, time_ms, [&](const Shadow& shadow, int64_t) {
      if (shadow.agent != 0) flood.agents.insert(shadow.agent);
      if (flood.agents.size() > kMostAgents) flood.agents.erase(std::prev(flood.agents.end()));
      if (shadow.is_static != 0) return;
      requests += shadow.host == host ? 1 : 0;
      refused += shadow.host == host && shadow.status >= 400 && shadow.status < 500 ? 1 : 0;
      if (may_allow) paths.Add(shadow.path, 1);
    });
    if (may_allow && flood.busiest.size() <= kMostBusiest) {
      for (const HeavyKeys::Sum& path : paths.Top(kTop)) flood.busiest.insert(path.first);
    }
    const uint64_t all = std::max(history.Requests(host, time_ms, 60).total, requests);
    int64_t minutes = 0;
    const uint64_t in_hour = history.TrailingHour(host, time_ms - kEpochMs, &minutes).total;
    const double share = Ratio(requests, all);
    if (share > flood.share) {
      flood.share = share;
      flood.load = Ratio(all * static_cast<uint64_t>(minutes), in_hour);
    }
    const bool is_felt = minutes >= kLeastUsualMinutes && all * static_cast<uint64_t>(minutes) >= kTimesUsual * in_hour;
    const bool is_refused = (requests - refused) * kMostlyRefused <= requests;
    const bool is_fast = (requests >= kFeltInAMinute && !is_refused) || flood.peak_second >= kMostInASecond;
    if (!is_felt || !is_fast || requests * kPartOfHost < all) return Severity::kInfo;
    return requests * kLargePartOfHost >= all ? Severity::kHigh : Severity::kMedium;
  }

  // Lines, not events, make a flood; so what is allowed is known here only: of paths, if in every minute all that came
  // most are.
  bool IsAllowed(const Flood& flood, const KeyTexts& texts) const {
    return std::any_of(flood.agents.begin(), flood.agents.end(),
                       [&](uint32_t agent) { return common_.AllowsAgent(texts.Find(Field::kAgent, agent)); }) ||
           (!flood.busiest.empty() && flood.busiest.size() <= kMostBusiest &&
            std::all_of(flood.busiest.begin(), flood.busiest.end(),
                        [&](uint64_t path) { return common_.AllowsPath(texts.Find(Field::kPath, path)); }));
  }

  static std::vector<EvidenceCount> FirstNamed(const std::vector<HeavyKeys::Sum>& sums, Field field,
                                               const KeyTexts& texts) {
    std::vector<EvidenceCount> named = NamedSums(sums, field, texts);
    if (named.size() > kTop) named.resize(kTop);
    return named;
  }

  Finding Describe(const std::string& name, uint64_t client, const Flood& flood, const FindingContext& context) const {
    Finding finding = StartFinding(EntityKind::kClient, name);
    flood.evidence.Fill(context.inputs, &finding);
    finding.count = flood.requests;
    finding.first_time = flood.first_ms;
    finding.last_time = flood.last_ms;
    finding.severity = flood.severity.value_or(Severity::kInfo);
    NoteShared(context, client, finding);
    finding.top_clients = {{name, finding.count}};
    finding.top_paths = FirstNamed(flood.paths, Field::kPath, context.texts);
    std::string curve;
    for (const uint64_t requests : flood.curve) curve += fmt::format("{}{}", curve.empty() ? "" : " ", requests);
    finding.facts.push_back(TextFact("requests_by_minute", curve));
    finding.facts.push_back(NumberFact("peak_in_a_second", flood.peak_second));
    finding.facts.push_back(ShareFact("share_of_host", flood.share));
    if (flood.load > 0) {
      finding.facts.push_back({"host_against_hour_before", fmt::format("{:.1f}", flood.load), true});
    }
    finding.facts.push_back(ShareFact("static_share", Ratio(flood.statics, flood.statics + flood.requests)));
    if (!flood.names.empty()) finding.top_agents = FirstNamed(flood.names, Field::kAgent, context.texts);
    finding.facts.push_back(flood.agents.size() < kMostAgents
                                ? NumberFact("agents", flood.agents.size())
                                : TextFact("agents", fmt::format("{} or more", kMostAgents)));
    finding.sentence = fmt::format("{} sent {} requests, up to {} in a minute, {:.1f} % of its host's", name,
                                   flood.requests, flood.peak_minute, flood.share * 100);
    return finding;
  }

  const DetectSettings& common_;
  std::vector<uint64_t> last_busy_;  // of the epoch before, by hash
  KeyMap<Requester> requesters_{most_keys()};
  std::map<uint64_t, Flood> floods_;  // by client; the first that came
};

}  // namespace

constexpr DetectorEntry kRateFloodEntry{&kRateFlood, MakeDetector<RateFlood>};

}  // namespace logstat
