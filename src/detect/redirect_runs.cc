// redirect-run: more redirects in a row than a client should follow, and loops among them.
#include <absl/container/flat_hash_map.h>
#include <absl/container/node_hash_map.h>
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "src/detect/client_counts.h"
#include "src/detect/client_lines.h"
#include "src/detect/entries.h"
#include "src/detect/evidence.h"
#include "src/detect/nesting.h"
#include "src/detect/redirect_hosts.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kRedirectRuns = {
    .id = "redirect-run",
    .title = "Redirect loops",
    .severity = Severity::kMedium,
    .threshold = 6,
    .window_seconds = 30,
    .columns = {Field::kTime, Field::kClient, Field::kPath},
    .needs_all_statuses = true,
    .verdicts_are_apart = true,
    .statements = "S19",
    .meaning =
        "A client is sent from redirect to redirect and does not arrive, which the document expects to end after five.",
    .rule =
        "Six redirects (301, 302, 303, 307, 308) in a row to one client and agent within 30 s, none more than 2 s "
        "after the one before it and no other answer in between, static files aside, and either one target comes three "
        "times (cycle) or the target becomes longer and nests in itself three times (growth). Twenty are high. A run "
        "that does neither is info, and nothing on a host that does nothing but redirect.",
    .reason =
        "The document: a client should follow no more than five redirects by itself. Today's standard only asks to "
        "break cycles (RFC 9110, section 15.4); curl follows 50, Chrome 20. So length alone is worth a note, a cycle "
        "is a fault. The 2 s and the three are ours, to be tuned.",
    .false_positives = "Chains of single sign-on; crawlers that go through many moved addresses.",
    .advice =
        "Break the loop: a proxy that does not pass on that the client used TLS, a cookie for the wrong domain, a rule "
        "that matches its own target.",
};

namespace {

constexpr int64_t kMostHopMs = 2000;
constexpr uint64_t kLeastRepeats = 3;
constexpr uint64_t kLeastGrowth = 3;
constexpr uint64_t kHighHops = 20;
constexpr size_t kRunsOfAKey = 4;         // of those that a table may have: runs end after 2 s
constexpr size_t kMostTargets = 64;       // different ones of a run, and hops that are shown
constexpr size_t kMostLoopClients = 64;   // of a loop, that are looked at whether they are shared; and hosts
constexpr size_t kLoopClientsOfAKey = 4;  // that are counted, of those that a table may have

bool KeepsMethod(int status) { return status == 307 || status == 308; }

// A redirect that may turn out to belong to a run.
struct Hop {
  int64_t time_ms = 0;
  uint64_t path = 0;
  std::string target;
  Evidence evidence;
};

// Redirects of which it is known that no other answer stands between them.
struct Chain {
  uint64_t hops = 0;
  uint64_t growth = 0;
  bool reached = false;
  size_t depth = 0;  // of the last target
  std::string last_target;
  std::deque<int64_t> times;                // of the last `threshold` hops
  std::map<std::string, uint64_t> targets;  // how often each came
  std::string shown;                        // "/a > /b > /a"
  Evidence evidence;

