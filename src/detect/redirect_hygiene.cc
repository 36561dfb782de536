// redirect-hygiene: redirects that lose data, that nobody follows, or that should be of another kind.
#include <absl/container/node_hash_map.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "src/base/milliseconds.h"
#include "src/detect/client_lines.h"
#include "src/detect/entries.h"
#include "src/detect/key_filter.h"
#include "src/detect/redirect_hosts.h"
#include "src/detect/repeats.h"
#include "src/detect/room.h"
#include "src/detect/sorted_keys.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kRedirectHygiene = {
    .id = "redirect-hygiene",
    .title = "Redirects that could be better",
    .severity = Severity::kInfo,
    .threshold = 100,
    .window_seconds = 86'400,
    .columns = {Field::kTime, Field::kClient, Field::kMethod, Field::kPath},
    .needs_all_statuses = true,
    .verdicts_are_apart = true,
    .statements = "S17 S18 S21 S22 S23 S24 S25 S26 S31",
    .meaning = "Redirects do their work badly: clients take a detour each time, lose what they sent, or do not follow.",
    .rule =
        "Of one path: 100 redirects on one day (UTC) that 90 % of the clients do not follow within 60 s (unfollowed; "
        "not on a host that only redirects), or that are 301 and half of them come from one page (old-links); a POST "
        "that 301 turned into a GET within 5 s (lost-post, low); a POST sent again within 2 s after 301 or 302 "
        "(resent); 303 followed by POST or PUT, or 307 and 308 by another method, within 5 s (changed-method); ten "
        "clients of HTTP/1.0 a day that do not follow 303 (old-client); a path that only ever says 302 for 30 days "
        "(eternal).",
    .reason =
        "The document: 301 says that links should change; browsers make a GET of a POST that met 301; 303 is to be "
        "fetched with GET, 307 with the same method; before HTTP/1.1 nobody knew 303; 302 is temporary. The numbers "
        "are ours, to be tuned. Today 302 may become a GET, and does after every form: that is not reported.",
    .false_positives = "Checkers of links; targets on another host; gates before a login, which say 302 for ever.",
    .advice =
        "Correct the links that lead here, aim forms at the new address, and answer 308 where a POST must live on.",
};

namespace {

constexpr int64_t kFollowMs = kMinuteMs;
constexpr int64_t kPairMs = 5000;
constexpr int64_t kResendMs = 2000;
constexpr size_t kMostPaths = 16'384;  // each keeps evidence of seven kinds
constexpr size_t kMostPending = 262'144;
constexpr size_t kPendingOfAKey = 16;  // if there are fewer keys
constexpr uint64_t kOldClients = 10;

MethodKind MethodOf(const Shadow& shadow) { return static_cast<MethodKind>(shadow.method); }

// A redirect whose client's next lines are not known yet.
struct Pending {
  uint64_t client = 0;
  int64_t time_ms = 0;
  uint64_t key = 0;
  Shadow shadow;
  bool is_old = false;                 // HTTP/1.0
  std::unique_ptr<Evidence> evidence;  // of what may turn out to be a pair
};

class RedirectHygiene : public Detector {
 public:
  explicit RedirectHygiene(RuleSettings settings)
      : Detector(kRedirectHygiene, settings, StatusSet::Where(IsRedirect)) {}

  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    hosts_.OnEpoch(surroundings.history.NewestHosts());
    Settle(epoch.number, surroundings.history);
    if (epoch.number - last_epoch_ >= History::kEpochs) pending_.clear();  // what came after them is not known any more
    last_epoch_ = epoch.number;
    LookForOthers(epoch);
  }

