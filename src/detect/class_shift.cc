// class-shift: redirects, errors or one code suddenly have a larger share of a host's answers.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "logstat/report.h"
#include "src/base/ratio.h"
#include "src/detect/contrast.h"
#include "src/detect/entries.h"
#include "src/detect/failure_evidence.h"
#include "src/detect/key_map.h"
#include "src/detect/room.h"
#include "src/detect/share_shift.h"

namespace logstat {

constexpr Rule kClassShift = {
    .id = "class-shift",
    .title = "Answers changed",
    .severity = Severity::kMedium,
    .threshold = 20,
    .window_seconds = 120,
    .columns = {Field::kTime, Field::kStatus},
    .needs_all_statuses = true,
    .statements = "S06 S65",
    .meaning = "A large part of the requests suddenly gets another kind of answer than in the hour before.",
    .rule =
        "Consecutive minutes of a host, as many as `window` has (1 to 10), with `threshold` lines of redirects "
        "(without 304), of client errors (4xx), of server errors (5xx, 6xx), of aborted requests (444, 460, 499, no "
        "code), which are no client errors, or of one code from 400 on, if their share of each minute is twice that of "
        "the hour before, one percentage point more, and by chance less likely than one in a million (binomial), also "
        "without the client that has most of these lines. Attempts at attacks do not count, and ten minutes of the "
        "hour have to be known. Info where a finding about failures (srv-500, 503-overload, upstream, storage, "
        "client-abort) or limits (414-flood, 421-conn-limit) says the same, where as many lines as half of these are "
        "tried passwords (auth-rejected) or circles (redirect-run) on a path that they share, or where half of the "
        "lines are of clients of background-probing.",
    .reason =
        "Counts rise with the traffic, shares do not; two minutes in a row, twice and one point more keep chance and "
        "trifles out. These three and the twenty lines are ours, to be tuned. One client alone is no change of a site, "
        "and other rules speak of it.",
    .false_positives =
        "A release that moves pages; a newsletter with a dead link; a check of links by several clients.",
    .advice =
        "See what was released or configured in the first of these minutes, and in the error log; contrast_path and "
        "contrast_client stand out most against the ten minutes before.",
};

namespace {

// What is watched of a host: classes by numbers that are no codes, and codes.
enum Class : int { kRedirectClass = 3, kClientErrorClass = 4, kServerErrorClass = 5, kAbortedClass = 6 };

bool IsCode(int kind) { return kind >= 400; }

std::string NameOf(int kind) {
  switch (kind) {
    case kRedirectClass:
      return "redirects";
    case kClientErrorClass:
      return "4xx";
    case kServerErrorClass:
      return "server errors";
    case kAbortedClass:
      return "aborted";
    default:
      return std::to_string(kind);
  }
}

// In the words of the whole report (report.h). 0: of no class that is watched, as 304 and the codes from 700 on; the
// latter are watched by themselves.
int ClassOf(int status) {
  if (IsAborted(status)) return kAbortedClass;
  if (IsServerError(status)) return kServerErrorClass;
  if (IsClientError(status)) return kClientErrorClass;
  return status >= 300 && status < 400 && status != 304 ? kRedirectClass : 0;
}

class ClassShift : public Detector {
 public:
  explicit ClassShift(RuleSettings settings)
      : Detector(kClassShift, settings),
        minutes_(std::clamp<int64_t>(settings.window_seconds / 60, 1, ShareShift::kMostMinutes)) {}

  // The lines of the minute before are all there now. Of this one it is said first which lines to keep: the few kinds
  // that may have shifted. Every line that counts is an event; the others are in the history's sums.
  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    EndMinute(&surroundings.history);
    minute_ = epoch.number;
    for (const History::HostMinute& counted : surroundings.history.NewestHosts()) {
      Host* host = AtIfRoom(hosts_, counted.host, kMostShiftHosts, settings().threshold, minutes_);
      if (host != nullptr) host->lines = counted.total;
    }
    for (const Event& event : epoch.events) {
      ForEachKind(event, [](Kind& kind) { ++kind.expected; });
    }
    for (auto& [hash, host] : hosts_) {
      for (auto& [number, kind] : host.kinds) {
        kind.may_shift = kind.expected > 0 && kind.shift.MayShift(minute_, kind.expected, host.lines);
        kind.expected = 0;
      }
    }
  }

