#include "src/detect/distinct_runs.h"

#include <algorithm>
#include <utility>

namespace logstat {
namespace {

constexpr size_t kMostReached = 4096;

}  // namespace

void DistinctRuns::EndRun(uint64_t key, DistinctRun& run) {
  if (run.reached_) {
    const auto found = kept_.find(key);
    if (found != kept_.end()) {
      found->second.evidence_.Merge(run.evidence_);
      found->second.peak_ = std::max(found->second.peak_, run.peak_);
    } else if (kept_.size() < kMostReached) {
      DistinctRun& kept = kept_[key];
      kept.evidence_ = std::move(run.evidence_);
      kept.name_ = std::move(run.name_);
      kept.peak_ = run.peak_;
    }
  }
  run = DistinctRun();
}

void DistinctRuns::Touch(DistinctRun& run, uint64_t value, int64_t time_ms) {
  auto& values = run.values_;
  const auto found =
      std::find_if(values.rbegin(), values.rend(), [&](const auto& seen) { return seen.value == value; });
  if (found != values.rend()) {
    values.erase(std::next(found).base());
  } else if (values.size() == DistinctRun::kMostValues) {
    values.erase(values.begin());
  }
  values.push_back({value, time_ms});
}

DistinctRun& DistinctRuns::Add(uint64_t key, uint64_t value, int64_t time_ms, const Event* event) {
  DistinctRun& run = runs_.At(key, time_ms);
  if (!run.values_.empty()) {
    const int64_t gap = std::max<int64_t>(time_ms - run.last_ms_, 0);
    run.level_ms_ = std::max<int64_t>(run.level_ms_ - gap, 0);
    if (is_bucket_ ? run.level_ms_ == 0 : gap > window_ms_) EndRun(key, run);
  }
  run.last_ms_ = time_ms;
  const size_t before = run.values_.size();
  Touch(run, value, time_ms);
  bool is_over = false;
  if (is_bucket_) {
    // Never fuller than one over its capacity, so that the run ends as soon after its last value as if it had just
    // overflowed.
    const auto most_ms = static_cast<int64_t>(least_ + 1) * window_ms_;
    if (run.values_.size() > before) run.level_ms_ = std::min(run.level_ms_ + window_ms_, most_ms);
    is_over = run.level_ms_ > static_cast<int64_t>(least_) * window_ms_;
  } else {
    const auto stays = [&](const auto& seen) { return time_ms - seen.last_ms <= window_ms_; };
    run.values_.erase(run.values_.begin(), std::find_if(run.values_.begin(), run.values_.end(), stays));
    is_over = run.values_.size() >= least_;
  }
  if (event != nullptr) run.evidence_.Add(*event);
  run.peak_ = std::max<uint64_t>(run.peak_, run.values_.size());
  run.reached_ = run.reached_ || is_over;
  return run;
}

bool DistinctRuns::WasReached(uint64_t key) const {
  const DistinctRun* run = runs_.Find(key);
  return (run != nullptr && run->reached()) || kept_.contains(key);
}

void DistinctRuns::Flush() {
  for (const uint64_t key : runs_.Keys()) {
    DistinctRun& run = *runs_.Find(key);
    if (run.reached_) EndRun(key, run);
  }
}

}  // namespace logstat
