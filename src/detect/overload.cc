// 503-overload: a host that is out of service (503), for a while or for good.
#include <fmt/format.h>

#include <map>
#include <set>

#include "src/base/milliseconds.h"
#include "src/detect/entries.h"
#include "src/detect/failure_share.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kOverload = {
    .id = "503-overload",
    .title = "Service unavailable",
    .severity = Severity::kHigh,
    .threshold = 20,
    .window_seconds = 60,
    .columns = {Field::kTime, Field::kStatus},
    .needs_all_statuses = true,
    .statements = "S66 S69 S70",
    .rule =
        "Twenty answers 503 of one host within 60 s that are 2 % of its requests; medium if fewer, but five times the "
        "share of the hour before; critical where half of at least ten requests of five minutes failed so, or where "
        "503 went on for an hour without one answer 2xx. Ten 503 within 60 s to one client for one path count as a "
        "retry storm. Where one client alone got them while others were served, it is info.",
    .reason =
        "The document: 503 is maintenance or overload and will end. So it is told by count and share, and what does "
        "not end within an hour is not temporary. A client that got no Retry-After should treat it like 500 and come "
        "back later, not at once. The numbers are ours.",
    .false_positives = "Planned maintenance. A limit of requests per client that answers 503 (see 421-conn-limit).",
    .advice =
        "Announce the end with Retry-After; slow down clients that retry at once, as they keep the overload alive. "
        "Where it is stuck, it is not temporary: act.",
};

namespace {

constexpr int64_t kMostPauseMs = kTenMinutesMs;  // of 503s that go on
constexpr uint64_t kLeastStuck = 10;
constexpr uint64_t kStorm = 10;
constexpr int64_t kStormMs = kMinuteMs;

class Overload : public FailureShare {
 public:
  explicit Overload(RuleSettings settings)
      : FailureShare(kOverload, settings, {503}), retries_(kStorm, kStormMs, settings.most_keys) {}

 protected:
  std::optional<Severity> Judge(const Event& event, const Surroundings& surroundings) override {
    if (event.client() != 0) CountRetry(event);
    const uint32_t hash = event.shadow.host;
    const auto age = [](const Outage& outage) { return outage.last_ms; };
    Outage& outage = AtForgettingHalf(outages_, hash, History::kMostHosts, age);
    if (outage.count == 0 || event.time_ms - outage.last_ms > kMostPauseMs ||
        surroundings.history.LastSuccess(hash) > outage.first_ms) {
      outage = Outage{event.time_ms, event.time_ms, 0};
    }
    outage.last_ms = event.time_ms;
    if (++outage.count < kLeastStuck || outage.last_ms - outage.first_ms < kHourMs) return std::nullopt;
    stuck_.insert(hash);
    return Severity::kCritical;
  }

  void Describe(const HostFailures& host, bool is_of_one_client, Finding* finding) const override {
    const bool is_stuck = stuck_.count(host.hash) != 0;
    finding->verdict = is_stuck ? "stuck" : "overload";
    finding->sentence = host.Sentence("503");
    if (is_stuck) finding->sentence += ", for more than an hour without one success";
    if (!is_stuck && is_of_one_client) {
      finding->verdict = kOneClient;
      finding->severity = Severity::kInfo;
      finding->sentence += OfOneClient(*finding);
    }
    DescribeRetries(host, finding);
  }

 private:
  struct Outage {
    int64_t first_ms = 0;
    int64_t last_ms = 0;
    uint64_t count = 0;
  };
  struct Storm {
    uint64_t count = 0;  // clients and paths
    uint64_t worst = 0;
    std::string client;  // of the worst
  };

  void CountRetry(const Event& event) {
    SlidingWindow& window = retries_.Add(JoinKeys(JoinKeys(event.client(), event.path()), event.shadow.host), event);
    if (!window.current_reached()) return;
    Storm& storm = storms_[event.shadow.host];
    if (window.entity().empty()) {
      window.SetEntity(event.text(Field::kClient));
      ++storm.count;
    }
    if (window.peak() > storm.worst) {
      storm.worst = window.peak();
      storm.client = window.entity();
    }
  }

  void DescribeRetries(const HostFailures& host, Finding* finding) const {
    const auto found = storms_.find(host.hash);
    if (found == storms_.end()) return;
    const Storm& storm = found->second;
    finding->facts.push_back(NumberFact("retry_storms", storm.count));
    finding->facts.push_back(NumberFact("most_retries_a_minute", storm.worst));
    finding->facts.push_back(TextFact("most_retries_by", storm.client));
    finding->sentence += fmt::format("; up to {} retries a minute of one path by {}", storm.worst, storm.client);
  }

  std::map<uint32_t, Outage> outages_;  // by host: 503s without a success between them
  std::set<uint32_t> stuck_;
  SlidingWindows retries_;
  std::map<uint32_t, Storm> storms_;  // by host
};

}  // namespace

constexpr DetectorEntry kOverloadEntry{&kOverload, MakeDetector<Overload>};

}  // namespace logstat
