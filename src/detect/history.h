// The last ten minutes of lines, by client, and how much each host served: what detectors may look up.
//
//   history.Add(std::move(epoch));
//   history.ForEachOf(client, from_ms, to_ms, [](const Shadow& shadow, int64_t time_ms) { … });
//   history.Requests(host, to_ms, 60).total
//
// A detector sees events; what else the same client did, and how much traffic there was around them, it finds here. The
// newest epoch is the one whose events detectors are about to see, so lines up to its end are known already.
// Memory: shadows of kEpochs epochs within the budget (the oldest go first, see incomplete()), with two bytes a line
// for the durations of kTimedEpochs where a log has them, and 12 KiB for each of at most kMostHosts hosts. Between two
// calls of Add() it may be read by several threads.
#ifndef LOGSTAT_SRC_DETECT_HISTORY_H_
#define LOGSTAT_SRC_DETECT_HISTORY_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "src/base/milliseconds.h"
#include "src/deliver/compact_duration.h"
#include "src/deliver/epoch_queue.h"

namespace logstat {

class History {
 public:
  static constexpr int64_t kReachMs = kTenMinutesMs;
  static constexpr int64_t kEpochs = kReachMs / kEpochMs + 1;  // with the newest one
  static constexpr int64_t kTimedEpochs = 5;                   // of these, the newest ones, also the durations
  static constexpr size_t kMostHosts = 4096;

  struct Counts {
    uint64_t total = 0;
    uint64_t served = 0;  // 2xx and 3xx
    uint64_t bytes = 0;   // of an hour only
  };
  // A host's lines of the newest epoch.
  struct HostMinute {
    uint32_t host = 0;
    uint64_t total = 0;
    uint64_t redirects = 0;
    int64_t first_ms = INT64_MAX;
    int64_t last_ms = INT64_MIN;
  };

  explicit History(uint64_t budget_bytes) : budget_bytes_(budget_bytes) {}

  // Returns the epoch as it is kept.
  const Epoch& Add(Epoch epoch);

  // The events of the newest epoch were seen by everybody.
  void DropEvents();

  // Every line of the client in [from_ms, to_ms] that is kept, newest epoch last, in no order within one.
  template <typename Function>
  void ForEachOf(uint64_t client, int64_t from_ms, int64_t to_ms, Function function) const {
    ForEachIn(kClient, client, from_ms, to_ms, [&](const Shadow& shadow, int64_t time_ms) {
      if (shadow.client == client) function(shadow, time_ms);
    });
  }
  // Calls function(end_ms, duration_us) for every line of the client in the newest epoch that has a duration.
  template <typename Function>
  void ForEachTimedOf(uint64_t client, Function function) const {
    const Epoch& newest = kept_.back().epoch;
    if (newest.durations.empty()) return;
    ForEachRow(kept_.back(), kClient, client, [&](uint32_t row, const Shadow& shadow) {
      if (shadow.client != client || newest.durations[row] == 0) return;
      function(newest.TimeOf(shadow), FullDuration(newest.durations[row]));
    });
  }
  // As ForEachOf(), of a path on any host.
  template <typename Function>
  void ForEachOfPath(uint64_t path, int64_t from_ms, int64_t to_ms, Function function) const {
    ForEachIn(kPath, path, from_ms, to_ms, [&](const Shadow& shadow, int64_t time_ms) {
      if (shadow.path == path) function(shadow, time_ms);
    });
  }
  // Calls function(i, shadow, time_ms) for every line of the path number i that is kept, in any order. For many paths
  // of which most have no line: all are looked for in an epoch at once, each look asked for in the round before.
  template <typename Function>
  void ForEachOfPaths(const std::vector<uint64_t>& paths, Function function) const {
    for (const Kept& kept : kept_) {
      const Chains& chains = ChainsOf(kept, kPath);
      const std::vector<Shadow>& shadows = kept.epoch.shadows;
      for (const uint64_t path : paths) __builtin_prefetch(&chains.heads[chains.HeadOf(path)]);
      for (size_t i = 0; i < paths.size(); ++i) {
        for (uint32_t row = chains.heads[chains.HeadOf(paths[i])]; row != 0; row = chains.next[row - 1]) {
          const Shadow& shadow = shadows[row - 1];
          if (shadow.path == paths[i]) function(i, shadow, kept.epoch.TimeOf(shadow));
        }
      }
    }
  }
  // Calls function(shadow, time_ms) for every line in the epochs [from, to] that took this long (compact) or longer: of
  // the last kTimedEpochs, if they are kept. For what happens rarely.
  template <typename Function>
  void ForEachSlow(int64_t from, int64_t to, uint16_t least, Function function) const {
    for (const Kept& kept : kept_) {
      const Epoch& epoch = kept.epoch;
      if (epoch.number < from || epoch.number > to) continue;
      for (size_t row = 0; row < epoch.durations.size(); ++row) {
        if (epoch.durations[row] >= least) function(epoch.shadows[row], epoch.TimeOf(epoch.shadows[row]));
      }
    }
  }
  // Every line in [from_ms, to_ms] that is kept: for what happens rarely.
  template <typename Function>
  void ForEach(int64_t from_ms, int64_t to_ms, Function function) const {
    for (const Kept& kept : kept_) {
      if (kept.epoch.number < EpochOf(from_ms) || kept.epoch.number > EpochOf(to_ms)) continue;
      for (const Shadow& shadow : kept.epoch.shadows) {
        const int64_t time = kept.epoch.TimeOf(shadow);
        if (time >= from_ms && time <= to_ms) function(shadow, time);
      }
    }
  }
  // Whether the client got the path (2xx or 304), as far as lines are kept.
  bool WasServed(uint64_t client, uint64_t path) const;

