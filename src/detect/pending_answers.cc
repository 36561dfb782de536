#include "src/detect/pending_answers.h"

#include "src/base/hash.h"
#include "src/detect/windows.h"

namespace logstat {

PendingAnswer* PendingAnswers::Add(const Event& event, std::string_view label, Surroundings& surroundings) {
  const Shadow& shadow = event.shadow;
  const uint64_t what = SketchHash(label);
  const uint64_t key = JoinKeys(JoinKeys(shadow.client, shadow.path), JoinKeys(shadow.bytes ^ shadow.method, what));
  auto found = pending_.find(key);
  if (found == pending_.end()) {
    if (pending_.size() >= most_) return nullptr;
    found = pending_.try_emplace(key).first;
    PendingAnswer& pending = found->second;
    pending.request = shadow;
    pending.client = event.text(Field::kClient).substr(0, kMostEvidenceBytes);
    pending.path = event.text(Field::kPath).substr(0, kMostEvidenceBytes);
    pending.method = event.text(Field::kMethod).substr(0, kMostEvidenceBytes);
    pending.label = label;
    pending.order = static_cast<int64_t>(pending_.size());
    surroundings.errands.WatchPath(shadow);
  }
  found->second.all.Add(event);
  found->second.waiting.Add(event);
  return &found->second;
}

}  // namespace logstat