  void Add(Hop hop, const RuleSettings& settings);
};

void Chain::Add(Hop hop, const RuleSettings& settings) {
  const size_t now = NestingDepth(hop.target);
  if (hops > 0 && hop.target.size() > last_target.size() && now > depth) ++growth;
  depth = now;
  if (++hops <= kLeastRepeats * 2) shown.append(shown.empty() ? "" : " > ").append(hop.target, 0, 80);
  CountIfRoom(targets, hop.target, kMostTargets);
  times.push_back(hop.time_ms);
  if (times.size() > settings.threshold) times.pop_front();
  if (times.size() == settings.threshold && times.back() - times.front() <= settings.window_ms()) reached = true;
  evidence.Merge(hop.evidence);
  last_target = std::move(hop.target);
}

struct Run {
  uint64_t client = 0;
  std::string client_text;
  uint32_t agent = 0;
  uint32_t host = 0;
  int64_t last_ms = 0;
  int last_status = 0;
  std::string start;         // the page that led to the first hop
  int64_t confirmed_ms = 0;  // time and path of the last hop of the chain
  uint64_t confirmed_path = 0;
  Chain chain;
  std::vector<Hop> pending;  // what came after it
};

// What runs of one kind about one entity add up to.
struct Loop {
  Evidence evidence;
  uint64_t longest = 0;
  uint64_t runs = 0;
  std::string shown;  // of the longest
  std::string start;
  std::set<uint64_t> clients;  // the first
  ClientCounts::Count count;   // of all of them
  uint64_t number = 0;         // among the loops
  std::set<uint32_t> hosts;
};

class RedirectRuns : public Detector {
 public:
  explicit RedirectRuns(RuleSettings settings) : Detector(kRedirectRuns, settings, StatusSet::Where(IsRedirect)) {}

  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    hosts_.OnEpoch(surroundings.history.NewestHosts());
    lines_.OnEpoch();
    FindCandidates(epoch);
    EndAllBefore(epoch.number * kEpochMs - kMostHopMs);
  }

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.shadow.is_static != 0 || event.client() == 0) return;
    const auto candidate = candidates_.find(event.client());
    if (candidate == candidates_.end() || candidate->second < settings().threshold) return;
    Run* found = AtIfRoom(runs_, JoinKeys(event.client(), event.shadow.agent), kRunsOfAKey * most_keys());
    if (found == nullptr) return;
    Run& run = *found;
    const bool is_follow_up =
        event.method() == MethodKind::kGet || event.method() == MethodKind::kHead || KeepsMethod(run.last_status);
    if (event.time_ms - run.last_ms > kMostHopMs || !is_follow_up) {
      End(run);
      run = Run();
    }
    AddHop(event, run);
    if (run.chain.hops + run.pending.size() >= settings().threshold) Confirm(run, surroundings);
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    EndAllBefore(INT64_MAX);
    for (const auto& [key, loop] : loops_) {
      const auto& [verdict, entity] = key;
      const auto only_redirects = [&](uint32_t host) { return hosts_.OnlyRedirects(host); };
      if (verdict == "long" && std::all_of(loop.hosts.begin(), loop.hosts.end(), only_redirects)) continue;
      findings.push_back(Describe(context, verdict, entity, loop));
    }
  }

 private:
  // A run of T hops lies in one epoch with all of them, or within (T - 1) * 2 s of its ends: clients with fewer
  // redirects need no further look.
  void FindCandidates(const Epoch& epoch) {
    candidates_.clear();
    const int64_t near_ms = static_cast<int64_t>(std::min<uint64_t>(settings().threshold, 60)) * kMostHopMs;
    for (const Shadow& shadow : epoch.shadows) {
      if (!IsRedirect(static_cast<int>(shadow.status)) || shadow.is_static != 0) continue;
      const int64_t at_ms = int64_t{shadow.at_ms};
      const bool is_near = at_ms < near_ms || at_ms >= kEpochMs - near_ms;
      candidates_[shadow.client] += is_near ? settings().threshold : 1;
    }
  }

  static void AddHop(const Event& event, Run& run) {
    if (run.client == 0) {
      run.client = event.client();
      run.client_text = event.text(Field::kClient);
      run.agent = event.shadow.agent;
      run.host = event.shadow.host;
      run.start = event.text(Field::kReferrer).substr(0, kMostEvidenceBytes);
    }
    run.last_ms = event.time_ms;
    run.last_status = event.status();
    const std::string_view target = event.has(Field::kTarget) ? event.text(Field::kTarget) : event.text(Field::kPath);
    Hop hop{event.time_ms, event.path(), std::string(target), {}};
    hop.evidence.Add(event);
    run.pending.push_back(std::move(hop));
  }

  // Moves pending hops into the chain; where another answer stands before one, the run ends and a new one begins.
  void Confirm(Run& run, Surroundings& surroundings) {
    const size_t cut = LastAfterOtherAnswer(run, surroundings.history);
    std::vector<Hop> pending = std::move(run.pending);
    run.pending.clear();
    for (size_t i = 0; i < cut; ++i) Extend(run, std::move(pending[i]));
    if (cut < pending.size()) {
      End(run);
      run.chain = Chain();
      for (size_t i = cut; i < pending.size(); ++i) run.pending.push_back(std::move(pending[i]));
    }
    if (run.chain.reached) surroundings.errands.WatchClient(run.client);
  }

  void Extend(Run& run, Hop hop) {
    run.confirmed_ms = hop.time_ms;
    run.confirmed_path = hop.path;
    run.chain.Add(std::move(hop), settings());
  }

  // The last pending hop that has another answer right before it; their number if there is none.
  size_t LastAfterOtherAnswer(const Run& run, const History& history) {
    const bool has_chain = run.chain.hops > 0;
    size_t next = 0;     // the pending hop that comes next
    bool begun = false;  // the first of the hops was met
    bool interrupted = false;
    size_t cut = run.pending.size();
    const int64_t from_ms = has_chain ? run.confirmed_ms : run.pending[0].time_ms;
    for (const ClientLine& line : lines_.Of(run.client, from_ms, history)) {
      if (line.time_ms > run.last_ms || next == run.pending.size()) break;
      if (line.shadow.agent != run.agent || line.shadow.is_static != 0) continue;
      if (!IsRedirect(static_cast<int>(line.shadow.status))) {
        interrupted = begun;
        continue;
      }
      if (!begun && has_chain) {
        begun = line.time_ms == run.confirmed_ms && line.shadow.path == run.confirmed_path;
        continue;
      }
      const Hop& hop = run.pending[next];
      if (line.time_ms != hop.time_ms || line.shadow.path != hop.path) continue;
      if (interrupted) cut = next;
      interrupted = false;
      begun = true;
      ++next;
    }
    return cut;
  }

  void EndAllBefore(int64_t time_ms) {
    std::map<std::pair<int64_t, uint64_t>, Run*> ended;  // in an order that depends on the log alone
    for (auto& [key, run] : runs_) {
      if (run.last_ms < time_ms) ended.emplace(std::pair(run.last_ms, key), &run);
    }
    for (const auto& [order, run] : ended) {
      End(*run);
      runs_.erase(order.second);
    }
  }

  // A run that is long enough adds to the loop that it shows.
  void End(const Run& run) {
    const Chain& chain = run.chain;
    if (!chain.reached) return;
    std::string verdict = "long";
    std::string entity = run.client_text;
    const auto repeated = std::find_if(chain.targets.begin(), chain.targets.end(),
                                       [](const auto& target) { return target.second >= kLeastRepeats; });
    if (chain.growth >= kLeastGrowth) {
      verdict = "growth";
      entity = PathOf(std::min_element(chain.targets.begin(), chain.targets.end(), IsShorter)->first);
    } else if (repeated != chain.targets.end()) {
      verdict = "cycle";
      entity = PathOf(repeated->first);
    }
    Loop* found = AtIfRoom(loops_, {std::move(verdict), std::move(entity)}, most_keys());
    if (found == nullptr) return;
    Loop& loop = *found;
    loop.evidence.Merge(chain.evidence);
    if (++loop.runs == 1) loop.number = loops_.size();
    if (chain.hops > loop.longest) {
      loop.longest = chain.hops;
      loop.shown = chain.shown;
      loop.start = run.start;
    }
    InsertIfRoom(loop.clients, run.client, kMostLoopClients);
    clients_.Add(loop.number, run.client, loop.count);
    InsertIfRoom(loop.hosts, run.host, kMostLoopClients);
  }

  static bool IsShorter(const std::pair<const std::string, uint64_t>& a,
                        const std::pair<const std::string, uint64_t>& b) {
    return a.first.size() < b.first.size();
  }
  static std::string PathOf(const std::string& target) { return target.substr(0, target.find('?')).substr(0, 200); }

  Finding Describe(const FindingContext& context, const std::string& verdict, const std::string& entity,
                   const Loop& loop) const {
    const bool is_loop = verdict != "long";
    Finding finding = StartFinding(is_loop ? EntityKind::kPath : EntityKind::kClient, entity);
    loop.evidence.Fill(context.inputs, &finding);
    finding.verdict = verdict;
    finding.severity = !is_loop ? Severity::kInfo : loop.longest >= kHighHops ? Severity::kHigh : Severity::kMedium;
    const auto is_shared = [&](uint64_t client) { return context.shared.Of(client) == Shared::kLikely; };
    if (std::all_of(loop.clients.begin(), loop.clients.end(), is_shared)) {
      finding.severity = Lowered(finding.severity);
      finding.shared = Shared::kLikely;
    }
    finding.facts.push_back(NumberFact("longest_run", loop.longest));
    finding.facts.push_back(NumberFact("runs", loop.runs));
    finding.facts.push_back(loop.count.Fact());
    finding.facts.push_back(TextFact("hops", loop.shown));
    if (!loop.start.empty()) finding.facts.push_back(TextFact("start_page", loop.start));
    finding.sentence =
        is_loop ? fmt::format("{} redirects {} {}, up to {} times in a row", entity, loop.count.Text(),
                              verdict == "growth" ? "to ever longer addresses" : "in circles", loop.longest)
                : fmt::format("{} followed {} redirects in a row, none of them in circles", entity, loop.longest);
    return finding;
  }

  absl::node_hash_map<uint64_t, Run> runs_;                    // by client and agent; those of the last epoch
  std::map<std::pair<std::string, std::string>, Loop> loops_;  // by verdict and entity
  ClientCounts clients_{kLoopClientsOfAKey * most_keys()};
  absl::flat_hash_map<uint64_t, uint64_t> candidates_;  // redirects of the epoch, by client
  ClientLines lines_;
  RedirectHosts hosts_;
};

}  // namespace

constexpr DetectorEntry kRedirectRunsEntry{&kRedirectRuns, MakeDetector<RedirectRuns>};

}  // namespace logstat
