#include "src/detect/agent_rotation.h"

#include <absl/container/flat_hash_set.h>
#include <fmt/format.h>

#include <algorithm>
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

constexpr int kFewestBits = 4;         // of the agents of a minute in which a bucket may run over: at least six
constexpr uint64_t kMostPerAgent = 3;  // requests

class AgentRotation : public Detector {
 public:
  explicit AgentRotation(RuleSettings settings)
      : Detector(kAgentRotation, settings),
        runs_(DistinctRuns::Bucket(settings.threshold, settings.window_ms(), settings.most_keys)) {}

  // The slots say which clients may have changed their agent often; the others cost no more. A bucket
  // that runs over at the end of some minute got six drops of it in one minute, of that or the one before: a full one
  // loses at most eight in a minute.
  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    std::vector<uint64_t> clients;
    for (const Shadow& shadow : epoch.shadows) {
      if (surroundings.slots.MayHaveAgents(shadow.client, kFewestBits) && shadow.client != 0 &&
          !tracked_.contains(shadow.client)) {
        clients.push_back(shadow.client);
      }
    }
    std::sort(clients.begin(), clients.end());
    clients.erase(std::unique(clients.begin(), clients.end()), clients.end());
    clients.resize(std::min(clients.size(), kMostTracked - tracked_.size()));
    clients.insert(clients.end(), tracked_.begin(), tracked_.end());
    std::sort(clients.begin(), clients.end());
    for (const uint64_t client : clients) Follow(client, epoch, surroundings);
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
  struct Rotation {
    uint64_t agents = 0;
    uint64_t requests = 0;
    int64_t first_ms = INT64_MAX;
    int64_t last_ms = 0;
  };

  void Follow(uint64_t client, const Epoch& epoch, Surroundings& surroundings) {
    const int64_t end = (epoch.number + 1) * kEpochMs - 1;
    const bool is_new = tracked_.insert(client).second;
    std::vector<std::pair<int64_t, uint32_t>> lines;
    surroundings.history.ForEachOf(client, is_new ? end - 2 * kEpochMs + 1 : end - kEpochMs + 1, end,
                                   [&](const Shadow& shadow, int64_t time_ms) {
                                     if (shadow.agent != 0) lines.emplace_back(time_ms, shadow.agent);
                                   });
    if (lines.empty()) {
      if (end - last_ms_.At(client, end) > 10 * kEpochMs) tracked_.erase(client);
      return;
    }
    last_ms_.At(client, end) = end;
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
    Rotation& rotation = rotations_.At(client, end);
    rotation.agents = std::max(rotation.agents, agents);
    rotation.requests += lines.size();
    rotation.first_ms = std::min(rotation.first_ms, lines.front().first);
    rotation.last_ms = std::max(rotation.last_ms, lines.back().first);
  }

  DistinctRuns runs_;
  absl::flat_hash_set<uint64_t> tracked_;
  KeyMap<int64_t> last_ms_{most_keys()};
  KeyMap<Rotation> rotations_{most_keys()};
  KeyMap<Evidence> events_{most_keys()};
};

}  // namespace

std::unique_ptr<Detector> MakeAgentRotation(RuleSettings settings, const DetectSettings& /*common*/) {
  return std::make_unique<AgentRotation>(settings);
}

}  // namespace logstat
