#include "src/detect/redirect_trail.h"

namespace logstat {
namespace {

constexpr size_t kHops = 8;             // remembered of a client
constexpr int64_t kWithinMs = 120'000;  // of the request that was refused
constexpr size_t kLeastHops = 3;

}  // namespace

void RedirectTrail::Add(const Event& event) {
  if (event.client() == 0) return;
  auto& hops = clients_.At(event.client(), event.time_ms);
  const size_t length = event.text(Field::kTarget).size();
  const std::string_view path = event.text(Field::kPath).substr(0, kMostEvidenceBytes);
  // Most redirects follow one that is not shorter: nothing before them is of a run that grows. So the new one takes the
  // place, and the memory, of the last.
  if (!hops.empty() && hops.back().length >= length) {
    hops.resize(1);
    hops[0].length = length;
    hops[0].time_ms = event.time_ms;
    hops[0].path = path;
    return;
  }
  if (hops.size() == kHops) hops.erase(hops.begin());
  hops.push_back({length, event.time_ms, std::string(path)});
}

RedirectTrail::Run RedirectTrail::GrowingBefore(uint64_t client, int64_t time_ms) const {
  Run run;
  const auto* hops = clients_.Find(client);
  if (hops == nullptr) return run;
  for (auto hop = hops->rbegin(); hop != hops->rend(); ++hop) {
    if (time_ms - hop->time_ms > kWithinMs) break;
    run.lengths.insert(run.lengths.begin(), hop->length);
    run.first_path = hop->path;
  }
  if (run.lengths.size() < kLeastHops) return {};
  return run;
}

}  // namespace logstat
