#include "src/detect/redirect_trail.h"

namespace logstat {
namespace {

constexpr size_t kHops = 8;             // remembered of a client
constexpr int64_t kWithinMs = 120'000;  // of the request that was refused
constexpr size_t kLeastHops = 3;

}  // namespace

void RedirectTrail::Add(const Event& event) {
  if (event.client() == 0) return;
  std::vector<Hop>& hops = clients_.At(event.client(), event.time_ms);
  const size_t length = event.text(Field::kTarget).size();
  // Most redirects follow one that is not shorter: nothing before them is of a run that grows.
  if (!hops.empty() && hops.back().length >= length) hops.clear();
  if (hops.size() == kHops) hops.erase(hops.begin());
  hops.push_back({length, event.Keep()});
}

RedirectTrail::Run RedirectTrail::GrowingBefore(uint64_t client, int64_t time_ms) const {
  Run run;
  const std::vector<Hop>* hops = clients_.Find(client);
  if (hops == nullptr) return run;
  for (auto hop = hops->rbegin(); hop != hops->rend(); ++hop) {
    if (time_ms - hop->event->place().time_ms > kWithinMs) break;
    run.lengths.insert(run.lengths.begin(), hop->length);
    run.first_path = hop->event->text(KeptEvent::kPath);
  }
  if (run.lengths.size() < kLeastHops) return {};
  return run;
}

}  // namespace logstat
