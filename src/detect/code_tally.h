// How often each of a few status codes came, and the codes of those runs of a SlidingWindow that make up a finding.
//
//   ReachedCodes codes(settings.most_keys);
//   codes.Add(key, windows.Add(key, event), event);      // each event, in order
//   codes.Of(key).Most(421)                              // the code of most of them; 421 if another has as many
//
// A finding about lines of several codes has the meaning and the advice of one, and that is the one of most lines.
// Counts are those of the window's evidence, so the events before the one that reaches the threshold are among them.
// Memory: two tables of `most_keys` keys. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_CODE_TALLY_H_
#define LOGSTAT_SRC_DETECT_CODE_TALLY_H_

#include <absl/container/inlined_vector.h>
#include <absl/container/node_hash_map.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "logstat/report.h"
#include "src/deliver/event.h"
#include "src/detect/key_map.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

class CodeTally {
 public:
  void Add(int code, uint64_t count = 1) {
    const auto found =
        std::find_if(codes_.begin(), codes_.end(), [&](const CodeCount& row) { return row.code == code; });
    if (found != codes_.end()) {
      found->count += count;
    } else {
      codes_.push_back(CodeCount{code, count});
    }
  }
  void Merge(const CodeTally& other) {
    for (const CodeCount& row : other.codes_) Add(row.code, row.count);
  }
  uint64_t Of(int code) const {
    const auto found =
        std::find_if(codes_.begin(), codes_.end(), [&](const CodeCount& row) { return row.code == code; });
    return found == codes_.end() ? 0 : found->count;
  }
  // Of several that came as often, `favourite` if it is one of them, else the least. -1: none came.
  int Most(int favourite = -1) const {
    CodeCount most{-1, 0};
    for (const CodeCount& row : codes_) {
      const bool is_preferred = row.code == favourite || (most.code != favourite && row.code < most.code);
      if (row.count > most.count || (row.count == most.count && is_preferred)) most = row;
    }
    return most.code;
  }

 private:
  absl::InlinedVector<CodeCount, 2> codes_;
};

class ReachedCodes {
 public:
  explicit ReachedCodes(size_t most_keys) : most_keys_(most_keys), begun_(most_keys) {}

  // `window` has just counted the event.
  void Add(uint64_t key, const SlidingWindow& window, const Event& event) {
    if (window.current_reached() && !window.just_reached()) {
      if (const auto found = reached_.find(key); found != reached_.end()) found->second.Add(event.status());
      return;
    }
    CodeTally& begun = begun_.At(key, event.time_ms);
    if (window.current().count() == 1) begun = CodeTally();
    begun.Add(event.status());
    if (!window.just_reached()) return;
    if (window.runs() == 0) reached_.erase(key);  // the table of windows may have forgotten earlier runs
    if (CodeTally* kept = AtIfRoom(reached_, key, most_keys_)) kept->Merge(begun);
  }
  // Of the runs that reached the threshold; none if the table was full.
  CodeTally Of(uint64_t key) const {
    const auto found = reached_.find(key);
    return found == reached_.end() ? CodeTally() : found->second;
  }

 private:
  const size_t most_keys_;
  KeyMap<CodeTally> begun_;  // of runs that have not reached it
  absl::node_hash_map<uint64_t, CodeTally> reached_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CODE_TALLY_H_
