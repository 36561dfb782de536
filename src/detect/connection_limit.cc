// 421-conn-limit: clients that the server refuses because they ask too much at once, or at the wrong place.
//
// Three verdicts, one finding for each host and verdict, with a table of its clients:
//   conn-limit   421 or 503: the address holds more connections than it may (the document's meaning of 421)
//   rate-limit   429: it asks too often; info where less than a tenth of its requests was refused
//   misdirected  421 as the standard has it today (RFC 9110): a client of HTTP/2 or 3 used a connection for a host that
//                it does not serve; many clients, and most of them served within two seconds of it
// A 421 always counts. A 429 or 503 counts for a client only if its refused share within the window is five times that
// of all others on the host, and the others were served four times out of five: when everybody is refused, that is an
// outage, and 503-overload says so.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "src/detect/entries.h"
#include "src/detect/key_map.h"
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
    .statements = "S60 S61",
    .rule =
        "Five answers 421, 429 or 503 (--limit-codes) to one client within 60 s, while others on the same host are "
        "served.",
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
constexpr int64_t kRetryMs = 2000;
constexpr uint64_t kFewestMisdirected = 3;  // clients

class ConnectionLimit : public Detector {
 public:
  ConnectionLimit(RuleSettings settings, const DetectSettings& common)
      : Detector(kConnectionLimit, settings, StatusSet::Where([&codes = common.limit_codes](int status) {
                   return std::find(codes.begin(), codes.end(), status) != codes.end();
                 })),
        windows_{SlidingWindows(settings.threshold, settings.window_ms(), settings.most_keys),
                 SlidingWindows(settings.threshold, settings.window_ms(), settings.most_keys)},
        misdirected_(settings.threshold, settings.window_ms(), settings.most_keys) {}