  // Lines of a host in the `seconds` whole seconds up to and including that of `to_ms`; at most ten minutes of them.
  Counts Requests(uint32_t host, int64_t to_ms, int64_t seconds) const;
  // The same in the hour before the minute of `before_ms`, as far as the log goes back, and how many minutes of it.
  Counts TrailingHour(uint32_t host, int64_t before_ms, int64_t* minutes) const;

  // The hosts with lines in the newest epoch, by hash.
  const std::vector<HostMinute>& NewestHosts() const { return newest_hosts_; }
  // The newest answer 2xx of a host; INT64_MIN: none.
  int64_t LastSuccess(uint32_t host) const;

  bool incomplete() const { return incomplete_; }

 private:
  // By what rows are found.
  enum Key : uint8_t { kClient, kPath, kPair };

  // Chains of the rows of an epoch by some bits of a hash: two stores a row, no keys, no probing. Made by the
  // first who asks, so that a log in which nothing happens does not pay for it; others that ask meanwhile wait.
  struct Chains {
    std::vector<uint32_t> heads;  // by HeadOf(): the last of its rows, plus 1
    std::vector<uint32_t> next;
    uint64_t mask = 0;
    std::atomic<bool> is_made = false;

    // Not by the last bits: those of a path's hash are zeros (PathHash).
    size_t HeadOf(uint64_t hash) const { return (hash >> 16) & mask; }
    static size_t HeadsFor(size_t rows);
    void Make(const std::vector<Shadow>& shadows, Key key);
  };

  struct Kept {
    explicit Kept(Epoch its) : epoch(std::move(its)) {}

    Epoch epoch;
    mutable std::array<Chains, 3> chains;  // by Key
    mutable std::mutex making;
  };

  static const Chains& ChainsOf(const Kept& kept, Key key) {
    Chains& chains = kept.chains[key];
    if (chains.is_made.load(std::memory_order_acquire)) return chains;
    const std::lock_guard lock(kept.making);
    if (!chains.is_made.load(std::memory_order_relaxed)) chains.Make(kept.epoch.shadows, key);
    return chains;
  }
  // Every row in the chain of the hash: those with it, and some others.
  template <typename Function>
  void ForEachIn(Key key, uint64_t hash, int64_t from_ms, int64_t to_ms, Function function) const {
    for (const Kept& kept : kept_) {
      if (kept.epoch.number < EpochOf(from_ms) || kept.epoch.number > EpochOf(to_ms)) continue;
      ForEachRow(kept, key, hash, [&](uint32_t /*row*/, const Shadow& shadow) {
        const int64_t time = kept.epoch.TimeOf(shadow);
        if (time >= from_ms && time <= to_ms) function(shadow, time);
      });
    }
  }
  template <typename Function>
  static void ForEachRow(const Kept& kept, Key key, uint64_t hash, Function function) {
    const Chains& chains = ChainsOf(kept, key);
    for (uint32_t row = chains.heads[chains.HeadOf(hash)]; row != 0; row = chains.next[row - 1]) {
      function(row - 1, kept.epoch.shadows[row - 1]);
    }
  }

  static constexpr int64_t kSeconds = 660;
  static constexpr int64_t kMinutes = 64;
  struct Bucket {
    int64_t at = -1;  // the second or minute that it stands for
    uint32_t total = 0;
    uint32_t served = 0;
  };
  struct Minute : Bucket {
    uint64_t bytes = 0;
  };
  struct Host {
    std::array<Bucket, kSeconds> seconds;
    std::array<Minute, kMinutes> minutes;
    int64_t last_epoch = 0;
    int64_t last_success_ms = INT64_MIN;
    HostMinute newest;
  };

  static uint64_t SizeOf(const Kept& kept);
  void DropOldDurations();
  void CountHosts(const Epoch& epoch);
  Host& HostOf(uint32_t host, int64_t epoch);
  static void AddTo(Bucket& bucket, int64_t at, uint32_t total, uint32_t served);
  struct SecondCounts;
  static void AddSecond(const SecondCounts& counts, int64_t epoch, Host& host);

  const uint64_t budget_bytes_;
  uint64_t bytes_ = 0;
  std::deque<Kept> kept_;  // ascending
  std::unordered_map<uint32_t, std::unique_ptr<Host>> hosts_;
  std::set<std::pair<int64_t, uint32_t>> by_age_;  // last epoch and hash of each: the first one goes for a new one
  std::vector<HostMinute> newest_hosts_;
  int64_t first_epoch_ = INT64_MAX;
  bool incomplete_ = false;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_HISTORY_H_
