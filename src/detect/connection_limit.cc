// 421-conn-limit: clients that the server refuses because they ask too much at once, or at the wrong place.
//
// Three verdicts, one finding for each host and verdict, with a table of its clients:
//   conn-limit   421 or 503: the address holds more connections than it may (the document's meaning of 421)
//   rate-limit   429: it asks too often; info where less than a tenth of its requests was refused
//   misdirected  421 as the standard has it today (misdirected.h)
// A 421 always counts. A 429 or 503 counts for a client of a host only if its refused share is five times that of all
// others there, and the others were served four times out of five: when everybody is refused, that is an outage, and
// 503-overload says so. Both are asked a window later, of the window before the refusal and that behind it, because at
// the begin of an outage everybody was served until a moment ago.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "src/base/ratio.h"
#include "src/detect/code_tally.h"
#include "src/detect/entries.h"
#include "src/detect/join_keys.h"
#include "src/detect/key_map.h"
#include "src/detect/misdirected.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kConnectionLimit = {
    .id = "421-conn-limit",
    .title = "Connections per address, or misdirected",
    .severity = Severity::kMedium,
    .threshold = 5,
    .window_seconds = 60,
    .columns = {Field::kTime, Field::kClient},
    .needs_all_statuses = true,
    .verdicts_are_apart = true,
    .statements = "S60 S61",
    .rule =
        "Five answers 421, 429 or 503 (--limit-codes) to one client of a host within 60 s, while others on the same "
        "host are served.",
    .reason =
        "The document: with 421 an address holds more connections than the server permits. Servers of today say "
        "the same with 503 (nginx limit_conn) or 429. The number is ours, to be tuned.",
    .false_positives = "Many people behind one gateway look like one client; a monitor that ignores 429.",
    .advice =
        "Raise the limit, or ask whose client it is to open fewer connections. Do not block it before you know "
        "that it is one: an address may be a gateway with many users behind it.",
};

namespace {

constexpr double kTimesOthers = 5;
constexpr double kOthersServed = 0.8;

// The most requests of a client at once, by when their answers ended and how long they took.
class RequestsInFlight {
 public:
  void Add(int64_t end_ms, int64_t duration_us) {
    changes_.emplace_back(end_ms * 1000 - duration_us, 1);
    changes_.emplace_back(end_ms * 1000 + 1, -1);
  }
  uint64_t Peak() {
    std::sort(changes_.begin(), changes_.end());
    int64_t now = 0;
    int64_t peak = 0;
    for (const auto& [time_us, change] : changes_) peak = std::max(peak, now += change);
    return static_cast<uint64_t>(peak);
  }

