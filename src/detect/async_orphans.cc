// async-orphan: work that was accepted (202) and whose outcome nobody asks for.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "src/base/milliseconds.h"
#include "src/detect/entries.h"
#include "src/detect/repeats.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kAsyncOrphans = {
    .id = "async-orphan",
    .title = "Accepted work whose outcome nobody asks for",
    .severity = Severity::kInfo,
    .threshold = 20,
    .window_seconds = 86'400,
    .columns = {Field::kTime, Field::kClient, Field::kMethod, Field::kPath},
    .needs_all_statuses = true,
    .statements = "S09",
    .rule =
        "Twenty answers 202 of one path, half or more of them to clients that did not send a GET afterwards: within 24 "
        "hours, or until the log ends if that is an hour or more.",
    .reason =
        "The document: 202 takes work in and promises nothing; it should name a place where its state can be seen. If "
        "nobody looks, there is none, or clients do not know. The numbers are ours, to be tuned.",
    .false_positives = "Webhooks and telemetry; clients that are called back, or ask from another address.",
    .advice = "Name the state of the work and where to look for it in the answer.",
};

namespace {

constexpr size_t kMostClients = 4096;

class AsyncOrphans : public Detector {
 public:
  explicit AsyncOrphans(RuleSettings settings) : Detector(kAsyncOrphans, settings, {202}) {}

  // A client's next GET answers for all that it was waiting for; 202 and GET of one epoch meet in OnEvent().
  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    const int64_t begin = epoch.number * kEpochMs;
    now_ms_ = begin + kEpochMs;
    last_gets_.clear();
    std::vector<uint64_t> done;
    for (auto& [client, waiting] : waiting_) {
      const int64_t last_get = LastGet(client, begin, surroundings.history);
      std::erase_if(waiting, [&](const Waiting& entry) {
        if (entry.time_ms < last_get) return true;
        if (now_ms_ - entry.time_ms <= settings().window_ms()) return false;
        ++paths_[entry.path].orphans;
        return true;
      });
      if (waiting.empty()) done.push_back(client);
    }
    for (const uint64_t client : done) waiting_.erase(client);
  }

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.client() == 0 || event.path() == 0) return;
    const uint64_t key = KeyOfPath(event);
    if (!HasRoomFor(paths_, key, most_keys()) || !HasRoomFor(waiting_, event.client(), kMostClients)) return;
    Path& path = paths_[key];
    path.text = event.text(Field::kPath).substr(0, kMostEvidenceBytes);
    path.host = event.text(Field::kHost).substr(0, kMostEvidenceBytes);
    path.evidence.Add(event);
    std::vector<Waiting>& waiting = waiting_[event.client()];
    if (waiting.size() >= kMostClients) return;  // of one client: the rest counts as followed
    const auto [last_get, is_new] = last_gets_.try_emplace(event.client(), INT64_MIN);
    if (is_new) last_get->second = LastGet(event.client(), EpochOf(event.time_ms) * kEpochMs, surroundings.history);
    if (last_get->second > event.time_ms) {
      if (waiting.empty()) waiting_.erase(event.client());
      return;
    }
    waiting.push_back({event.time_ms, key});
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    for (const auto& [client, waiting] : waiting_) {
      for (const Waiting& entry : waiting) {
        if (now_ms_ - entry.time_ms >= kHourMs) ++paths_[entry.path].orphans;
      }
    }
    for (const auto& [key, path] : paths_) {
      if (path.evidence.count() < settings().threshold || path.orphans * 2 < path.evidence.count()) continue;
      Finding finding = StartPathFinding(path.text, path.host);
      path.evidence.Fill(context.inputs, &finding);
      finding.code = 202;
      finding.facts.push_back(NumberFact("unfollowed", path.orphans));
      finding.sentence = fmt::format("{} accepted work {} times (202); after {} of them the client never asked again",
                                     PathTitle(path.text, path.host), finding.count, path.orphans);
      findings.push_back(std::move(finding));
    }
  }

 private:
  struct Waiting {
    int64_t time_ms;
    uint64_t path;
  };
  struct Path {
    std::string text, host;
    uint64_t orphans = 0;
    Evidence evidence;
  };

  // The time of a client's last GET from `from_ms` on, INT64_MIN if there is none.
  static int64_t LastGet(uint64_t client, int64_t from_ms, const History& history) {
    int64_t last = INT64_MIN;
    history.ForEachOf(client, from_ms, INT64_MAX / 2, [&](const Shadow& shadow, int64_t time_ms) {
      if (static_cast<MethodKind>(shadow.method) == MethodKind::kGet && shadow.status != 202) {
        last = std::max(last, time_ms);
      }
    });
    return last;
  }

  int64_t now_ms_ = 0;                                // the end of the newest epoch
  std::map<uint64_t, std::vector<Waiting>> waiting_;  // by client
  std::map<uint64_t, int64_t> last_gets_;             // of the newest epoch, by client
  std::map<uint64_t, Path> paths_;                    // by path and host
};

}  // namespace

constexpr DetectorEntry kAsyncOrphansEntry{&kAsyncOrphans, MakeDetector<AsyncOrphans>};

}  // namespace logstat