  void OnEvent(const Event& event, Surroundings& /*surroundings*/) override {
    if (event.attempt().any()) return;
    ForEachKind(event, [&](Kind& kind) {
      ++kind.count;
      if (!kind.may_shift) return;
      kind.now.Add(event);
      if (event.client() != 0) CountIfRoom(kind.clients, event.client(), most_keys());
    });
    Host* host = HostOf(event.shadow.host);
    if (host != nullptr && host->name.empty()) host->name = event.text(Field::kHost).substr(0, kMostEvidenceBytes);
  }

  // The kind that gained most is the finding's; a code rather than its class if it is most of it.
  void FinishLast(const FindingContext& context, std::vector<Finding>& findings) override {
    EndMinute(nullptr);
    for (const auto& [hash, host] : hosts_) {
      const Kind* most = nullptr;
      int number = 0;
      std::string others;
      for (const auto& [kind_number, kind] : host.kinds) {
        if (kind.episodes > 0 && (most == nullptr || Weight(kind_number, kind) > Weight(number, *most))) {
          most = &kind;
          number = kind_number;
        }
      }
      if (most == nullptr) continue;
      for (const auto& [kind_number, kind] : host.kinds) {
        if (kind.episodes == 0 || kind_number == number) continue;
        others += (others.empty() ? "" : ", ") + NameOf(kind_number);
      }
      Finding finding = Describe(host, number, *most, context);
      std::string_view rule = ExplainedBy(number, finding, findings);
      if (rule.empty() && IsProbing(*most, context.background)) rule = "background-probing";
      if (!rule.empty()) {
        finding.severity = Severity::kInfo;
        finding.facts.push_back(TextFact("explained_by", rule));
      }
      if (!others.empty()) finding.facts.push_back(TextFact("shifted_too", others));
      findings.push_back(std::move(finding));
    }
  }

 private:
  static constexpr size_t kMostShiftHosts = 1024;
  static constexpr int64_t kMinutesBefore = 9;  // of the history's ten, when the minute after them is the newest
  static constexpr size_t kMostKinds = 28;      // of a host: the classes, and the first codes that came

  struct Kind {
    explicit Kind(const ShareShift& start) : shift(start) {}

    ShareShift shift;
    bool may_shift = false;
    uint64_t expected = 0;             // events of the newest minute
    uint64_t count = 0;                // those that count
    FailureEvidence now;               // of the newest minute, if it may have shifted
    std::deque<FailureEvidence> last;  // of those before it with which a burst may begin
    std::map<uint64_t, uint64_t> clients;

    // Of all bursts.
    uint64_t episodes = 0;
    uint64_t lines = 0;  // of the host
    uint64_t bursts = 0;
    ShareShift::Sum before;  // the first
    int64_t burst_minute = INT64_MIN;
    FailureEvidence evidence;
    std::map<uint64_t, uint64_t> burst_clients;  // with their lines
    Contrast contrast;                           // of the first burst
  };
  struct Host {
    Host(uint64_t least, int64_t minutes) : none(least, minutes) {}

    std::string name;
    uint64_t lines = 0;  // of the newest minute
    ShareShift none;     // knows the host's lines; a kind that appears starts from it
    std::map<int, Kind> kinds;
  };

  Host* HostOf(uint32_t hash) {
    if (newest_host_ != nullptr && newest_hash_ == hash) return newest_host_;
    const auto found = hosts_.find(hash);
    newest_hash_ = hash;
    newest_host_ = found == hosts_.end() ? nullptr : &found->second;
    return newest_host_;
  }

  template <typename Function>
  void ForEachKind(const Event& event, Function function) {
    const int of_class = ClassOf(event.status());
    if (of_class == 0 && !IsCode(event.status())) return;
    Host* host = HostOf(event.shadow.host);
    if (host == nullptr) return;
    for (const int number : {of_class, event.status()}) {
      if (number == 0 || (number != of_class && !IsCode(number))) continue;
      Kind* kind = AtIfRoom(host->kinds, number, IsCode(number) ? kMostKinds : SIZE_MAX, host->none);
      if (kind != nullptr) function(*kind);
    }
  }

