#include "src/detect/agent_rotation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "src/detect/client_name.h"
#include "src/detect/distinct_runs.h"
#include "src/detect/key_map.h"

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
    .rule =
        "A bucket per client takes a drop for each different user agent, holds `threshold` drops and loses one in "
        "`window`. When it runs over and there were fewer than 3 requests per agent, the client changes its "
        "name. Not for addresses behind which several people stand.",
    .reason =
        "The bucket is that of CrowdSec's http-dos-switching-ua. People behind one gateway have as many agents, but "
        "each asks for a page and all that is on it; the 3 is ours.",
    .false_positives = "Gateways whose users only call an interface, one request each.",
    .advice = "Limit the client by its address, not by its agent.",
};

namespace {

constexpr uint64_t kMostPerAgent = 3;  // requests

// A client whose bucket is over had so many different agents in that minute or in the one before: with no more in a
// minute than it loses, a bucket only ever holds those of two, and half of what makes it run over came in one of them.
uint64_t FewestAgents(const RuleSettings& settings) {
  const uint64_t half = (settings.threshold + 2) / 2;
  const auto lost = static_cast<uint64_t>(kEpochMs / settings.window_ms());
  return std::min(half, lost + 1);
}

class AgentRotation : public Detector {
 public:
  explicit AgentRotation(RuleSettings settings)
      : Detector(kAgentRotation, settings),
        fewest_(FewestAgents(settings)),
        runs_(DistinctRuns::Bucket(settings.threshold, settings.window_ms(), settings.most_keys)) {}

  // The slots say which clients may have changed their agent often; the others cost no more.
  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    const int bits = ClientSlots::BitsOf(fewest_);
    agents_.clear();
    for (const Shadow& shadow : epoch.shadows) {
      if (!surroundings.slots.MayHaveAgents(shadow.client, bits)) continue;
      if (shadow.client != 0 && shadow.agent != 0) agents_.emplace_back(shadow.client, shadow.agent);
    }
    std::sort(agents_.begin(), agents_.end());
    agents_.erase(std::unique(agents_.begin(), agents_.end()), agents_.end());
    for (auto begin = agents_.begin(); begin != agents_.end();) {
      const auto end =
          std::find_if(begin, agents_.end(), [&](const auto& agent) { return agent.first != begin->first; });
      const bool has_many = static_cast<uint64_t>(end - begin) >= fewest_;
      if (has_many && tracked_.size() < kMostTracked) tracked_.try_emplace(begin->first, kNoTime);
      begin = end;
    }
    const int64_t end_ms = (epoch.number + 1) * kEpochMs - 1;
    for (auto& [client, last_ms] : tracked_) Follow(client, end_ms, last_ms, surroundings);
    std::erase_if(tracked_, [&](const auto& tracked) { return tracked.second + kForgottenAfterMs < end_ms; });
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
      const Rotation* rotation = rotations_.Find(client);
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

 private:
  static constexpr size_t kMostTracked = 4096;
  static constexpr int64_t kForgottenAfterMs = 10 * kEpochMs;
  struct Rotation {
    uint64_t agents = 0;
    uint64_t requests = 0;
    int64_t first_ms = INT64_MAX;
    int64_t last_ms = 0;
  };

  // `last_ms`: the end of the last minute with lines of it; kNoTime: it is new.
  void Follow(uint64_t client, int64_t end_ms, int64_t& last_ms, Surroundings& surroundings) {
    std::vector<std::pair<int64_t, uint32_t>> lines;
    const int64_t minutes = last_ms == kNoTime ? 2 : 1;
    surroundings.history.ForEachOf(client, end_ms - minutes * kEpochMs + 1, end_ms,
                                   [&](const Shadow& shadow, int64_t time_ms) {
                                     if (shadow.agent != 0) lines.emplace_back(time_ms, shadow.agent);
                                   });
    if (lines.empty()) return;
    last_ms = end_ms;
    std::sort(lines.begin(), lines.end());
    bool is_over = false;
    uint64_t agents = 0;
    for (const auto& [time_ms, agent] : lines) {
      const DistinctRun& run = runs_.Add(client, agent, time_ms);
      is_over = is_over || run.reached();
      agents = std::max(agents, run.peak());
    }
    std::vector<uint32_t> names;
    for (const auto& line : lines) names.push_back(line.second);
    std::sort(names.begin(), names.end());
    const auto different = static_cast<uint64_t>(std::unique(names.begin(), names.end()) - names.begin());
    if (!is_over || lines.size() >= different * kMostPerAgent) return;
    surroundings.errands.WatchClient(client);
    Rotation& rotation = rotations_.At(client, end_ms);
    rotation.agents = std::max(rotation.agents, agents);
    rotation.requests += lines.size();
    rotation.first_ms = std::min(rotation.first_ms, lines.front().first);
    rotation.last_ms = std::max(rotation.last_ms, lines.back().first);
  }

  const uint64_t fewest_;
  DistinctRuns runs_;
  std::vector<std::pair<uint64_t, uint32_t>> agents_;  // of clients of the newest epoch
  std::map<uint64_t, int64_t> tracked_;                // clients, see Follow()
  KeyMap<Rotation> rotations_{most_keys()};
  KeyMap<Evidence> events_{most_keys()};
};

}  // namespace

std::unique_ptr<Detector> MakeAgentRotation(RuleSettings settings, const DetectSettings& /*common*/) {
  return std::make_unique<AgentRotation>(settings);
}

}  // namespace logstat
