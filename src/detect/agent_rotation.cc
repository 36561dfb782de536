// ua-rotation: one client under many names.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "src/detect/client_name.h"
#include "src/detect/distinct_runs.h"
#include "src/detect/entries.h"
#include "src/detect/key_map.h"
#include "src/detect/room.h"

namespace logstat {

constexpr Rule kAgentRotation = {
    .id = "ua-rotation",
    .title = "One client under many names",
    .severity = Severity::kMedium,
    .threshold = 10,
    .window_seconds = 8,
    .columns = {Field::kTime, Field::kClient, Field::kAgent},
    .needs_all_statuses = true,
    .statements = "S61",
    .meaning =
        "One address names itself as many programs in turn, as somebody does who wants to pass for many visitors.",
    .rule =
        "A bucket per client takes a drop for each different user agent, holds `threshold` drops and loses one in "
        "`window`. When it runs over and there were fewer than 3 requests per agent within two minutes, the client "
        "changes its name. Not for addresses behind which several people stand.",
    .reason =
        "The bucket is that of CrowdSec's http-dos-switching-ua. People behind one gateway have as many agents, but "
        "each asks for a page and all that is on it; the 3 is ours.",
    .false_positives = "Gateways whose users only call an interface, one request each.",
    .advice = "Limit the client by its address, not by its agent.",
};

namespace {

constexpr uint64_t kMostPerAgent = 3;  // requests

// How many different agents in a minute make a client worth following. With fewer in each minute, what is left of a
// full minute at its end and what the next one adds are gone when that is over; so a bucket only ever holds the drops
// of two minutes, and if it runs over, half of what it takes came in one of them.
uint64_t FewestAgents(const RuleSettings& settings) {
  const uint64_t half = (settings.threshold + 2) / 2;
  const auto lost = static_cast<uint64_t>(kEpochMs / settings.window_ms());  // of a bucket, in a minute
  return std::min(half, lost / 2 + 1);
}

class AgentRotation : public Detector {
 public:
  explicit AgentRotation(RuleSettings settings)
      : Detector(kAgentRotation, settings),
        fewest_(FewestAgents(settings)),
        runs_(DistinctRuns::Bucket(settings.threshold, settings.window_ms(), settings.most_keys)) {}

  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    const int64_t end_ms = (epoch.number + 1) * kEpochMs - 1;
    for (const Rotator& rotator : FindRotators(epoch, surroundings.slots)) Track(rotator.client, end_ms);
    for (auto& [client, tracked] : tracked_) Follow(client, end_ms, tracked, surroundings);
    std::erase_if(tracked_, [&](const auto& entry) { return end_ms - entry.second.last_ms > kForgottenAfterMs; });
  }

  // What is shown as evidence; a client that is always served has none.
  void OnEvent(const Event& event, Surroundings& /*surroundings*/) override {
    if (!tracked_.contains(event.client())) return;
    events_.At(event.client(), event.time_ms).Add(event);
  }

  void Want(KeyTexts& texts) override {
    for (const uint64_t client : rotations_.Keys()) texts.Want(Field::kClient, client);
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    for (const uint64_t client : rotations_.Keys()) {
      Rotation* rotation = rotations_.Find(client);
      rotation->Count();
      if (rotation->requests == 0) continue;
      const Evidence* events = events_.Find(client);
      const std::string text = ClientName(client, events, context.texts);
      if (text.empty() || context.shared.Of(client) == Shared::kLikely) continue;
      Finding finding = StartFinding(EntityKind::kClient, text);
      if (events != nullptr) events->Fill(context.inputs, &finding);
      finding.count = rotation->requests;
      finding.first_time = rotation->first_ms;
      finding.last_time = rotation->last_ms;
      finding.shared = context.shared.Of(client);
      finding.facts.push_back(NumberFact("agents", rotation->agents));
      finding.sentence =
          fmt::format("{} sent {} requests under {} different names", text, rotation->requests, rotation->agents);
      findings.push_back(std::move(finding));
    }
  }

  std::vector<LineWish> WishLines(const Finding& finding) const override {
    LineWish wish = LinesOfEntity(finding);
    wish.one_of_each_agent = true;
    return {wish};
  }

 private:
  static constexpr size_t kMostTracked = 4096;
  static constexpr int64_t kForgottenAfterMs = 10 * kEpochMs;
  struct Minute {
    uint64_t agents = 0;
    uint64_t requests = 0;
    int64_t first_ms = INT64_MAX;
    int64_t last_ms = INT64_MIN;
  };
  // All minutes that count, and one of which it is not known yet.
  struct Rotation : Minute {
    Minute waiting;

    void Count() {
      agents = std::max(agents, waiting.agents);
      requests += waiting.requests;
      first_ms = std::min(first_ms, waiting.first_ms);
      last_ms = std::max(last_ms, waiting.last_ms);
    }
  };

