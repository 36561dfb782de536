// Exact sliding windows by key: the machine behind every rule of the form "T events of one key within W".
//
//   SlidingWindows windows(settings.threshold, settings.window_ms(), settings.most_keys);
//   SlidingWindow& window = windows.Add(key, event);          // events in the order of their times
//   if (window.reached()) …
//   windows.ForEachReached([&](uint64_t key, const SlidingWindow& window) { … window.evidence() … });   // after
//   Flush()
//
// A run of a key lasts while its gaps stay under the window. One that reaches the threshold in some window (ends
// included: T events between t and t + W) is kept, and later runs of the same key that reach it are added to it;
// one that does not is forgotten. So there is one finding per key, and its count is that of the runs that matter.
// Memory: at most `most_keys` keys; of those that have not reached the threshold the one with the oldest last event
// goes first. Windows longer than an hour keep the times of `threshold` events of a key, which is all that an exact
// answer needs; in_window() and peak() go no further there. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_WINDOWS_H_
#define LOGSTAT_SRC_DETECT_WINDOWS_H_

#include <absl/container/inlined_vector.h>
#include <absl/container/node_hash_map.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "src/deliver/event.h"
#include "src/detect/evidence.h"
#include "src/detect/join_keys.h"
#include "src/detect/key_name.h"

namespace logstat {

// Times in ascending order: added at one end, dropped at the other. The first two cost no allocation.
class EventTimes {
 public:
  bool empty() const { return begin_ == times_.size(); }
  size_t size() const { return times_.size() - begin_; }
  int64_t front() const { return times_[begin_]; }
  void push_back(int64_t time_ms) { times_.push_back(time_ms); }
  void pop_front() {
    if (++begin_ * 2 <= times_.size()) return;
    times_.erase(times_.begin(), times_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
  void clear() {
    times_.clear();
    begin_ = 0;
  }

 private:
  absl::InlinedVector<int64_t, 2> times_;
  size_t begin_ = 0;
};

class SlidingWindow {
 public:
  // Whether the threshold was reached by the current run or one before it.
  bool reached() const { return current_reached_ || kept_ != nullptr; }
  bool current_reached() const { return current_reached_; }
  // Whether it was the last event that did.
  bool just_reached() const { return just_reached_; }
  // Events in the window that ends with the last one, and the most that any window had.
  size_t in_window() const { return times_.size(); }
  uint64_t peak() const { return peak_; }
  // Of the runs that reached the threshold, after Flush(); before that of the current run.
  const Evidence& evidence() const { return kept_ != nullptr ? *kept_ : current_; }
  const Evidence& current() const { return current_; }
  int64_t last_ms() const { return current_.last_ms(); }
  uint64_t runs() const { return runs_; }
  // What the key stands for: said after each Add(), known once the threshold was reached.
  const std::string& entity() const { return name_.entity(); }
  std::string_view host() const { return name_.host(); }
  void SetEntity(std::string_view entity, std::string_view host = {}) {
    if (reached()) name_.Set(entity, host);
  }

 private:
  friend class SlidingWindows;

  EventTimes times_;  // of the events in the window
  Evidence current_;
  std::unique_ptr<Evidence> kept_;  // of earlier runs
  bool current_reached_ = false;
  bool just_reached_ = false;
  uint64_t peak_ = 0;
  uint64_t runs_ = 0;
  KeyName name_;
};

class SlidingWindows {
 public:
  SlidingWindows(uint64_t threshold, int64_t window_ms, size_t most_keys)
      : threshold_(threshold), window_ms_(window_ms), most_keys_(most_keys) {}

  // Counts the event for the key.
  SlidingWindow& Add(uint64_t key, const Event& event);
  // Forgets the current run of a key: what its events asked for was settled.
  void DropRun(uint64_t key);
  // Null if the key is not known.
  SlidingWindow* Find(uint64_t key);

  // Ends all runs. ForEachReached() then calls function(key, window) for every key that reached the threshold, by its
  // first time and then key, so that the order does not depend on anything else.
  void Flush();
  template <typename Function>
  void ForEachReached(Function function) const {
    std::map<std::pair<int64_t, uint64_t>, const SlidingWindow*> reached;
    for (const auto& [key, window] : windows_) {
      if (window.kept_ != nullptr) reached.emplace(std::pair(window.kept_->first_ms(), key), &window);
    }
    for (const auto& [order, window] : reached) function(order.second, *window);
  }

  size_t size() const { return windows_.size(); }

 private:
  void EndRun(SlidingWindow& window) const;
  void ForgetEnded(int64_t now_ms);
  void MakeRoom(int64_t now_ms);

  const uint64_t threshold_;
  const int64_t window_ms_;
  const size_t most_keys_;
  absl::node_hash_map<uint64_t, SlidingWindow> windows_;
  size_t next_sweep_ = 0;  // at so many keys
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_WINDOWS_H_
