#include "src/detect/share_shift.h"

#include <algorithm>
#include <cmath>

#include "src/base/ring.h"

namespace logstat {
namespace {

constexpr double kLeastTimes = 2;
constexpr double kLeastPoints = 0.01;
constexpr double kLeastSurprise = 13.815511;  // -log(1e-6)

// Of a part of a sum that may be 0.
double Part(double value, double expected) { return value <= 0 ? 0 : value * std::log(value / expected); }

}  // namespace

ShareShift::Sum ShareShift::HourBefore(int64_t minute) const {
  Sum hour;
  hour.first_minute = std::max(minute - kHour, first_minute_);
  hour.last_minute = minute - 1;
  for (const Slot& slot : ring_) {
    if (slot.minute < hour.first_minute || slot.minute > hour.last_minute) continue;
    hour.lines += slot.lines;
    hour.count += slot.count;
  }
  return hour;
}

bool ShareShift::IsShifted(uint64_t count, uint64_t lines, const Sum& hour) {
  if (lines == 0 || count == 0 || hour.lines == 0) return false;
  const double share = static_cast<double>(count) / static_cast<double>(lines);
  const double before = std::max(0.5, static_cast<double>(hour.count)) / static_cast<double>(hour.lines);
  if (before >= 1 || share < before * kLeastTimes || share < before + kLeastPoints) return false;
  const double surprise = Part(share, before) + Part(1 - share, 1 - before);
  return surprise * static_cast<double>(lines) > kLeastSurprise;
}

bool ShareShift::MayShift(int64_t minute, uint64_t count, uint64_t lines) const {
  if (in_burst_ && IsShifted(count, lines, before_)) return true;
  for (int64_t first = minute; first > minute - minutes_; --first) {
    if (IsShifted(count, lines, HourBefore(first))) return true;
  }
  return false;
}

// Whether the newest minutes, of which this is the last, begin a burst.
bool ShareShift::Begins(int64_t minute) {
  const int64_t first = minute - minutes_ + 1;
  if (static_cast<int64_t>(newest_.size()) < minutes_ || first - first_minute_ < kLeastMinutes) return false;
  const Sum hour = HourBefore(first);
  Sum sum{0, 0, first, minute};
  for (const Minute& lines : newest_) {
    if (!IsShifted(lines, hour)) return false;
    sum.lines += lines.lines;
    sum.count += lines.count;
  }
  if (sum.count < least_) return false;
  before_ = hour;
  burst_ = sum;
  return true;
}

bool ShareShift::Add(int64_t minute, const Minute& lines) {
  first_minute_ = std::min(first_minute_, minute);
  const bool follows = last_minute_ == minute - 1;
  if (!follows) newest_.clear();
  newest_.push_back(lines);
  if (static_cast<int64_t>(newest_.size()) > minutes_) newest_.erase(newest_.begin());
  if (in_burst_ && follows) {
    in_burst_ = IsShifted(lines, before_);
    if (in_burst_) {
      burst_.lines += lines.lines;
      burst_.count += lines.count;
      burst_.last_minute = minute;
    }
  } else {
    in_burst_ = Begins(minute);
  }
  ring_[RingPlace(minute, kRing)] =
      Slot{minute, static_cast<uint32_t>(lines.lines), static_cast<uint32_t>(lines.count)};
  last_minute_ = minute;
  return in_burst_;
}

}  // namespace logstat