  struct Rotator {
    uint64_t client;
    size_t agents;
  };
  struct Tracked {
    int64_t last_ms = 0;  // the end of the last minute with lines of it
    bool is_new = true;
  };

  // The clients with enough agents in the minute, those with most first. The slots say which may have them; the others
  // cost no more.
  std::vector<Rotator> FindRotators(const Epoch& epoch, const ClientSlots& slots) {
    const int bits = ClientSlots::BitsOf(fewest_);
    agents_.clear();
    for (const Shadow& shadow : epoch.shadows) {
      if (!slots.MayHaveAgents(shadow.client, bits) || shadow.client == 0 || shadow.agent == 0) continue;
      agents_.emplace_back(shadow.client, shadow.agent);
    }
    std::sort(agents_.begin(), agents_.end());
    agents_.erase(std::unique(agents_.begin(), agents_.end()), agents_.end());
    std::vector<Rotator> rotators;
    for (auto begin = agents_.begin(); begin != agents_.end();) {
      const auto end =
          std::find_if(begin, agents_.end(), [&](const auto& agent) { return agent.first != begin->first; });
      const auto agents = static_cast<size_t>(end - begin);
      if (agents >= fewest_) rotators.push_back({begin->first, agents});
      begin = end;
    }
    std::sort(rotators.begin(), rotators.end(), [](const Rotator& a, const Rotator& b) {
      return a.agents != b.agents ? a.agents > b.agents : a.client < b.client;
    });
    rotators.resize(std::min(rotators.size(), kMostTracked / 2));
    return rotators;
  }

  // Of a full table those go that had no line for longest. Rotators of one minute are half of it at most, so they stay.
  void Track(uint64_t client, int64_t end_ms) {
    const auto age = [](const Tracked& tracked) { return tracked.last_ms; };
    AtForgettingHalf(tracked_, client, kMostTracked, age).last_ms = end_ms;
  }

  void Follow(uint64_t client, int64_t end_ms, Tracked& tracked, Surroundings& surroundings) {
    const int64_t begin_ms = end_ms - kEpochMs + 1;
    std::vector<std::pair<int64_t, uint32_t>> lines;  // of this minute and the one before
    surroundings.history.ForEachOf(client, begin_ms - kEpochMs, end_ms, [&](const Shadow& shadow, int64_t time_ms) {
      if (shadow.agent != 0) lines.emplace_back(time_ms, shadow.agent);
    });
    const bool is_new = std::exchange(tracked.is_new, false);
    if (lines.empty()) return;
    std::sort(lines.begin(), lines.end());
    bool is_over = false;  // the bucket
    Minute minute;
    for (const auto& [time_ms, agent] : lines) {
      if (time_ms < begin_ms && !is_new) continue;
      const DistinctRun& run = runs_.Add(client, agent, time_ms);
      is_over = is_over || run.reached();
      minute.agents = std::max(minute.agents, run.peak());
      minute.first_ms = std::min(minute.first_ms, time_ms);
      minute.last_ms = time_ms;
      ++minute.requests;
    }
    if (minute.requests > 0) tracked.last_ms = end_ms;
    const bool changes = ChangesItsName(lines);
    SettleWaiting(client, changes, begin_ms);
    if (!is_over || !changes) return;
    surroundings.errands.WatchClient(client);
    rotations_.At(client, minute.last_ms).waiting = minute;
  }

  static bool ChangesItsName(const std::vector<std::pair<int64_t, uint32_t>>& lines) {
    std::vector<uint32_t> names;
    for (const auto& line : lines) names.push_back(line.second);
    std::sort(names.begin(), names.end());
    const auto different = static_cast<uint64_t>(std::unique(names.begin(), names.end()) - names.begin());
    return lines.size() < different * kMostPerAgent;
  }

  // A minute counts when the next one has come and both together are of a client that changes its name: people who
  // have just come have asked for a page and not yet for what is on it.
  void SettleWaiting(uint64_t client, bool changes, int64_t begin_ms) {
    Rotation* rotation = rotations_.Find(client);
    if (rotation == nullptr) return;
    const bool was_last = rotation->waiting.last_ms < begin_ms - kEpochMs;  // nothing came in the minute after it
    if (changes || was_last) rotation->Count();
    rotation->waiting = Minute{};
  }

  const uint64_t fewest_;
  DistinctRuns runs_;
  std::vector<std::pair<uint64_t, uint32_t>> agents_;  // of clients of the newest epoch
  std::map<uint64_t, Tracked> tracked_;                // by client
  KeyMap<Rotation> rotations_{most_keys()};
  KeyMap<Evidence> events_{most_keys()};
};

}  // namespace

constexpr DetectorEntry kAgentRotationEntry{&kAgentRotation, MakeDetector<AgentRotation>};

}  // namespace logstat
