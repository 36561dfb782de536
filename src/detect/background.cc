#include "src/detect/background.h"

#include "src/detect/detector.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {
namespace {

constexpr size_t kMostWaitingIds = 4096;

uint64_t IdOf(const Event& event) { return JoinKeys(uint64_t{event.input} + 1, event.offset + 1); }

}  // namespace

std::string_view ProbeFamilyName(ProbeFamily family) {
  constexpr std::array<std::string_view, kProbeFamilyCount> kNames = {
      "missing paths", "attack strings", "secret files", "write methods", "scanners", "requests without an agent",
      "odd protocols", "proxy requests", "WebDAV"};
  return kNames[static_cast<size_t>(family)];
}

void Background::AddClient(uint64_t client) { InsertIfRoom(clients_, client, most_keys_); }

bool Background::IsNew(uint64_t id) {
  if (id == last_id_) return false;
  last_id_ = id;
  return ids_.size() < 4 * most_keys_ ? ids_.insert(id).second : !ids_.contains(id);
}

void WaitingEvents::Add(const Event& event) {
  if (ids_.size() < kMostWaitingIds) ids_.push_back(IdOf(event));
  evidence_.Add(event);
}

void Background::Add(const Event& event, ProbeFamily family) {
  if (!IsNew(IdOf(event))) return;
  ++requests_;
  ++families_[static_cast<size_t>(family)];
  AddClient(event.client());
  evidence_.Add(event);
}

void Background::AddRun(const WaitingEvents& run, uint64_t client, ProbeFamily family, Answer answer) {
  uint64_t fresh = run.count() - run.ids_.size();
  for (const uint64_t id : run.ids_) fresh += IsNew(id) ? 1 : 0;
  if (fresh == 0) return;
  requests_ += fresh;
  if (answer == Answer::kUndecided) undecided_ += fresh;
  families_[static_cast<size_t>(family)] += fresh;
  AddClient(client);
  evidence_.Merge(run.evidence_);
}

}  // namespace logstat
