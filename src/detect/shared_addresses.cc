#include "src/detect/shared_addresses.h"

#include <algorithm>

#include "src/base/hash.h"
#include "src/base/milliseconds.h"
#include "src/detect/room.h"

namespace logstat {
namespace {

constexpr size_t kMostAgents = 64;
constexpr size_t kMostUsers = 16;

}  // namespace

void SharedAddresses::AddLine(const Shadow& shadow, int64_t time_ms, Client& client) {
  if (shadow.agent == 0) return;
  client.any_agent = true;
  if (shadow.is_person == 0 || !IsSuccess(static_cast<int>(shadow.status))) return;
  Agent* agent = AtIfRoom(client.agents, shadow.agent, kMostAgents);
  if (agent == nullptr) return;
  agent->first_ms = agent->successes == 0 ? time_ms : std::min(agent->first_ms, time_ms);
  agent->last_ms = agent->successes == 0 ? time_ms : std::max(agent->last_ms, time_ms);
  ++agent->successes;
}

void SharedAddresses::Watch(uint64_t client, const History& history) {
  if (clients_.size() == kMostClients || clients_.find(client) != clients_.end()) return;
  filter_.Add(client);
  Client& watched = clients_[client];
  history.ForEachOf(client, INT64_MIN / 2, INT64_MAX / 2,
                    [&](const Shadow& shadow, int64_t time_ms) { AddLine(shadow, time_ms, watched); });
}

// Of thousands of watched clients few come in one minute, so their lines are found by going through all: to ask the
// history for each of them took 15 % of a run over an ordinary day (1.3 million lines). From the last line on, as the
// history does: so which 64 agents are known does not depend on when a client came to be watched.
void SharedAddresses::OnEpoch(const Epoch& epoch) {
  if (clients_.empty()) return;
  for (auto shadow = epoch.shadows.rbegin(); shadow != epoch.shadows.rend(); ++shadow) {
    if (!filter_.MayHave(shadow->client)) continue;
    const auto found = clients_.find(shadow->client);
    if (found != clients_.end()) AddLine(*shadow, epoch.TimeOf(*shadow), found->second);
  }
}

void SharedAddresses::OnEvent(const Event& event) {
  if (event.shadow.has_user == 0 || !IsSuccess(event.status())) return;
  const auto found = clients_.find(event.client());
  if (found == clients_.end()) return;
  InsertIfRoom(found->second.users, SketchHash(event.text(Field::kUser)), kMostUsers);
}

Shared SharedAddresses::Of(uint64_t client) const {
  const auto found = clients_.find(client);
  if (found == clients_.end()) return Shared::kUnknown;
  const Client& watched = found->second;
  if (watched.users.size() >= 3) return Shared::kLikely;
  if (!watched.any_agent) return Shared::kUnknown;
  const auto people = std::count_if(watched.agents.begin(), watched.agents.end(), [](const auto& entry) {
    const Agent& agent = entry.second;
    return agent.successes >= 3 && agent.last_ms - agent.first_ms >= kTenMinutesMs;
  });
  return people >= 5 ? Shared::kLikely : Shared::kUnlikely;
}

size_t SharedAddresses::Agents(uint64_t client) const {
  const auto found = clients_.find(client);
  return found == clients_.end() ? 0 : found->second.agents.size();
}

}  // namespace logstat