  void EndMinute(const History* history) {
    for (auto& [hash, host] : hosts_) {
      if (host.lines == 0) continue;
      for (auto& [number, kind] : host.kinds) EndMinute(host, hash, kind, history);
      host.none.Add(minute_, {host.lines, 0, host.lines, 0});
      host.lines = 0;
    }
  }

  void EndMinute(const Host& host, uint32_t hash, Kind& kind, const History* history) {
    const uint64_t of_one = OfOneClient(host, hash, kind, history);
    const bool is_burst = kind.shift.Add(
        minute_, {host.lines, kind.count, host.lines - std::min(host.lines, of_one), kind.count - of_one});
    if (is_burst) {
      const bool is_new = kind.burst_minute != minute_ - 1 || kind.episodes == 0;
      const ShareShift::Sum& burst = kind.shift.burst();
      if (is_new) {
        if (++kind.episodes == 1) kind.before = kind.shift.before();
        for (const FailureEvidence& last : kind.last) kind.evidence.Merge(last);
        kind.lines += burst.lines - host.lines;
        kind.bursts += burst.count - kind.count;
      }
      kind.evidence.Merge(kind.now);
      for (const auto& [client, count] : kind.clients) CountIfRoom(kind.burst_clients, client, most_keys(), count);
      kind.lines += host.lines;
      kind.bursts += kind.count;
      kind.burst_minute = minute_;
      if (is_new && kind.episodes == 1 && history != nullptr) {
        kind.contrast = ContrastWith(*history, hash, burst.first_minute * kEpochMs, kind.evidence.evidence());
      }
    }
    kind.last.push_back(std::exchange(kind.now, FailureEvidence()));
    if (static_cast<int64_t>(kind.last.size()) >= minutes_) kind.last.pop_front();
    kind.clients.clear();
    kind.count = 0;
  }

  // Lines of the client that has most of them. One that has half of all other lines as well, and had half of all lines
  // before, is a proxy, and everybody. One that only now came to a quiet site is not.
  uint64_t OfOneClient(const Host& host, uint32_t hash, const Kind& kind, const History* history) const {
    uint64_t most = 0;
    uint64_t who = 0;
    for (const auto& [client, count] : kind.clients) {
      if (count <= most) continue;
      most = count;
      who = client;
    }
    if (history == nullptr || most * 2 < kind.count) return most;
    uint64_t lines = 0;
    const int64_t begin_ms = minute_ * kEpochMs;
    history->ForEachOf(who, begin_ms, begin_ms + kEpochMs - 1,
                       [&](const Shadow& shadow, int64_t) { lines += shadow.host == hash ? 1 : 0; });
    const bool is_proxy = lines > most && (lines - most) * 2 >= host.lines - kind.count;
    return is_proxy && HadHalfBefore(hash, who, *history) ? 0 : most;
  }

  // In the minutes before those with which a burst that ends now may begin, as far as lines are kept.
  bool HadHalfBefore(uint32_t hash, uint64_t client, const History& history) const {
    const int64_t end_ms = (minute_ - minutes_ + 1) * kEpochMs - 1;
    const int64_t begin_ms = (minute_ - kMinutesBefore) * kEpochMs;
    if (begin_ms > end_ms) return true;  // of a window of ten minutes nothing is kept from before it
    uint64_t lines = 0;
    history.ForEachOf(client, begin_ms, end_ms,
                      [&](const Shadow& shadow, int64_t) { lines += shadow.host == hash ? 1 : 0; });
    const uint64_t all = history.Requests(hash, end_ms, (end_ms + 1 - begin_ms) / 1000).total;
    return all > 0 && lines * 2 >= all;
  }

  static bool Overlap(const Finding& a, const Finding& b) {
    return a.first_time <= b.last_time && b.first_time <= a.last_time;
  }

  // Scanners that nothing answered change the share of 404, but not the site.
  static bool IsProbing(const Kind& kind, const Background& background) {
    uint64_t probing = 0;
    uint64_t all = 0;
    for (const auto& [client, count] : kind.burst_clients) {
      all += count;
      probing += background.HasClient(client) ? count : 0;
    }
    return probing * 2 >= all && probing > 0;
  }

