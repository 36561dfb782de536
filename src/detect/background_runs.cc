#include "src/detect/background_runs.h"

#include <utility>

namespace logstat {

void BackgroundRuns::Add(const Event& event, bool is_first, bool reached, Errands& errands) {
  if (reached) {
    const auto found = waiting_.find(event.client());
    if (found != waiting_.end()) {
      errands.AddToBackground(std::move(found->second), event.client(), family_);
      waiting_.erase(found);
    }
    errands.AddToBackground(event, family_);
    return;
  }
  if (waiting_.size() >= most_keys_ && !waiting_.contains(event.client())) return;
  WaitingEvents& waiting = waiting_[event.client()];
  if (is_first) waiting = WaitingEvents();
  waiting.Add(event);
}

}  // namespace logstat
