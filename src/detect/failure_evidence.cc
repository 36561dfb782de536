#include "src/detect/failure_evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "src/base/ratio.h"
#include "src/detect/detector.h"

namespace logstat {

EvidenceFact ShareFact(std::string_view name, double share) {
  return {std::string(name), fmt::format("{:.6f}", share), true};
}

void FailureEvidence::Add(const Event& event) {
  evidence_.Add(event);
  upstreams_.Add(event.text(Field::kUpstream));
  reasons_.Add(event.text(Field::kReason));
  statuses_.Add(event.status());
  if (event.duration_us >= 0 && durations_us_.size() < kMostDurations) durations_us_.push_back(event.duration_us);
}

void FailureEvidence::Merge(const FailureEvidence& later) {
  evidence_.Merge(later.evidence_);
  upstreams_.Merge(later.upstreams_);
  reasons_.Merge(later.reasons_);
  statuses_.Merge(later.statuses_);
  const size_t room = std::min(kMostDurations - durations_us_.size(), later.durations_us_.size());
  durations_us_.insert(durations_us_.end(), later.durations_us_.begin(),
                       later.durations_us_.begin() + static_cast<std::ptrdiff_t>(room));
}

double FailureEvidence::TopPathShare() const {
  const std::vector<EvidenceCount> top = evidence_.paths().Top(1);
  return top.empty() ? 0 : Ratio(top[0].count, evidence_.count());
}

int64_t FailureEvidence::Quantile(size_t percent) const {
  std::vector<int64_t> sorted = durations_us_;
  std::sort(sorted.begin(), sorted.end());
  return sorted[(sorted.size() - 1) * percent / 100];
}

int64_t FailureEvidence::PlateauMs() const {
  constexpr size_t kLeast = 10;
  if (durations_us_.size() < kLeast) return -1;
  const int64_t median = Quantile(50);
  if (median < 1000 || (Quantile(90) - Quantile(10)) * 20 >= median) return -1;
  return median / 1000;
}

void FailureEvidence::Fill(const std::vector<std::string>& inputs, Finding* finding) const {
  evidence_.Fill(inputs, finding);
  if (!evidence_.paths().empty()) finding->facts.push_back(ShareFact("top_path_share", TopPathShare()));
  if (const std::vector<EvidenceCount> top = upstreams_.Top(1); !top.empty()) {
    finding->facts.push_back(TextFact("upstream", top[0].key));
    finding->facts.push_back(ShareFact("upstream_share", Ratio(top[0].count, count())));
  }
  if (const std::vector<EvidenceCount> top = reasons_.Top(1); !top.empty()) {
    finding->facts.push_back(TextFact("reason", top[0].key));
  }
  if (durations_us_.empty()) return;
  finding->facts.push_back(NumberFact("duration_p10_ms", static_cast<uint64_t>(Quantile(10) / 1000)));
  finding->facts.push_back(NumberFact("duration_p50_ms", static_cast<uint64_t>(Quantile(50) / 1000)));
  finding->facts.push_back(NumberFact("duration_p90_ms", static_cast<uint64_t>(Quantile(90) / 1000)));
}

}  // namespace logstat
