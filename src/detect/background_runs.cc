#include "src/detect/background_runs.h"

#include <utility>

#include "src/detect/room.h"

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
  WaitingEvents* waiting = AtIfRoom(waiting_, event.client(), most_keys_);
  if (waiting == nullptr) return;
  if (is_first) *waiting = WaitingEvents();
  waiting->Add(event);
}

}  // namespace logstat