 private:
  std::vector<std::pair<int64_t, int>> changes_;
};

class ConnectionLimit : public Detector {
 public:
  ConnectionLimit(RuleSettings settings, const DetectSettings& common)
      : Detector(kConnectionLimit, settings, StatusSet::Where([&codes = common.limit_codes](int status) {
                   return std::find(codes.begin(), codes.end(), status) != codes.end();
                 })),
        windows_{SlidingWindows(settings.threshold, settings.window_ms(), settings.most_keys),
                 SlidingWindows(settings.threshold, settings.window_ms(), settings.most_keys)},
        misdirected_(settings) {}

  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    misdirected_.Settle(surroundings.history);
    CompareUntil((epoch.number + 1) * kEpochMs - 1 - settings().window_ms(), surroundings.history);
  }

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    const int status = event.status();
    if (event.client() == 0) return;
    if (status == 421) misdirected_.Add(event);
    NoteRefusal(event);
    const Kind kind = status == 429 ? kRate : kConnections;
    const uint64_t key = JoinKeys(event.client(), event.shadow.host);
    SlidingWindow& window = windows_[kind].Add(key, event);
    codes_[kind].Add(key, window, event);
    window.SetEntity(event.text(Field::kClient));
    if (window.in_window() < settings().threshold) return;
    surroundings.errands.WatchClient(event.client());
    Client* client = AtIfRoom(clients_[kind], key, most_keys());
    if (client == nullptr) return;
    client->client = event.client();
    client->host = event.shadow.host;
    client->host_name = event.text(Field::kHost);
    client->always_counts = client->always_counts || status == 421;
    client->peak = std::max<uint64_t>(client->peak, window.in_window());
    CountInFlight(event, surroundings.history, *client);
    if (client->checked_second == event.time_ms / 1000) return;
    client->checked_second = event.time_ms / 1000;
    if (comparisons_.size() < most_keys()) comparisons_.push_back({event.time_ms, key, kind});
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    CompareUntil(INT64_MAX, context.history);
    const std::set<uint32_t> misdirected = misdirected_.Finish(
        context, [this](std::string_view host) { return StartHostFinding(host); }, findings);
    for (const Kind kind : {kConnections, kRate}) AddHosts(context, kind, misdirected, findings);
  }

 private:
  enum Kind : size_t { kConnections, kRate };

  // A client that one host refused as often as the threshold says.
  struct Client {
    uint64_t client = 0;
    uint32_t host = 0;
    std::string host_name;
    bool always_counts = false;  // a 421
    uint64_t comparisons = 0;    // with the others
    uint64_t apart = 0;          // of them: it alone was refused
    uint64_t peak = 0;
    int64_t checked_second = INT64_MIN;
    int64_t flight_epoch = INT64_MIN;  // the last in which requests in flight were counted
    uint64_t most_in_flight = 0;       // 0: no durations
    double refused_share = 0;          // in the window in which it was highest
    double others_served = 1;

    // Most of the time: an outage can look like a limit for a moment.
    bool Counts() const { return always_counts || apart * 2 > comparisons; }
  };

  // A refusal whose surroundings are to be looked at when they are known.
  struct Comparison {
    int64_t time_ms;
    uint64_t key;
    Kind kind;
  };

  // How many requests of a host were refused, as far back as a comparison may ask.
  void NoteRefusal(const Event& event) {
    std::deque<int64_t>& times = refusals_.At(event.shadow.host, event.time_ms);
    while (!times.empty() && event.time_ms - times.front() > 2 * settings().window_ms() + 2 * kEpochMs) {
      times.pop_front();
    }
    times.push_back(event.time_ms);
  }
  uint64_t RefusalsOf(uint32_t host, int64_t from_ms, int64_t to_ms) const {
    const std::deque<int64_t>* times = refusals_.Find(host);
    if (times == nullptr) return 0;
    return static_cast<uint64_t>(std::upper_bound(times->begin(), times->end(), to_ms) -
                                 std::lower_bound(times->begin(), times->end(), from_ms));
  }

  // Once a minute: while an epoch is the newest one its durations are known.
  void CountInFlight(const Event& event, const History& history, Client& client) const {
    const int64_t epoch = EpochOf(event.time_ms);
    if (client.flight_epoch == epoch) return;
    client.flight_epoch = epoch;
    RequestsInFlight flight;
    history.ForEachTimedOf(event.client(), [&](int64_t end_ms, int64_t us) { flight.Add(end_ms, us); });
    client.most_in_flight = std::max(client.most_in_flight, flight.Peak());
  }

  void CompareUntil(int64_t time_ms, const History& history) {
    while (!comparisons_.empty() && comparisons_.front().time_ms <= time_ms) {
      const Comparison& comparison = comparisons_.front();
      Compare(comparison, history, clients_[comparison.kind].at(comparison.key));
      comparisons_.pop_front();
    }
  }

  void Compare(const Comparison& comparison, const History& history, Client& client) const {
    const int64_t from_ms = comparison.time_ms - settings().window_ms();
    const int64_t to_ms = comparison.time_ms + settings().window_ms();
    uint64_t own = 0;
    uint64_t own_served = 0;
    uint64_t own_refused = 0;
    history.ForEachOf(client.client, from_ms, to_ms, [&](const Shadow& shadow, int64_t) {
      if (shadow.host != client.host) return;
      const int status = static_cast<int>(shadow.status);
      ++own;
      own_served += IsServed(status) ? 1 : 0;
      own_refused += statuses().Contains(status) ? 1 : 0;
    });
    const History::Counts all = history.Requests(client.host, to_ms, 2 * settings().window_seconds + 1);
    const uint64_t others = all.total > own ? all.total - own : 0;
    const uint64_t others_served = all.served > own_served ? all.served - own_served : 0;
    const uint64_t refused = RefusalsOf(client.host, from_ms, to_ms);
    const double refused_share = Ratio(own_refused, own);
    const double others_refused = Ratio(refused > own_refused ? refused - own_refused : 0, others);
    const double others_served_share = others == 0 ? 1 : Ratio(others_served, others);
    // A client that is alone on its host can be limited by rate, but not told from an outage.
    const bool apart = others == 0
                           ? comparison.kind == kRate
                           : refused_share >= kTimesOthers * others_refused && others_served_share >= kOthersServed;
    ++client.comparisons;
    client.apart += apart ? 1 : 0;
    if (refused_share < client.refused_share) return;
    client.refused_share = refused_share;
    client.others_served = others_served_share;
  }

  void AddHosts(const FindingContext& context, Kind kind, const std::set<uint32_t>& misdirected,
                std::vector<Finding>& findings) {
    windows_[kind].Flush();
    struct Group {
      Evidence evidence;
      CodeTally codes;
      std::vector<std::pair<const Client*, const SlidingWindow*>> clients;
    };
    std::map<std::string, Group> groups;
    windows_[kind].ForEachReached([&](uint64_t key, const SlidingWindow& window) {
      const auto found = clients_[kind].find(key);
      if (found == clients_[kind].end() || !found->second.Counts()) return;
      const CodeTally codes = codes_[kind].Of(key);
      if (codes.Most(421) == 421 && misdirected.count(found->second.host) != 0) return;
      Group& group = groups[found->second.host_name];
      group.evidence.Merge(window.evidence());
      group.codes.Merge(codes);
      group.clients.emplace_back(&found->second, &window);
    });
    for (const auto& [host, group] : groups) {
      Finding finding = StartHostFinding(host);
      group.evidence.Fill(context.inputs, &finding);
      Describe(context, kind, group.clients, group.codes, finding);
      findings.push_back(std::move(finding));
    }
  }

  void Describe(const FindingContext& context, Kind kind,
                const std::vector<std::pair<const Client*, const SlidingWindow*>>& clients, const CodeTally& codes,
                Finding& finding) const {
    finding.verdict = kind == kRate ? "rate-limit" : "conn-limit";
    uint64_t peak = 0;
    uint64_t in_flight = 0;
    size_t agents = 0;
    Shared shared = Shared::kUnknown;
    double refused = 0;
    const Client* busiest = nullptr;
    const SlidingWindow* busiest_window = nullptr;
    for (const auto& [client, window] : clients) {
      peak = std::max(peak, client->peak);
      in_flight = std::max(in_flight, client->most_in_flight);
      agents = std::max(agents, context.shared.Agents(client->client));
      shared = std::max(shared, context.shared.Of(client->client));
      refused = std::max(refused, client->refused_share);
      if (busiest_window == nullptr || window->evidence().count() > busiest_window->evidence().count()) {
        busiest = client;
        busiest_window = window;
      }
    }
    finding.shared = shared;
    finding.code = codes.Most(421);
    finding.advice_is_whole = finding.code == 421;  // ours is the document's, and the code's as well
    if (shared == Shared::kLikely) finding.severity = Lowered(finding.severity);
    if (kind == kRate && refused < 0.1) finding.severity = Severity::kInfo;
    finding.facts = {NumberFact("clients", clients.size()),
                     NumberFact("most_refused_in_window", peak),
                     in_flight == 0 ? TextFact("peak_in_flight", "unknown") : NumberFact("peak_in_flight", in_flight),
                     NumberFact("refused_percent", static_cast<uint64_t>(refused * 100)),
                     NumberFact("others_served_percent", static_cast<uint64_t>(busiest->others_served * 100)),
                     NumberFact("agents", agents)};
    const std::string who = clients.size() == 1
                                ? busiest_window->entity()
                                : fmt::format("{} clients, first of all {},", clients.size(), busiest_window->entity());
    const uint64_t with_code = codes.Of(finding.code);
    const std::string times = with_code == finding.count ? fmt::format("{} times with {}", finding.count, finding.code)
                                                         : fmt::format("{} times, {} of them with {},", finding.count,
                                                                       with_code, finding.code);
    finding.sentence =
        fmt::format("{} {} refused {} for {}; one address may be many users", who, clients.size() == 1 ? "was" : "were",
                    times, kind == kRate ? "asking too often" : "too many connections");
  }

  std::array<SlidingWindows, 2> windows_;  // by kind; keys are a client and a host, as in clients_
  std::array<ReachedCodes, 2> codes_{ReachedCodes(most_keys()), ReachedCodes(most_keys())};  // likewise
  std::array<std::unordered_map<uint64_t, Client>, 2> clients_;
  KeyMap<std::deque<int64_t>> refusals_{most_keys()};  // their times, by host
  std::deque<Comparison> comparisons_;                 // that wait, in the order of their times
  MisdirectedRequests misdirected_;
};

}  // namespace

constexpr DetectorEntry kConnectionLimitEntry{&kConnectionLimit, MakeDetector<ConnectionLimit>};

}  // namespace logstat
