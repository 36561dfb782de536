#include "src/detect/gap_finder.h"

#include <algorithm>

#include "src/base/milliseconds.h"
#include "src/base/ring.h"
#include "src/deliver/event.h"

namespace logstat {
namespace {

constexpr uint64_t kLeastUsual = 60;            // requests a minute, for a dip
constexpr uint64_t kTimesLonger = 3;            // than any silence of the day before
constexpr int64_t kNotedSilenceMs = kMinuteMs;  // shorter ones are no third of any gap
constexpr int64_t kLongestLookMinutes = 1600;   // after a longer silence nothing before it is of the day before

int64_t HourOf(int64_t minute) { return FloorDivide(minute, 60); }

}  // namespace

uint64_t GapFinder::Sum(int64_t last_minute, int64_t minutes) const {
  uint64_t sum = 0;
  for (int64_t at = last_minute - minutes + 1; at <= last_minute; ++at) {
    if (at >= first_minute_) sum += ring_[RingPlace(at, kRing)];
  }
  return sum;
}

uint64_t GapFinder::LongestSilence(int64_t hour) const {
  uint64_t longest = 0;
  for (const Slot& slot : silences_) {
    if (slot.hour > hour - kHours) longest = std::max(longest, slot.value);
  }
  return longest;
}

uint64_t GapFinder::FewestInFive(int64_t hour) const {
  uint64_t fewest = UINT64_MAX;
  for (const Slot& slot : fewest_) {
    if (slot.hour > hour - kHours) fewest = std::min(fewest, slot.value);
  }
  return fewest;
}

// The two kinds of a gap meet where a server stops: they are one.
void GapFinder::Keep(const Gap& gap) {
  if (!gaps_.empty() && gap.from_ms <= gaps_.back().to_ms) {
    Gap& last = gaps_.back();
    last.from_ms = std::min(last.from_ms, gap.from_ms);
    last.to_ms = std::max(last.to_ms, gap.to_ms);
    last.requests = std::max(last.requests, gap.requests);
    last.is_silent = last.is_silent || gap.is_silent;
  } else if (gaps_.size() < kMostGaps) {
    gaps_.push_back(gap);
  }
}

void GapFinder::NoteSilence(int64_t first_ms) {
  const int64_t silence_ms = first_ms - last_ms_;
  if (silence_ms < kNotedSilenceMs) return;
  const int64_t hour = HourOf(last_minute_);
  // A burst makes no busy host of a quiet one: both halves of the hour have to be as busy.
  const uint64_t in_hour = 2 * std::min(Sum(last_minute_, kHour / 2), Sum(last_minute_ - kHour / 2, kHour / 2));
  const bool is_known = last_minute_ - first_minute_ >= kHour;
  const auto silence = static_cast<uint64_t>(silence_ms);
  if (is_known && silence_ms >= least_silence_ms_ && in_hour * silence >= least_lines_ * kHour * kEpochMs &&
      silence >= kTimesLonger * LongestSilence(hour)) {
    Keep({last_ms_, first_ms, 0, static_cast<double>(in_hour) / kHour, true});
  }
  Slot& slot = silences_[RingPlace(hour, kHours)];
  if (slot.hour != hour) slot = {hour, 0};
  slot.value = std::max(slot.value, silence);
}

void GapFinder::Step(int64_t minute, uint64_t requests) {
  ring_[RingPlace(minute, kRing)] = requests;
  if (in_dip_) {
    if (static_cast<double>(requests) * 10 >= dip_.usual) {
      dip_.to_ms = minute * kEpochMs;
      Keep(dip_);
      in_dip_ = false;
    } else {
      dip_.requests += requests;
    }
  }
  if (minute - kDip - kDip + 1 >= first_minute_) {  // five minutes that no dip ending now can hold
    const int64_t hour = HourOf(minute - kDip);
    Slot& slot = fewest_[RingPlace(hour, kHours)];
    const uint64_t five = Sum(minute - kDip, kDip);
    slot = {hour, slot.hour == hour ? std::min(slot.value, five) : five};
  }
  if (in_dip_ || minute - first_minute_ < kHour + kDip) return;
  const uint64_t in_hour = Sum(minute - kDip, kHour);
  if (in_hour < kLeastUsual * kHour) return;
  for (int64_t at = minute - kDip + 1; at <= minute; ++at) {
    if (ring_[RingPlace(at, kRing)] * 10 * kHour >= in_hour) return;
  }
  const uint64_t five = Sum(minute, kDip);
  if (five >= FewestInFive(HourOf(minute))) return;
  in_dip_ = true;
  dip_ = {(minute - kDip + 1) * kEpochMs, 0, five, static_cast<double>(in_hour) / kHour, false};
}

void GapFinder::Add(int64_t minute, uint64_t requests, int64_t first_ms, int64_t last_ms) {
  if (first_minute_ == INT64_MAX) {
    first_minute_ = minute;
  } else {
    NoteSilence(first_ms);
    if (minute - last_minute_ > kLongestLookMinutes) {
      first_minute_ = minute;
      in_dip_ = false;
    } else {
      for (int64_t at = last_minute_ + 1; at < minute; ++at) Step(at, 0);
    }
  }
  Step(minute, requests);
  last_minute_ = minute;
  last_ms_ = last_ms;
}

}  // namespace logstat
