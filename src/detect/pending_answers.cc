#include "src/detect/pending_answers.h"

#include "src/base/hash.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

bool WasAnswered(const FindingContext& context, const PendingAnswer& attempt, ProbeFamily family) {
  const Answer answer = context.answers.Judge(attempt.request);
  if (answer == Answer::kAnswered) return true;
  context.errands.AddToBackground(attempt.waiting, attempt.request.client, family, answer);
  return false;
}

PendingAnswer* PendingAnswers::Add(const Event& event, std::string_view label, Surroundings& surroundings) {
  const Shadow& shadow = event.shadow;
  const uint64_t what = SketchHash(label);
  const uint64_t key = JoinKeys(JoinKeys(shadow.client, shadow.path), JoinKeys(shadow.bytes ^ shadow.method, what));
  PendingAnswer* pending = AtIfRoom(pending_, key, most_);
  if (pending == nullptr) return nullptr;
  if (pending->order == 0) {
    pending->request = shadow;
    pending->client = event.text(Field::kClient).substr(0, kMostEvidenceBytes);
    pending->path = event.text(Field::kPath).substr(0, kMostEvidenceBytes);
    pending->method = event.text(Field::kMethod).substr(0, kMostEvidenceBytes);
    pending->label = label;
    pending->order = static_cast<int64_t>(pending_.size());
    surroundings.errands.WatchPath(shadow);
  }
  pending->all.Add(event);
  pending->waiting.Add(event);
  return pending;
}

}  // namespace logstat
