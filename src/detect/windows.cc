#include "src/detect/windows.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "src/base/milliseconds.h"
#include "src/detect/detector.h"

namespace logstat {
namespace {

constexpr int64_t kLongWindowMs = kHourMs;
constexpr size_t kFewestSwept = 64;

}  // namespace

void SlidingWindows::EndRun(SlidingWindow& window) const {
  if (window.current_reached_) {
    ++window.runs_;
    if (window.kept_ != nullptr) {
      window.kept_->Merge(window.current_);
    } else {
      window.kept_ = std::make_unique<Evidence>(std::move(window.current_));
    }
  }
  window.current_ = Evidence();
  window.current_reached_ = false;
  window.times_.clear();
}

SlidingWindow& SlidingWindows::Add(uint64_t key, const Event& event) {
  auto found = windows_.find(key);
  if (found == windows_.end()) {
    if (windows_.size() >= next_sweep_) ForgetEnded(event.time_ms);
    if (windows_.size() >= most_keys_) MakeRoom(event.time_ms);
    found = windows_.try_emplace(key).first;
  }
  SlidingWindow& window = found->second;
  if (window.current_.count() != 0 && event.time_ms - window.current_.last_ms() > window_ms_) EndRun(window);
  while (!window.times_.empty() && event.time_ms - window.times_.front() > window_ms_) window.times_.pop_front();
  if (window_ms_ > kLongWindowMs && window.times_.size() >= threshold_) window.times_.pop_front();
  window.times_.push_back(event.time_ms);
  window.current_.Add(event);
  window.peak_ = std::max<uint64_t>(window.peak_, window.times_.size());
  window.just_reached_ = !window.current_reached_ && window.times_.size() >= threshold_;
  window.current_reached_ = window.current_reached_ || window.just_reached_;
  return window;
}

void SlidingWindows::DropRun(uint64_t key) {
  const auto found = windows_.find(key);
  if (found == windows_.end()) return;
  found->second.current_reached_ = false;
  EndRun(found->second);
  if (found->second.kept_ == nullptr) windows_.erase(found);
}

SlidingWindow* SlidingWindows::Find(uint64_t key) {
  const auto found = windows_.find(key);
  return found == windows_.end() ? nullptr : &found->second;
}

void SlidingWindows::ForgetEnded(int64_t now_ms) {
  absl::erase_if(windows_, [&](const auto& entry) {
    return !entry.second.reached() && now_ms - entry.second.last_ms() > window_ms_;
  });
  next_sweep_ = std::max(kFewestSwept, 2 * windows_.size());
}

// A quarter at once, so that a flood of keys does not pay for each.
void SlidingWindows::MakeRoom(int64_t now_ms) {
  std::vector<std::pair<int64_t, uint64_t>> by_age;
  for (auto& [key, window] : windows_) {
    if (!window.reached()) by_age.emplace_back(now_ms - window.last_ms(), key);
  }
  std::sort(by_age.begin(), by_age.end(), std::greater<>());
  const size_t leaving = by_age.size() / 4;
  for (size_t i = 0; i < leaving; ++i) windows_.erase(by_age[i].second);
  if (leaving > 0) return;
  // Nearly every key is a finding: the smallest ones go.
  by_age.clear();
  for (auto& [key, window] : windows_) by_age.emplace_back(-static_cast<int64_t>(window.evidence().count()), key);
  std::sort(by_age.begin(), by_age.end(), std::greater<>());
  for (size_t i = 0; i < by_age.size() / 4; ++i) windows_.erase(by_age[i].second);
}

void SlidingWindows::Flush() {
  for (auto& [key, window] : windows_) {
    if (window.current_reached_) EndRun(window);
  }
}

}  // namespace logstat