  void OnEpoch(const Epoch& /*epoch*/, Surroundings& surroundings) override { SettleRetries(surroundings.history); }

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    const int status = event.status();
    if (event.client() == 0) return;
    if (status == 421) AddMisdirected(event);
    refusals_.At(event.shadow.host, event.time_ms).Add(event, settings().window_ms());
    SlidingWindows& windows = windows_[status == 429 ? kRate : kConnections];
    SlidingWindow& window = windows.Add(event.client(), event);
    window.SetEntity(event.text(Field::kClient));
    if (window.in_window() < settings().threshold) return;
    surroundings.errands.WatchClient(event.client());
    Client* client = ClientOf(event.client(), status == 429 ? kRate : kConnections);
    if (client == nullptr) return;
    client->host = event.shadow.host;
    client->host_name = event.text(Field::kHost);
    client->code = status == 421 ? 421 : std::max(client->code, status);
    client->peak = std::max<uint64_t>(client->peak, window.in_window());
    if (client->checked_second == event.time_ms / 1000) return;
    client->checked_second = event.time_ms / 1000;
    Compare(event, status, surroundings.history, *client);
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    SettleRetriesAtEnd();
    misdirected_.Flush();
    std::set<uint32_t> misdirected_hosts;
    misdirected_.ForEachReached([&](uint64_t host, const SlidingWindow& window) {
      const Misdirected* found = misdirections_.Find(host);
      if (found == nullptr) return;
      const Misdirected& marks = *found;
      const bool is_new_kind = marks.clients.size() >= kFewestMisdirected &&
                               marks.multiplexed * 5 >= marks.events * 4 && marks.retried * 2 >= marks.events;
      if (!is_new_kind) return;
      misdirected_hosts.insert(static_cast<uint32_t>(host));
      findings.push_back(MisdirectedFinding(context, window, marks));
    });
    for (const Kind kind : {kConnections, kRate}) AddHosts(context, kind, misdirected_hosts, findings);
  }

 private:
  enum Kind : size_t { kConnections, kRate };

  // Refused requests of a host, and how many of each client, within the window.
  struct Refusals {
    std::deque<std::pair<int64_t, uint64_t>> events;
    std::unordered_map<uint64_t, uint64_t> of_clients;

    void Add(const Event& event, int64_t window_ms) {
      while (!events.empty() && event.time_ms - events.front().first > window_ms) {
        const auto found = of_clients.find(events.front().second);
        if (--found->second == 0) of_clients.erase(found);
        events.pop_front();
      }
      events.emplace_back(event.time_ms, event.client());
      ++of_clients[event.client()];
    }
  };

  // A client that was refused as often as the threshold says.
  struct Client {
    uint32_t host = 0;
    std::string host_name;
    int code = 0;
    bool counts = false;  // a 421, or compared with the others
    uint64_t peak = 0;
    int64_t checked_second = INT64_MIN;
    double refused_share = 0;  // in the window in which it was highest
    double others_refused = 0;
    double others_served = 1;
  };

  struct Misdirected {
    uint64_t events = 0;
    uint64_t multiplexed = 0;  // HTTP/2 or 3
    uint64_t retried = 0;      // served within two seconds
    std::set<uint64_t> clients;
  };
  struct Retry {
    uint64_t client;
    uint32_t host;
    int64_t time_ms;
  };

  Client* ClientOf(uint64_t client, Kind kind) {
    if (clients_[kind].size() >= most_keys() && clients_[kind].find(client) == clients_[kind].end()) return nullptr;
    return &clients_[kind][client];
  }

  void Compare(const Event& event, int status, const History& history, Client& client) {
    const int64_t from = event.time_ms - settings().window_ms();
    uint64_t own = 0;
    uint64_t own_served = 0;
    history.ForEachOf(event.client(), from, event.time_ms, [&](const Shadow& shadow, int64_t) {
      if (shadow.host != event.shadow.host) return;
      ++own;
      own_served += IsServed(static_cast<int>(shadow.status)) ? 1 : 0;
    });
    const History::Counts all = history.Requests(event.shadow.host, event.time_ms, settings().window_seconds);
    const Refusals& refusals = *refusals_.Find(event.shadow.host);  // OnEvent() has added this one
    const uint64_t own_refused = refusals.of_clients.at(event.client());
    const uint64_t others = all.total > own ? all.total - own : 0;
    const uint64_t others_served = all.served > own_served ? all.served - own_served : 0;
    const uint64_t others_refused = refusals.events.size() - own_refused;
    const auto share = [](uint64_t part, uint64_t whole) {
      return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
    };
    const double refused_share = std::min(1.0, share(own_refused, own));
    if (refused_share < client.refused_share) return;
    client.refused_share = refused_share;
    client.others_refused = share(others_refused, others);
    client.others_served = others == 0 ? 1 : share(others_served, others);
    // A client that is alone on its host can be limited by rate, but not told from an outage.
    const bool alone = others == 0;
    const bool apart =
        !alone && refused_share >= kTimesOthers * client.others_refused && client.others_served >= kOthersServed;
    client.counts = client.counts || status == 421 || apart || (alone && status == 429);
  }

  void AddMisdirected(const Event& event) {
    misdirected_.Add(event.shadow.host, event).SetEntity(event.text(Field::kHost));
    Misdirected& marks = misdirections_.At(event.shadow.host, event.time_ms);
    ++marks.events;
    const std::string_view protocol = event.text(Field::kProtocol);
    marks.multiplexed += protocol.starts_with("HTTP/2") || protocol.starts_with("HTTP/3") ? 1 : 0;
    if (marks.clients.size() < 64) marks.clients.insert(event.client());
    if (retries_.size() < most_keys()) retries_.push_back({event.client(), event.shadow.host, event.time_ms});
  }

  // Those whose two seconds are over, or lie within what is known by now.
  void SettleRetries(const History& history) {
    for (const Retry& retry : retries_) {
      bool served = false;
      history.ForEachOf(retry.client, retry.time_ms, retry.time_ms + kRetryMs, [&](const Shadow& shadow, int64_t) {
        served = served || IsSuccess(static_cast<int>(shadow.status));
      });
      if (Misdirected* marks = misdirections_.Find(retry.host)) marks->retried += served ? 1 : 0;
    }
    retries_.clear();
    last_history_ = &history;
  }
  void SettleRetriesAtEnd() {
    if (last_history_ != nullptr) SettleRetries(*last_history_);
  }

  Finding MisdirectedFinding(const FindingContext& context, const SlidingWindow& window,
                             const Misdirected& marks) const {
    Finding finding = StartHostFinding(window.entity());
    window.evidence().Fill(context.inputs, &finding);
    finding.code = 421;
    finding.verdict = "misdirected";
    finding.facts = {NumberFact("clients", marks.clients.size()), NumberFact("over_http2_or_3", marks.multiplexed),
                     NumberFact("served_within_2_s", marks.retried)};
    finding.sentence = fmt::format(
        "{} requests over HTTP/2 or 3 came on connections of another host; most were served "
        "again at once",
        finding.count);
    finding.advice =
        "Give hosts that do not share a configuration certificates of their own, or serve both on the same "
        "connection.";
    return finding;
  }

  void AddHosts(const FindingContext& context, Kind kind, const std::set<uint32_t>& misdirected,
                std::vector<Finding>& findings) {
    windows_[kind].Flush();
    struct Group {
      std::string host_name;
      Evidence evidence;
      std::vector<std::pair<uint64_t, const SlidingWindow*>> clients;
    };
    std::map<std::string, Group> groups;
    windows_[kind].ForEachReached([&](uint64_t client, const SlidingWindow& window) {
      const auto found = clients_[kind].find(client);
      if (found == clients_[kind].end() || !found->second.counts) return;
      if (found->second.code == 421 && misdirected.count(found->second.host) != 0) return;
      Group& group = groups[found->second.host_name];
      group.evidence.Merge(window.evidence());
      group.clients.emplace_back(client, &window);
    });
    for (const auto& [host, group] : groups) {
      Finding finding = StartHostFinding(host);
      group.evidence.Fill(context.inputs, &finding);
      Describe(context, kind, group.clients, finding);
      findings.push_back(std::move(finding));
    }
  }

  void Describe(const FindingContext& context, Kind kind,
                const std::vector<std::pair<uint64_t, const SlidingWindow*>>& clients, Finding& finding) const {
    finding.verdict = kind == kRate ? "rate-limit" : "conn-limit";
    uint64_t peak = 0;
    size_t agents = 0;
    Shared shared = Shared::kUnknown;
    double refused = 0;
    const Client* busiest = nullptr;
    const SlidingWindow* busiest_window = nullptr;
    for (const auto& [hash, window] : clients) {
      const Client& client = clients_[kind].at(hash);
      peak = std::max(peak, client.peak);
      agents = std::max(agents, context.shared.Agents(hash));
      shared = std::max(shared, context.shared.Of(hash));
      refused = std::max(refused, client.refused_share);
      if (busiest_window == nullptr || window->evidence().count() > busiest_window->evidence().count()) {
        busiest = &client;
        busiest_window = window;
      }
    }
    finding.shared = shared;
    finding.code = busiest->code;
    if (shared == Shared::kLikely) finding.severity = Lowered(finding.severity);
    if (kind == kRate && refused < 0.1) finding.severity = Severity::kInfo;
    finding.facts = {NumberFact("clients", clients.size()), NumberFact("most_refused_in_window", peak),
                     NumberFact("refused_percent", static_cast<uint64_t>(refused * 100)),
                     NumberFact("others_served_percent", static_cast<uint64_t>(busiest->others_served * 100)),
                     NumberFact("agents", agents)};
    const std::string who = clients.size() == 1
                                ? busiest_window->entity()
                                : fmt::format("{} clients, first of all {},", clients.size(), busiest_window->entity());
    finding.sentence = fmt::format("{} {} refused {} times with {} for {}; one address may be many users", who,
                                   clients.size() == 1 ? "was" : "were", finding.count, busiest->code,
                                   kind == kRate ? "asking too often" : "too many connections");
  }

  std::array<SlidingWindows, 2> windows_;  // by kind; keys are clients
  std::array<std::unordered_map<uint64_t, Client>, 2> clients_;
  KeyMap<Refusals> refusals_{most_keys()};          // by host
  SlidingWindows misdirected_;                      // 421 by host
  KeyMap<Misdirected> misdirections_{most_keys()};  // by host
  std::vector<Retry> retries_;
  const History* last_history_ = nullptr;
};

}  // namespace

constexpr DetectorEntry kConnectionLimitEntry{&kConnectionLimit, MakeDetector<ConnectionLimit>};

}  // namespace logstat
