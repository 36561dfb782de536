#include "src/detect/proxy_clients.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <utility>

#include "src/base/ratio.h"

namespace logstat {

void ProxyClients::OnEpoch(const Epoch& epoch) {
  lines_ += epoch.shadows.size();
  for (const Shadow& shadow : epoch.shadows) ++counts_[SlotOf(shadow.client)];
  if (lines_ < kLeastLines) return;
  NameSlots(epoch);
  if (watched_.none()) return;
  for (const Shadow& shadow : epoch.shadows) {
    const size_t slot = SlotOf(shadow.client);
    if (watched_[slot] && named_[slot] == shadow.client) crowds_.AddLine(shadow, epoch.TimeOf(shadow));
  }
  for (size_t slot = 0; slot < kSlots; ++slot) {
    if (watched_[slot] && crowds_.Of(named_[slot]) == Shared::kLikely) watched_.reset(slot);
  }
}

void ProxyClients::OnEvent(const Event& event) {
  const size_t slot = SlotOf(event.client());
  if (event.client() == 0 || named_[slot] != event.client()) return;
  crowds_.OnEvent(event);
  if (const auto [name, is_new] = names_.try_emplace(slot); is_new) name->second = event.text(Field::kClient);
}

void ProxyClients::NameSlots(const Epoch& epoch) {
  const uint64_t least = (lines_ + kShare - 1) / kShare;
  bool any = false;
  for (size_t slot = 0; slot < kSlots; ++slot) any |= counts_[slot] >= least && named_[slot] == 0;
  if (!any) return;
  std::bitset<kSlots> nameless;
  for (size_t slot = 0; slot < kSlots; ++slot) nameless[slot] = named_[slot] == 0 && counts_[slot] >= least;
  absl::flat_hash_map<uint64_t, uint64_t> lines;
  for (const Shadow& shadow : epoch.shadows) {
    if (shadow.client != 0 && nameless[SlotOf(shadow.client)]) ++lines[shadow.client];
  }
  for (const auto& [client, count] : lines) {
    uint64_t& most = named_[SlotOf(client)];
    if (most == 0 || std::pair(lines.at(most), client) < std::pair(count, most)) most = client;
  }
  for (const auto& [client, count] : lines) watched_.set(SlotOf(client));
}

ProxyClients::Found ProxyClients::Find() const {
  std::vector<uint64_t> found;
  uint64_t behind = 0;
  for (size_t slot = 0; slot < kSlots; ++slot) {
    if (named_[slot] == 0 || crowds_.Of(named_[slot]) != Shared::kLikely) continue;
    found.push_back(named_[slot]);
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
