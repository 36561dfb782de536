#include "src/detect/proxy_clients.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <utility>

#include "src/base/ratio.h"

namespace logstat {

void ProxyClients::OnEpoch(const Epoch& epoch) {
  bool is_one_to_name = lines_ < kLeastLines;  // nobody was named before; then only slots that had lines may be new
  lines_ += epoch.shadows.size();
  const uint64_t least = (lines_ + kShare - 1) / kShare;
  for (const Shadow& shadow : epoch.shadows) {
    Slot& slot = slots_[SlotOf(shadow.client)];
    ++slot.lines;
    is_one_to_name |= slot.LacksClient(least);
    if (slot.watched != nullptr && slot.client == shadow.client) {
      SharedAddresses::AddLine(shadow, epoch.TimeOf(shadow), *slot.watched);
    }
  }
  if (lines_ < kLeastLines) return;
  if (is_one_to_name) NameSlots(epoch, least);
  std::erase_if(watched_, [&](size_t slot) {
    const bool is_crowd = crowds_.Of(slots_[slot].client) == Shared::kLikely;
    if (is_crowd) slots_[slot].watched = nullptr;
    return is_crowd;
  });
}

void ProxyClients::OnEvent(const Event& event) {
  const size_t slot = SlotOf(event.client());
  if (event.client() == 0 || slots_[slot].client != event.client()) return;
  crowds_.OnEvent(event);
  if (const auto [name, is_new] = names_.try_emplace(slot); is_new) name->second = event.text(Field::kClient);
}

void ProxyClients::NameSlots(const Epoch& epoch, uint64_t least) {
  absl::flat_hash_map<uint64_t, uint64_t> lines;
  for (const Shadow& shadow : epoch.shadows) {
    if (shadow.client != 0 && slots_[SlotOf(shadow.client)].LacksClient(least)) ++lines[shadow.client];
  }
  if (lines.empty()) return;
  for (const auto& [client, count] : lines) {
    uint64_t& most = slots_[SlotOf(client)].client;
    if (most == 0 || std::pair(lines.at(most), client) < std::pair(count, most)) most = client;
  }
  for (const Shadow& shadow : epoch.shadows) {
    const size_t place = SlotOf(shadow.client);
    Slot& slot = slots_[place];
    if (slot.client != shadow.client || !lines.contains(shadow.client)) continue;
    if (slot.watched == nullptr) {
      slot.watched = &crowds_.ClientOf(slot.client);
      watched_.push_back(place);
    }
    SharedAddresses::AddLine(shadow, epoch.TimeOf(shadow), *slot.watched);
  }
}

ProxyClients::Found ProxyClients::Find() const {
  std::vector<uint64_t> found;
  uint64_t behind = 0;
  for (const Slot& slot : slots_) {
    if (slot.client == 0 || crowds_.Of(slot.client) != Shared::kLikely) continue;
    found.push_back(slot.client);
    behind += slot.lines;
  }
  if (lines_ < kLeastLinesOfAll || behind * 2 <= lines_) return {};
  std::sort(found.begin(), found.end(), [&](uint64_t a, uint64_t b) {
    return std::pair(slots_[SlotOf(b)].lines, a) < std::pair(slots_[SlotOf(a)].lines, b);
  });
  std::vector<std::string> names;
  for (const uint64_t client : found) {
    const auto name = names_.find(SlotOf(client));
    names.push_back(name == names_.end() ? "" : name->second);
  }
  return {std::move(found), std::move(names), Ratio(behind, lines_)};
}

}  // namespace logstat
