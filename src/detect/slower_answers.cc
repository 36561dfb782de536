// slow-shift: answers take much longer than in the hour before.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "src/detect/duration_minutes.h"
#include "src/detect/entries.h"
#include "src/detect/evidence.h"
#include "src/detect/heavy_keys.h"

namespace logstat {

constexpr Rule kSlowerAnswers = {
    .id = "slow-shift",
    .title = "Slower than before",
    .severity = Severity::kMedium,
    .threshold = 100,
    .window_seconds = 300,
    .columns = {Field::kTime, Field::kDuration},
    .needs_all_statuses = true,
    .statements = "",
    .meaning = "Visitors wait several times as long for an answer as in the hour before.",
    .rule =
        "A hundred requests of a host within five whole minutes, of which the slowest twentieth took at least three "
        "times as long (p95) as in the hour before and a tenth of a second at least. Of that hour ten minutes and a "
        "hundred requests have to be known. Where the log has whole seconds, less than one counts as one. Connections "
        "that go on (101) or were idle (408), and lines without a request, have no time of an answer. Counted are the "
        "requests that took so long, from the first minute that is slow by itself to the last.",
    .reason =
        "Operators watch the 95th percentile: the median hides what every twentieth visitor meets. The three times, "
        "the hundred and the five minutes are ours, to be tuned; answers under a tenth of a second are slow for "
        "nobody.",
    .false_positives =
        "Large downloads and streams, whose time is the client's line; a report that somebody runs; the first minutes "
        "after a restart.",
    .advice = "Look at the upstream and the paths that got slower, and at what was released or scheduled then.",
};

namespace {

constexpr int64_t kHour = 60;
constexpr int64_t kLeastFastMinutes = 10;
constexpr int64_t kTimesSlower = 3;
constexpr int64_t kLeastUs = 100'000;
constexpr int64_t kSecondUs = 1'000'000;
constexpr double kTail = 0.95;
constexpr size_t kTopPaths = 5;

class SlowerAnswers : public Detector {
 public:
  explicit SlowerAnswers(RuleSettings settings) : Detector(kSlowerAnswers, settings) {}

  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    newest_slow_ = false;
    if (epoch.durations.empty()) return;
    Count(epoch);
    for (auto& [hash, host] : hosts_) {
      if (host.last_minute != epoch.number) continue;
      host.minutes.End(epoch.number);
      host.limit = kNoLimit;
      Judge(hash, epoch.number, surroundings.history, host);
    }
  }

  // Only events have texts: those of the slow minutes that were slow tell the upstream, as far as there are any.
  void OnEvent(const Event& event, Surroundings& /*surroundings*/) override {
    if (!newest_slow_ || event.duration_us < 0 || !IsAnswerTime(event.status(), event.path())) return;
    const auto found = hosts_.find(event.shadow.host);
    if (found == hosts_.end() || CompactDuration(event.duration_us) < found->second.limit) return;
    found->second.evidence.Add(event);
    found->second.upstreams.Add(event.text(Field::kUpstream));
  }

  void Want(KeyTexts& texts) override {
    for (const auto& [hash, host] : hosts_) {
      if (host.episodes == 0) continue;
      texts.Want(Field::kHost, hash);
      for (const auto& [path, count] : host.paths.Top(kTopPaths)) texts.Want(Field::kPath, path);
    }
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    for (const auto& [hash, host] : hosts_) {
      if (host.episodes == 0) continue;
      const std::string_view name = context.texts.Find(Field::kHost, hash);
      if (hash != 0 && name.empty()) continue;
      findings.push_back(Describe(name, host, context));
    }
  }

  // The first that were slow.
  std::vector<LineWish> WishLines(const Finding& finding) const override {
    const auto found = hosts_.find(static_cast<uint32_t>(HostTag(finding.entity)));
    if (found == hosts_.end()) return {};
    LineWish wish = LinesOfEntity(finding);
    wish.least_duration = found->second.first_limit;
    wish.only_answer_times = true;
    return {wish};
  }

 private:
  static constexpr size_t kMostTimedHosts = 256;
  static constexpr uint16_t kNoLimit = UINT16_MAX;

  struct Host {
    DurationMinutes minutes;
    int64_t first_minute = INT64_MAX;
    int64_t last_minute = INT64_MIN;
    uint16_t limit = kNoLimit;  // compact: what is slow in the newest minute, if that is

    // Of the episodes, if there were any.
    uint64_t episodes = 0;
    int64_t slow_minute = INT64_MIN;     // the last
    int64_t limit_us = 0;                // while an episode lasts, the hour before it stands
    int64_t begin_minute = 0;            // of the episode
    int64_t counted_minute = INT64_MIN;  // the last whose slow lines are counted
    int64_t first_ms = INT64_MAX;
    int64_t last_ms = INT64_MIN;
    uint16_t first_limit = 0;  // compact: what was slow in the first
    uint64_t slow = 0;
    int64_t p50_before = 0, p95_before = 0, p50 = 0, p95 = 0;  // microseconds, of the worst five minutes
    HeavyKeys paths{4096};
    Evidence evidence;
    TextCounts upstreams;
  };

  int64_t window_minutes() const { return std::clamp<int64_t>(settings().window_seconds / 60, 1, 5); }