  void OnEvent(const Event& event, Surroundings& /*surroundings*/) override {
    if (event.path() == 0) return;
    const uint64_t key = KeyOfPath(event);
    Path* found = AtIfRoom(paths_, key, std::min(kMostPaths, most_keys()));
    if (found == nullptr) return;
    Path& path = *found;
    if (path.text.empty()) {
      path.text = event.text(Field::kPath).substr(0, kMostEvidenceBytes);
      path.host_text = event.text(Field::kHost).substr(0, kMostEvidenceBytes);
    }
    path.host = event.shadow.host;
    if (event.time_ms / kDayMs != path.day) EndDay(path);
    path.day = event.time_ms / kDayMs;
    path.today.Add(event);
    if (event.status() == 301) path.pages.Add(event.text(Field::kReferrer));
    if (event.status() == 301) ++path.moved;
    if (event.status() == 302) {
      if (path.found.count() == 0 && path.others == 0) only_found_.push_back(key);
      if (path.others == 0) path.found.Add(event);  // else it is not the only answer, and nobody will ask
    } else if (path.found.count() == 0) {
      ++path.others;  // later ones OnEpoch() sees
    }
    AddPending(event, key);
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    for (const uint64_t key : SortedKeys(paths_)) {
      Path& path = paths_.at(key);
      EndDay(path);
      if (path.others > 0 || path.found.last_ms() - path.found.first_ms() < 30 * kDayMs) {
        path.found = Evidence();
      }
      const std::string text = PathTitle(path.text, path.host_text);
      const auto report = [&](std::string_view verdict, const Evidence& evidence, const auto& sentence) {
        if (evidence.count() == 0 || (verdict == "unfollowed" && hosts_.OnlyRedirects(path.host))) return;
        Report(context, path, verdict, evidence, sentence(evidence.count()), findings);
      };
      report("unfollowed", path.unfollowed, [&](uint64_t count) {
        return fmt::format("{} redirects {} times, and hardly anybody follows", text, count);
      });
      report("old-links", path.old_links, [&](uint64_t count) {
        return fmt::format("{} links to {}, which moved for good: {} visitors were redirected", path.page, text, count);
      });
      report("eternal", path.found,
             [&](uint64_t) { return fmt::format("{} has said 302 for 30 days and never anything else", text); });
      report("lost-post", path.lost_posts, [&](uint64_t count) {
        return fmt::format("{} POSTs to {} were answered 301 and came back as GET: what they sent is lost", count,
                           text);
      });
      report("resent", path.resent, [&](uint64_t count) {
        return fmt::format("{} POSTs to {} were sent again right after a redirect", count, text);
      });
      report("changed-method", path.changed, [&](uint64_t count) {
        return fmt::format("{} redirects of {} were followed with another method than they ask for", count, text);
      });
      report("old-client", path.old_clients, [&](uint64_t count) {
        return fmt::format("{} answers 303 of {} went to clients of HTTP/1.0, which did not follow", count, text);
      });
    }
  }

 private:
  struct Path {
    std::string text, host_text;
    uint32_t host = 0;
    // Of the current day.
    int64_t day = 0;
    Evidence today;
    TextCounts pages;
    uint64_t moved = 0;
    uint64_t settled = 0;
    uint64_t ignored = 0;
    Evidence old_today;
    // Of all days, as far as they matter.
    Evidence unfollowed, old_links, found, lost_posts, resent, changed, old_clients;
    std::string page;
    uint64_t others = 0;  // answers that are not 302
  };

  // Which paths that said 302 say something else as well. Most do soon, and those are not looked for any more.
  void LookForOthers(const Epoch& epoch) {
    std::erase_if(only_found_, [&](uint64_t key) { return paths_.at(key).others > 0; });
    if (only_found_.empty()) return;
    KeyFilter filter;
    for (const uint64_t key : only_found_) filter.Add(key);
    for (const Shadow& shadow : epoch.shadows) {
      const uint64_t key = PathKey(shadow);
      if (shadow.status == 302 || !filter.MayHave(key)) continue;
      if (const auto path = paths_.find(key); path != paths_.end()) ++path->second.others;
    }
  }

  void AddPending(const Event& event, uint64_t key) {
    if (event.client() == 0 || pending_.size() >= std::min(kMostPending, kPendingOfAKey * most_keys())) return;
    Pending pending{event.client(), event.time_ms, key, event.shadow, false, nullptr};
    pending.is_old = event.status() == 303 && event.text(Field::kProtocol) == "HTTP/1.0";
    const bool may_pair = event.method() == MethodKind::kPost || event.status() == 303;
    if (may_pair || pending.is_old) {
      pending.evidence = std::make_unique<Evidence>();
      pending.evidence->Add(event);
    }
    pending_.push_back(std::move(pending));
  }

  using Due = std::pair<uint64_t, size_t>;  // the client of a pending redirect, and its place

  // Redirects whose following minute is known: up to the end of the epoch before `number`.
  void Settle(int64_t number, const History& history) {
    const int64_t known_ms = (number + 1) * kEpochMs - kFollowMs;
    const auto last = std::find_if(pending_.begin(), pending_.end(),
                                   [&](const Pending& pending) { return pending.time_ms >= known_ms; });
    std::vector<Due> due;
    for (auto pending = pending_.begin(); pending != last; ++pending) due.emplace_back(pending->client, due.size());
    std::sort(due.begin(), due.end());
    for (size_t i = 0; i < due.size();) {
      size_t end = i + 1;
      while (end < due.size() && due[end].first == due[i].first) ++end;
      SettleClient(std::span(due).subspan(i, end - i), history);
      i = end;
    }
    pending_.erase(pending_.begin(), last);
  }

