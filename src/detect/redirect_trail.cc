#include "src/detect/redirect_trail.h"

namespace logstat {
namespace {

constexpr size_t kHops = 8;             // remembered of a client
constexpr int64_t kWithinMs = 120'000;  // of the request that was refused
constexpr size_t kLeastHops = 3;

}  // namespace

void RedirectTrail::Add(const Event& event) {
  if (event.client() == 0) return;
  std::deque<Hop>& hops = clients_.At(event.client(), event.time_ms);
  if (hops.size() == kHops) hops.pop_front();
  hops.push_back(
      {event.time_ms, event.text(Field::kTarget).size(), std::string(event.text(Field::kPath).substr(0, 200))});
}

RedirectTrail::Run RedirectTrail::GrowingBefore(uint64_t client, int64_t time_ms) const {
  Run run;
  const std::deque<Hop>* hops = clients_.Find(client);
  if (hops == nullptr) return run;
  size_t shorter_than = SIZE_MAX;
  for (auto hop = hops->rbegin(); hop != hops->rend(); ++hop) {
    if (time_ms - hop->time_ms > kWithinMs || hop->length >= shorter_than) break;
    shorter_than = hop->length;
    run.lengths.insert(run.lengths.begin(), hop->length);
    run.first_path = hop->path;
  }
  if (run.lengths.size() < kLeastHops) return {};
  return run;
}

}  // namespace logstat