  // Lines of one host follow each other.
  void Count(const Epoch& epoch) {
    Host* host = nullptr;
    uint32_t hash = 0;
    bool is_known = false;
    for (size_t row = 0; row < epoch.shadows.size(); ++row) {
      const uint16_t duration = epoch.durations[row];
      const Shadow& shadow = epoch.shadows[row];
      if (duration == 0 || !IsAnswerTime(shadow.status, shadow.path)) continue;
      if (!is_known || shadow.host != hash) {
        hash = shadow.host;
        is_known = true;
        const auto found = hosts_.find(hash);
        host = found != hosts_.end() ? &found->second : hosts_.size() < kMostTimedHosts ? &hosts_[hash] : nullptr;
        if (host != nullptr) {
          host->first_minute = std::min(host->first_minute, epoch.number);
          host->last_minute = epoch.number;
        }
      }
      if (host != nullptr) host->minutes.Add(duration);
    }
  }

  void Judge(uint32_t hash, int64_t newest, const History& history, Host& host) {
    const int64_t from = newest - window_minutes() + 1;
    const bool goes_on = host.slow_minute == newest - 1;
    const int64_t hour_end = (goes_on ? host.begin_minute : from) - 1;
    if (hour_end - host.first_minute + 1 < kLeastFastMinutes) return;
    const DurationMinutes::Sums now = host.minutes.Sum(from, newest);
    if (now.total < settings().threshold) return;
    const int64_t p95 = now.Quantile(kTail);
    if (p95 < kLeastUs) return;
    if (!goes_on) {
      const DurationMinutes::Sums hour = host.minutes.Sum(hour_end - kHour + 1, hour_end);
      if (hour.total < settings().threshold) return;
      const int64_t before = std::max<int64_t>(hour.Quantile(kTail), hour.HasWholeSeconds() ? kSecondUs : 1);
      host.limit_us = before * kTimesSlower;
      if (p95 < host.limit_us) return;
      host.begin_minute = from;
      if (++host.episodes == 1) {
        host.p50_before = hour.Quantile(0.5);
        host.p95_before = hour.Quantile(kTail);
      }
    } else if (p95 < host.limit_us) {
      return;
    }
    host.slow_minute = newest;
    if (p95 > host.p95) {
      host.p95 = p95;
      host.p50 = now.Quantile(0.5);
    }
    CountSlow(hash, from, newest, goes_on, history, host);
  }

  // The window also has minutes from before the answers got slow, or from after they were fast again, with strays in
  // them. So what counts begins and ends with a minute that is slow by itself; of the minutes of a window one is.
  void CountSlow(uint32_t hash, int64_t from, int64_t newest, bool goes_on, const History& history, Host& host) {
    const int64_t limit_us = std::max(host.limit_us, kLeastUs);
    const auto is_slow = [&](int64_t minute) { return host.minutes.Sum(minute, minute).Quantile(kTail) >= limit_us; };
    int64_t first = std::max(from, host.counted_minute + 1);
    int64_t last = newest;
    while (first <= last && !is_slow(last)) --last;
    while (first <= last && !goes_on && !is_slow(first)) ++first;
    if (first > last) return;
    host.counted_minute = last;
    const uint16_t limit = CompactDuration(limit_us);
    if (host.slow == 0) host.first_limit = limit;
    history.ForEachSlow(first, last, limit, [&](const Shadow& shadow, int64_t time_ms) {
      if (shadow.host != hash || !IsAnswerTime(shadow.status, shadow.path)) return;
      ++host.slow;
      host.first_ms = std::min(host.first_ms, time_ms);
      host.last_ms = std::max(host.last_ms, time_ms);
      host.paths.Add(shadow.path, 1);
    });
    if (last != newest) return;
    newest_slow_ = true;
    host.limit = limit;
  }

  Finding Describe(std::string_view name, const Host& host, const FindingContext& context) const {
    Finding finding = StartHostFinding(name);
    const auto ms = [](int64_t us) { return static_cast<uint64_t>(us / 1000); };
    finding.facts.push_back(NumberFact("p50_ms", ms(host.p50)));
    finding.facts.push_back(NumberFact("p95_ms", ms(host.p95)));
    finding.facts.push_back(NumberFact("p50_before_ms", ms(host.p50_before)));
    finding.facts.push_back(NumberFact("p95_before_ms", ms(host.p95_before)));
    finding.facts.push_back(NumberFact("episodes", host.episodes));
    host.evidence.Fill(context.inputs, &finding);
    finding.count = host.slow;
    finding.first_time = host.slow > 0 ? host.first_ms : host.begin_minute * kEpochMs;
    finding.last_time = host.slow > 0 ? host.last_ms : finding.first_time;
    if (const std::vector<EvidenceCount> top = host.upstreams.Top(1); !top.empty()) {
      finding.facts.push_back(TextFact("upstream", top[0].key));
    }
    finding.top_paths = NamedSums(host.paths.Top(kTopPaths), Field::kPath, context.texts);
    finding.sentence = fmt::format("{} answers slower: the slowest twentieth took {} ms, in the hour before {} ms",
                                   HostTitle(name), ms(host.p95), ms(host.p95_before));
    return finding;
  }

  bool newest_slow_ = false;
  std::map<uint32_t, Host> hosts_;  // by hash; the first that came
};

}  // namespace

constexpr DetectorEntry kSlowerAnswersEntry{&kSlowerAnswers, MakeDetector<SlowerAnswers>};

}  // namespace logstat
