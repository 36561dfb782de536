// The lines of one client in the order of the log, also those that are no events.
//
//   lines.OnEpoch();                                        // forgets
//   for (const ClientLine& line : lines.Of(client, from_ms, history)) …
//
// The history has a client's lines in no order; here they are sorted once an epoch, so that a detector may ask for them
// with every event without going through them each time. Only clients that are asked for cost anything.
// Not thread-safe; a list lives until OnEpoch().
#ifndef LOGSTAT_SRC_DETECT_CLIENT_LINES_H_
#define LOGSTAT_SRC_DETECT_CLIENT_LINES_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "src/detect/history.h"

namespace logstat {

struct ClientLine {
  int64_t time_ms = 0;
  Shadow shadow;
};

// Makes `lines` all that are known of [from_ms, to_ms], by time, those of one time as they stand in the log.
inline void FindLines(uint64_t client, int64_t from_ms, int64_t to_ms, const History& history,
                      std::vector<ClientLine>& lines) {
  lines.clear();
  int64_t epoch = INT64_MIN;
  size_t first = 0;  // of its epoch
  history.ForEachOf(client, from_ms, to_ms, [&](const Shadow& shadow, int64_t time_ms) {
    if (EpochOf(time_ms) != epoch) {
      std::reverse(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end());
      epoch = EpochOf(time_ms);
      first = lines.size();
    }
    lines.push_back({time_ms, shadow});
  });
  std::reverse(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end());  // the history begins with the last
  const auto is_earlier = [](const ClientLine& a, const ClientLine& b) { return a.time_ms < b.time_ms; };
  if (!std::is_sorted(lines.begin(), lines.end(), is_earlier)) {
    std::stable_sort(lines.begin(), lines.end(), is_earlier);
  }
}

class ClientLines {
 public:
  void OnEpoch() { clients_.clear(); }

  // From `from_ms` on, which lies in the newest epoch or the one before it.
  std::span<const ClientLine> Of(uint64_t client, int64_t from_ms, const History& history) {
    auto found = clients_.find(client);
    if (found == clients_.end()) {
      found = clients_.try_emplace(client).first;
      FindLines(client, from_ms - kEpochMs, INT64_MAX / 2, history, found->second);
    }
    const std::vector<ClientLine>& lines = found->second;
    const auto first = std::lower_bound(lines.begin(), lines.end(), from_ms,
                                        [](const ClientLine& line, int64_t ms) { return line.time_ms < ms; });
    return {first, lines.end()};
  }

 private:
  std::unordered_map<uint64_t, std::vector<ClientLine>> clients_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CLIENT_LINES_H_
