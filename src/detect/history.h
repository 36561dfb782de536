// The last ten minutes of lines, by client, and how much each host served: what detectors may look up.
//
//   history.Add(std::move(epoch));
//   history.ForEachOf(client, from_ms, to_ms, [](const Shadow& shadow, int64_t time_ms) { … });
//   history.Requests(host, to_ms, 60).total
//
// A detector sees events; what else the same client did, and how much traffic there was around them, it finds here. The
// newest epoch is the one whose events detectors are about to see, so lines up to its end are known already.
// Memory: shadows of kEpochs epochs within the budget (the oldest go first, see incomplete()), and 6 KiB for each of at
// most kMostHosts hosts.
// Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_HISTORY_H_
#define LOGSTAT_SRC_DETECT_HISTORY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "src/deliver/epoch_queue.h"

namespace logstat {

class History {
 public:
  static constexpr int64_t kEpochs = 11;  // ten minutes and the newest one
  static constexpr size_t kMostHosts = 4096;

  struct Counts {
    uint64_t total = 0;
    uint64_t served = 0;  // 2xx and 3xx
  };

  explicit History(uint64_t budget_bytes) : budget_bytes_(budget_bytes) {}

  // Returns the epoch as it is kept: its events are there until the next Add().
  const Epoch& Add(Epoch epoch);

  // Every line of the client in [from_ms, to_ms] that is kept, newest epoch last, in no order within one.
  template <typename Function>
  void ForEachOf(uint64_t client, int64_t from_ms, int64_t to_ms, Function function) const {
    for (const Kept& kept : kept_) {
      if (kept.epoch.number < EpochOf(from_ms) || kept.epoch.number > EpochOf(to_ms)) continue;
      for (uint32_t row = kept.heads[client & kept.mask]; row != 0; row = kept.next[row - 1]) {
        const Shadow& shadow = kept.epoch.shadows[row - 1];
        const int64_t time = kept.epoch.TimeOf(shadow);
        if (shadow.client == client && time >= from_ms && time <= to_ms) function(shadow, time);
      }
    }
  }

  // The epochs that are kept, oldest first.
  template <typename Function>
  void ForEachEpoch(Function function) const {
    for (const Kept& kept : kept_) function(kept.epoch);
  }

  // Every line of [from_ms, to_ms] that is kept: as many steps as there were lines, so not for every event.
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

  // Lines of a host in the `seconds` whole seconds up to and including that of `to_ms`; at most ten minutes of them.
  Counts Requests(uint32_t host, int64_t to_ms, int64_t seconds) const;
  // The same in the hour before the minute of `before_ms`, as far as the log goes back, and how many minutes of it.
  Counts TrailingHour(uint32_t host, int64_t before_ms, int64_t* minutes) const;

  bool incomplete() const { return incomplete_; }
  int64_t first_epoch() const { return first_epoch_; }

 private:
  struct Kept {
    Epoch epoch;
    std::vector<uint32_t> heads;  // by client & mask: the last of its rows, plus 1
    std::vector<uint32_t> next;
    uint64_t mask = 0;
  };
  static constexpr int64_t kSeconds = 660;
  static constexpr int64_t kMinutes = 64;
  struct Bucket {
    int64_t at = -1;  // the second or minute that it stands for
    uint32_t total = 0;
    uint32_t served = 0;
  };
  struct Host {
    std::array<Bucket, kSeconds> seconds;
    std::array<Bucket, kMinutes> minutes;
    int64_t last_epoch = 0;
  };

  static Kept Index(Epoch epoch);
  void CountHosts(const Epoch& epoch);
  Host& HostOf(uint32_t host, int64_t epoch);
  static void AddTo(Bucket& bucket, int64_t at, uint32_t total, uint32_t served);

  const uint64_t budget_bytes_;
  uint64_t bytes_ = 0;
  std::deque<Kept> kept_;  // ascending
  std::unordered_map<uint32_t, std::unique_ptr<Host>> hosts_;
  int64_t first_epoch_ = INT64_MAX;
  bool incomplete_ = false;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_HISTORY_H_
