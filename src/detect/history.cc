#include "src/detect/history.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "src/base/milliseconds.h"
#include "src/base/ring.h"
#include "src/detect/join_keys.h"

namespace logstat {
namespace {

enum Outcome : uint8_t { kServed = 1, kRedirect = 2, kSuccess = 4 };

// By status. Three questions about each line of a log: one load.
constexpr std::array<uint8_t, 1024> kOutcomes = [] {
  std::array<uint8_t, 1024> outcomes{};
  for (int status = 0; status < 1024; ++status) {
    outcomes[static_cast<size_t>(status)] = static_cast<uint8_t>(
        (IsServed(status) ? kServed : 0) | (IsRedirect(status) ? kRedirect : 0) | (IsSuccess(status) ? kSuccess : 0));
  }
  return outcomes;
}();

}  // namespace

// As many heads as rows or more, so that who looks for a hash that no row has mostly finds that out at once.
size_t History::Chains::HeadsFor(size_t rows) { return std::bit_ceil(std::max<size_t>(rows, 16)); }

void History::Chains::Make(const std::vector<Shadow>& shadows, Key key) {
  mask = HeadsFor(shadows.size()) - 1;
  heads.assign(mask + 1, 0);
  next.resize(shadows.size());
  for (uint32_t row = 0; row < shadows.size(); ++row) {
    const Shadow& shadow = shadows[row];
    const uint64_t hash = key == kClient ? shadow.client
                          : key == kPath ? shadow.path
                                         : JoinKeys(shadow.client, shadow.path);
    uint32_t& head = heads[HeadOf(hash)];
    next[row] = head;
    head = row + 1;
  }
  is_made.store(true, std::memory_order_release);
}

bool History::WasServed(uint64_t client, uint64_t path) const {
  bool served = false;
  ForEachIn(kPair, JoinKeys(client, path), INT64_MIN / 2, INT64_MAX / 2, [&](const Shadow& shadow, int64_t) {
    const int status = static_cast<int>(shadow.status);
    served |= shadow.client == client && shadow.path == path && (IsSuccess(status) || status == 304);
  });
  return served;
}

void History::DropEvents() { kept_.back().epoch.events = EventList(); }

uint64_t History::SizeOf(const Kept& kept) {
  const size_t rows = kept.epoch.shadows.size();
  return rows * sizeof(Shadow) + kept.chains.size() * (rows + Chains::HeadsFor(rows)) * sizeof(uint32_t) +
         kept.epoch.durations.size() * sizeof(uint16_t);
}

void History::DropOldDurations() {
  for (Kept& kept : kept_) {
    if (kept.epoch.number + kTimedEpochs > kept_.back().epoch.number) return;
    bytes_ -= kept.epoch.durations.size() * sizeof(uint16_t);
    kept.epoch.durations = std::vector<uint16_t>();  // gives back its memory
  }
}

const Epoch& History::Add(Epoch epoch) {
  first_epoch_ = std::min(first_epoch_, epoch.number);
  CountHosts(epoch);
  kept_.emplace_back(std::move(epoch));
  bytes_ += SizeOf(kept_.back());
  DropOldDurations();
  while (kept_.size() > 1) {
    const bool is_old = kept_.front().epoch.number + kEpochs <= kept_.back().epoch.number;
    if (!is_old && bytes_ <= budget_bytes_) break;
    incomplete_ = incomplete_ || !is_old;
    bytes_ -= SizeOf(kept_.front());
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
    hosts_.erase(by_age_.begin()->second);
    by_age_.erase(by_age_.begin());
  }
  std::unique_ptr<Host>& found = hosts_[host];
  if (found == nullptr) {
    found = std::make_unique<Host>();
  } else {
    if (found->last_epoch == epoch) return *found;
    by_age_.erase({found->last_epoch, host});
  }
  by_age_.emplace(epoch, host);
  found->last_epoch = epoch;
  found->newest = HostMinute{host, 0};
  return *found;
}

// Lines of one host and second that follow each other.
struct History::SecondCounts {
  int64_t second = 0;  // of the epoch
  uint32_t total = 0;
  uint32_t served = 0;
  uint32_t redirects = 0;
  uint64_t bytes = 0;
  int64_t first_ms = INT64_MAX;  // of the epoch, as below
  int64_t last_ms = -1;
  int64_t last_success_ms = -1;
};

void History::AddSecond(const SecondCounts& counts, int64_t epoch, Host& host) {
  const int64_t begin_ms = epoch * kEpochMs;
  const int64_t second = epoch * (kEpochMs / 1000) + counts.second;
  AddTo(host.seconds[RingPlace(second, kSeconds)], second, counts.total, counts.served);
  Minute& minute = host.minutes[RingPlace(epoch, kMinutes)];
  if (minute.at != epoch) minute.bytes = 0;
  minute.bytes += counts.bytes;
  AddTo(minute, epoch, counts.total, counts.served);
  host.newest.total += counts.total;
  host.newest.redirects += counts.redirects;
  host.newest.first_ms = std::min(host.newest.first_ms, begin_ms + counts.first_ms);
  host.newest.last_ms = std::max(host.newest.last_ms, begin_ms + counts.last_ms);
  if (counts.last_success_ms >= 0) {
    host.last_success_ms = std::max(host.last_success_ms, begin_ms + counts.last_success_ms);
  }
}

// Lines of a log stand by time, and most logs have one host, or one at a time: so a second is put in at once.
void History::CountHosts(const Epoch& epoch) {
  newest_hosts_.clear();
  const std::vector<Shadow>& shadows = epoch.shadows;
  Host* newest = nullptr;
  for (size_t row = 0; row < shadows.size();) {
    const uint32_t host = shadows[row].host;
    SecondCounts counts;
    counts.second = static_cast<int64_t>(shadows[row].at_ms / 1000);
    const auto begin = static_cast<uint32_t>(counts.second * 1000);
    for (; row < shadows.size(); ++row) {
      const Shadow& shadow = shadows[row];
      if (shadow.host != host || shadow.at_ms - begin >= 1000) break;  // unsigned: earlier ones, too
      const unsigned outcome = kOutcomes[shadow.status];
      const int64_t at_ms = int64_t{shadow.at_ms};
      ++counts.total;
      counts.served += outcome & kServed;
      counts.redirects += (outcome & kRedirect) / kRedirect;
      counts.bytes += shadow.bytes == kNoShadowBytes ? 0 : shadow.bytes;
      counts.first_ms = std::min(counts.first_ms, at_ms);
      counts.last_ms = std::max(counts.last_ms, at_ms);
      counts.last_success_ms = std::max(counts.last_success_ms, (outcome & kSuccess) != 0 ? at_ms : -1);
    }
    if (newest == nullptr || newest->newest.host != host) newest = &HostOf(host, epoch.number);
    AddSecond(counts, epoch.number, *newest);
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
  const Host& kept = *found->second;
  const auto add = [&counts](const Bucket& bucket, int64_t at) {
    if (bucket.at != at) return;
    counts.total += bucket.total;
    counts.served += bucket.served;
  };
  constexpr int64_t kMinute = kEpochMs / 1000;
  const int64_t last = SecondOf(to_ms);
  for (int64_t at = last - std::min(seconds, kSeconds) + 1; at <= last;) {
    if (at % kMinute == 0 && at + kMinute - 1 <= last) {  // five minutes are some sixty looks, not 300
      add(kept.minutes[RingPlace(at / kMinute, kMinutes)], at / kMinute);
      at += kMinute;
    } else {
      add(kept.seconds[RingPlace(at, kSeconds)], at);
      ++at;
    }
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
    const Minute& minute = found->second->minutes[RingPlace(at, kMinutes)];
    if (minute.at != at) continue;
    counts.total += minute.total;
    counts.served += minute.served;
    counts.bytes += minute.bytes;
  }
  return counts;
}

int64_t History::LastSuccess(uint32_t host) const {
  const auto found = hosts_.find(host);
  return found == hosts_.end() ? INT64_MIN : found->second->last_success_ms;
}

}  // namespace logstat