  // Whether what a rule found at that time on a path of the shift has half as many lines. Findings about entities of
  // different kinds may have the same lines, so each kind is added up by itself.
  static bool IsHalfOf(const Finding& shift, std::string_view rule, const std::vector<Finding>& findings) {
    std::map<EntityKind, uint64_t> counts;
    for (const Finding& other : findings) {
      const bool is_meant = other.id == rule && other.severity >= Severity::kMedium && Overlap(other, shift);
      if (is_meant && SharePath(other, shift)) counts[other.entity_kind] += other.count;
    }
    return std::any_of(counts.begin(), counts.end(), [&](const auto& of) { return of.second * 2 >= shift.count; });
  }

  static bool SharePath(const Finding& a, const Finding& b) {
    return std::any_of(a.top_paths.begin(), a.top_paths.end(), [&](const EvidenceCount& path) {
      return std::any_of(b.top_paths.begin(), b.top_paths.end(),
                         [&](const EvidenceCount& other) { return other.key == path.key; });
    });
  }

  // The rule that reported the same lines; empty: none.
  static std::string_view ExplainedBy(int number, const Finding& shift, const std::vector<Finding>& findings) {
    constexpr std::array<std::string_view, 5> kFailures = {"srv-500", "503-overload", "upstream", "storage",
                                                           "client-abort"};
    for (const Finding& other : findings) {
      const bool is_limit = other.id == "414-flood" || other.id == "421-conn-limit";
      if (is_limit && other.code == number && Overlap(other, shift)) return other.id;
    }
    const bool is_refusal = number == kClientErrorClass || number == 401 || number == 403 || number == 422;
    if (is_refusal && IsHalfOf(shift, "auth-rejected", findings)) return "auth-rejected";
    if (number == kRedirectClass && IsHalfOf(shift, "redirect-run", findings)) return "redirect-run";
    const int of_class = IsCode(number) ? ClassOf(number) : number;
    if (of_class != kServerErrorClass && of_class != kAbortedClass) return {};
    for (const Finding& other : findings) {
      const bool is_failure = std::find(kFailures.begin(), kFailures.end(), other.id) != kFailures.end();
      if (is_failure && other.severity >= Severity::kMedium && other.entity == shift.entity && Overlap(other, shift)) {
        return other.id;
      }
    }
    return {};
  }

  // Lines beyond what the hour before would have brought.
  static double Weight(int number, const Kind& kind) {
    const double usual = Ratio(kind.before.count, kind.before.lines) * static_cast<double>(kind.lines);
    return (static_cast<double>(kind.bursts) - usual) * (IsCode(number) ? 1.25 : 1);
  }

  Finding Describe(const Host& host, int number, const Kind& kind, const FindingContext& context) const {
    Finding finding = StartHostFinding(host.name);
    const double share = Ratio(kind.bursts, kind.lines);
    const double before = Ratio(kind.before.count, kind.before.lines);
    finding.verdict = NameOf(number);
    std::replace(finding.verdict.begin(), finding.verdict.end(), ' ', '-');
    finding.facts.push_back(ShareFact("share", share));
    finding.facts.push_back(ShareFact("share_before", before));
    finding.facts.push_back(NumberFact("requests", kind.lines));
    finding.facts.push_back(NumberFact("episodes", kind.episodes));
    kind.evidence.Fill(context.inputs, &finding);
    kind.contrast.Fill(&finding);
    if (IsCode(number)) finding.code = number;
    finding.sentence =
        fmt::format("{} of {} requests of {} were {} ({:.1f} %, in the hour before {:.1f} %)", kind.bursts, kind.lines,
                    HostTitle(host.name), NameOf(number), share * 100, before * 100);
    return finding;
  }

  const int64_t minutes_;  // with which a burst begins
  int64_t minute_ = 0;
  std::map<uint32_t, Host> hosts_;  // by hash; the first that came
  uint32_t newest_hash_ = 0;
  Host* newest_host_ = nullptr;
};

}  // namespace

constexpr DetectorEntry kClassShiftEntry{&kClassShift, MakeDetector<ClassShift>};

}  // namespace logstat