  // `due` are those of one client, by time.
  void SettleClient(std::span<const Due> due, const History& history) {
    std::vector<ClientLine>& lines = lines_;
    FindLines(due[0].first, pending_[due.front().second].time_ms, pending_[due.back().second].time_ms + kFollowMs,
              history, lines);
    size_t at = 0;
    for (const auto& [client, number] : due) {
      const Pending& pending = pending_[number];
      const auto is_itself = [&](const ClientLine& line) {
        return line.time_ms == pending.time_ms && line.shadow.path == pending.shadow.path &&
               line.shadow.status == pending.shadow.status && line.shadow.method == pending.shadow.method;
      };
      while (at < lines.size() && !is_itself(lines[at])) ++at;
      if (at == lines.size()) return;
      ++at;
      const ClientLine* next =
          at < lines.size() && lines[at].time_ms - pending.time_ms <= kFollowMs ? &lines[at] : nullptr;
      SettleOne(pending, next);
    }
  }

  // `next` is the client's next line, if it came within 60 s.
  void SettleOne(const Pending& pending, const ClientLine* next) {
    const auto found = paths_.find(pending.key);
    if (found == paths_.end()) return;
    Path& path = found->second;
    ++path.settled;
    if (next == nullptr) {
      ++path.ignored;
      if (pending.is_old) path.old_today.Merge(*pending.evidence);
      return;
    }
    const int64_t after_ms = next->time_ms - pending.time_ms;
    const int status = static_cast<int>(pending.shadow.status);
    if (pending.evidence == nullptr || after_ms > kPairMs || next->shadow.agent != pending.shadow.agent) return;
    const MethodKind method = MethodOf(pending.shadow);
    const MethodKind follow_up = MethodOf(next->shadow);
    const bool is_post = method == MethodKind::kPost;
    if (is_post && status == 301 && follow_up == MethodKind::kGet) path.lost_posts.Merge(*pending.evidence);
    if (is_post && status <= 302 && follow_up == MethodKind::kPost && after_ms <= kResendMs &&
        next->shadow.path == pending.shadow.path) {
      path.resent.Merge(*pending.evidence);
    }
    const bool keeps = status == 307 || status == 308;
    if ((keeps && is_post && follow_up == MethodKind::kGet) || (status == 303 && follow_up == MethodKind::kPost)) {
      path.changed.Merge(*pending.evidence);
    }
  }

  void EndDay(Path& path) const {
    const std::vector<EvidenceCount> top = path.pages.Top(1);
    // What came after a redirect is not always known: before a long silence, and at the end of the log.
    if (path.today.count() >= settings().threshold && path.settled * 2 >= settings().threshold &&
        path.ignored * 10 >= path.settled * 9) {
      path.unfollowed.Merge(path.today);
    }
    if (path.moved >= settings().threshold && !top.empty() && top[0].count * 2 >= path.moved) {
      path.old_links.Merge(path.today);
      path.page = top[0].key;
    }
    if (path.old_today.count() >= kOldClients) path.old_clients.Merge(path.old_today);
    path.today = Evidence();
    path.old_today = Evidence();
    path.pages = TextCounts();
    path.moved = path.settled = path.ignored = 0;
  }

  void Report(const FindingContext& context, const Path& path, std::string_view verdict, const Evidence& evidence,
              std::string sentence, std::vector<Finding>& findings) const {
    Finding finding = StartPathFinding(path.text, path.host_text);
    evidence.Fill(context.inputs, &finding);
    finding.verdict = verdict;
    if (verdict == "lost-post") finding.severity = Severity::kLow;
    const bool is_counted = verdict == "unfollowed" || verdict == "old-links";
    if (!is_counted) finding.threshold = verdict == "old-client" ? kOldClients : 1;
    if (verdict == "old-links") finding.facts.push_back(TextFact("page", path.page));
    finding.sentence = std::move(sentence);
    findings.push_back(std::move(finding));
  }

  absl::node_hash_map<uint64_t, Path> paths_;  // by path and host
  std::vector<uint64_t> only_found_;           // of paths that said 302, and nothing else as far as is known
  std::vector<Pending> pending_;               // by time
  std::vector<ClientLine> lines_;              // of the client in hand
  int64_t last_epoch_ = INT64_MIN / 2;
  RedirectHosts hosts_;
};

}  // namespace

constexpr DetectorEntry kRedirectHygieneEntry{&kRedirectHygiene, MakeDetector<RedirectHygiene>};

}  // namespace logstat
