#include "src/detect/proxy_clients.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <utility>

#include "src/base/ratio.h"

namespace logstat {

void ProxyClients::OnEpoch(const Epoch& epoch) {
  // Slots that had no line now need no look, if they were looked at before.
  bool is_one_to_name = lines_ < kLeastLines;
  lines_ += epoch.shadows.size();
  const uint64_t least = (lines_ + kShare - 1) / kShare;
  for (const Shadow& shadow : epoch.shadows) {
    const size_t slot = SlotOf(shadow.client);
    ++counts_[slot];
    is_one_to_name |= LacksClient(slot, least);
    if (watched_[slot] && clients_[slot] == shadow.client) {
      SharedAddresses::AddLine(shadow, epoch.TimeOf(shadow), *people_[slot]);
    }
  }
  if (lines_ < kLeastLines) return;
  if (is_one_to_name) NameSlots(epoch, least);
  if (watched_.none()) return;
  for (size_t slot = 0; slot < kSlots; ++slot) {
    if (watched_[slot] && crowds_.Of(clients_[slot]) == Shared::kLikely) watched_.reset(slot);
  }
}

void ProxyClients::OnEvent(const Event& event) {
  const size_t slot = SlotOf(event.client());
  if (event.client() == 0 || clients_[slot] != event.client()) return;
  crowds_.OnEvent(event);
  if (const auto [name, is_new] = names_.try_emplace(slot); is_new) name->second = event.text(Field::kClient);
}

// Of a slot that gets a client the lines of this epoch were not added yet.
void ProxyClients::NameSlots(const Epoch& epoch, uint64_t least) {
  absl::flat_hash_map<uint64_t, uint64_t> lines;
  for (const Shadow& shadow : epoch.shadows) {
    if (shadow.client != 0 && LacksClient(SlotOf(shadow.client), least)) ++lines[shadow.client];
  }
  if (lines.empty()) return;
  for (const auto& [client, count] : lines) {
    uint64_t& most = clients_[SlotOf(client)];
    if (most == 0 || std::pair(lines.at(most), client) < std::pair(count, most)) most = client;
  }
  for (const auto& [client, count] : lines) {
    const size_t slot = SlotOf(client);
    if (clients_[slot] != client) continue;
    watched_.set(slot);
    people_[slot] = &crowds_.ClientOf(client);
  }
  for (const Shadow& shadow : epoch.shadows) {
    const size_t slot = SlotOf(shadow.client);
    if (clients_[slot] != shadow.client || !lines.contains(shadow.client)) continue;
    SharedAddresses::AddLine(shadow, epoch.TimeOf(shadow), *people_[slot]);
  }
}

ProxyClients::Found ProxyClients::Find() const {
  std::vector<uint64_t> found;
  uint64_t behind = 0;
  for (size_t slot = 0; slot < kSlots; ++slot) {
    if (clients_[slot] == 0 || crowds_.Of(clients_[slot]) != Shared::kLikely) continue;
    found.push_back(clients_[slot]);
    behind += counts_[slot];
  }
  if (lines_ < kLeastLinesOfAll || behind * 2 <= lines_) return {};
  std::sort(found.begin(), found.end(), [&](uint64_t a, uint64_t b) {
    return std::pair(counts_[SlotOf(b)], a) < std::pair(counts_[SlotOf(a)], b);
  });
  std::vector<std::string> names;
  for (const uint64_t client : found) {
    const auto name = names_.find(SlotOf(client));
    names.push_back(name == names_.end() ? "" : name->second);
  }
  return {std::move(found), std::move(names), Ratio(behind, lines_)};
}

}  // namespace logstat
