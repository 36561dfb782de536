#include "src/detect/history.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace logstat {
namespace {

// Of a ring: `at` may be negative, years before 1970 are years as well.
size_t Place(int64_t at, int64_t size) { return static_cast<size_t>(((at % size) + size) % size); }

int64_t FloorDiv(int64_t value, int64_t divisor) { return value / divisor - (value % divisor < 0 ? 1 : 0); }

}  // namespace

// A chain of rows for each value of the hash's last bits: two stores a row, no keys, no probing.
History::Kept History::Index(Epoch epoch) {
  Kept kept;
  kept.epoch = std::move(epoch);
  const std::vector<Shadow>& shadows = kept.epoch.shadows;
  kept.mask = std::bit_ceil(std::max<size_t>(shadows.size() / 2, 16)) - 1;
  kept.heads.assign(kept.mask + 1, 0);
  kept.next.resize(shadows.size());
  for (uint32_t row = 0; row < shadows.size(); ++row) {
    uint32_t& head = kept.heads[shadows[row].client & kept.mask];
    kept.next[row] = head;
    head = row + 1;
  }
  return kept;
}

const Epoch& History::Add(Epoch epoch) {
  if (!kept_.empty()) {  // their events were seen
    kept_.back().epoch.events.clear();
    kept_.back().epoch.events.shrink_to_fit();
    kept_.back().epoch.arenas.clear();
  }
  first_epoch_ = std::min(first_epoch_, epoch.number);
  CountHosts(epoch);
  const auto size = [](const Kept& kept) { return kept.epoch.shadows.size() * (sizeof(Shadow) + 6); };
  kept_.push_back(Index(std::move(epoch)));
  bytes_ += size(kept_.back());
  while (kept_.size() > 1) {
    const bool is_old = kept_.front().epoch.number + kEpochs <= kept_.back().epoch.number;
    if (!is_old && bytes_ <= budget_bytes_) break;
    incomplete_ = incomplete_ || !is_old;
    bytes_ -= size(kept_.front());
    kept_.pop_front();
  }
  return kept_.back().epoch;
}

void History::AddTo(Bucket& bucket, int64_t at, uint32_t total, uint32_t served) {
  if (bucket.at != at) bucket = Bucket{at, 0, 0};
  bucket.total += total;
  bucket.served += served;
}

History::Host& History::HostOf(uint32_t host, int64_t epoch) {
  if (hosts_.size() >= kMostHosts && hosts_.find(host) == hosts_.end()) {
    const auto oldest = std::min_element(hosts_.begin(), hosts_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.second->last_epoch, a.first) < std::pair(b.second->last_epoch, b.first);
    });
    hosts_.erase(oldest);
  }
  std::unique_ptr<Host>& found = hosts_[host];
  if (found == nullptr) found = std::make_unique<Host>();
  if (found->newest.total == 0 || found->last_epoch != epoch) found->newest = HostMinute{host, 0};
  found->last_epoch = epoch;
  return *found;
}

void History::CountHosts(const Epoch& epoch) {
  const int64_t first_second = epoch.number * (kEpochMs / 1000);
  const size_t minute = Place(epoch.number, kMinutes);
  uint32_t current = 0;
  Host* host = nullptr;  // most logs have one, or one at a time
  newest_hosts_.clear();
  for (const Shadow& shadow : epoch.shadows) {
    if (host == nullptr || shadow.host != current) {
      current = shadow.host;
      host = &HostOf(current, epoch.number);
    }
    const int64_t time_ms = epoch.TimeOf(shadow);
    ++host->newest.total;
    host->newest.first_ms = std::min(host->newest.first_ms, time_ms);
    host->newest.last_ms = std::max(host->newest.last_ms, time_ms);
    const int64_t second = first_second + static_cast<int64_t>(shadow.at_ms / 1000);
    const uint32_t served = IsServed(static_cast<int>(shadow.status)) ? 1 : 0;
    AddTo(host->seconds[Place(second, kSeconds)], second, 1, served);
    AddTo(host->minutes[minute], epoch.number, 1, served);
    if (IsSuccess(static_cast<int>(shadow.status))) {
      host->last_success_ms = std::max(host->last_success_ms, time_ms);
    }
  }
  for (const auto& [hash, counted] : hosts_) {
    if (counted->last_epoch == epoch.number) newest_hosts_.push_back(counted->newest);
  }
  std::sort(newest_hosts_.begin(), newest_hosts_.end(),
            [](const HostMinute& a, const HostMinute& b) { return a.host < b.host; });
}

History::Counts History::Requests(uint32_t host, int64_t to_ms, int64_t seconds) const {
  Counts counts;
  const auto found = hosts_.find(host);
  if (found == hosts_.end()) return counts;
  const int64_t last = FloorDiv(to_ms, 1000);
  for (int64_t at = last - std::min(seconds, kSeconds) + 1; at <= last; ++at) {
    const Bucket& bucket = found->second->seconds[Place(at, kSeconds)];
    if (bucket.at != at) continue;
    counts.total += bucket.total;
    counts.served += bucket.served;
  }
  return counts;
}

History::Counts History::TrailingHour(uint32_t host, int64_t before_ms, int64_t* minutes) const {
  Counts counts;
  const int64_t end = EpochOf(before_ms);
  *minutes = std::clamp<int64_t>(end - first_epoch_, 0, 60);
  const auto found = hosts_.find(host);
  if (found == hosts_.end()) return counts;
  for (int64_t at = end - *minutes; at < end; ++at) {
    const Bucket& bucket = found->second->minutes[Place(at, kMinutes)];
    if (bucket.at != at) continue;
    counts.total += bucket.total;
    counts.served += bucket.served;
  }
  return counts;
}

int64_t History::LastSuccess(uint32_t host) const {
  const auto found = hosts_.find(host);
  return found == hosts_.end() ? INT64_MIN : found->second->last_success_ms;
}

}  // namespace logstat
