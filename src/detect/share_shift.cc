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
  return IsShifted(count, lines, HourBefore(minute)) || IsShifted(count, lines, HourBefore(minute - 1));
}

bool ShareShift::Add(int64_t minute, const Minute& lines) {
  first_minute_ = std::min(first_minute_, minute);
  const bool follows = last_minute_ == minute - 1;
  if (in_burst_) {
    in_burst_ = follows && IsShifted(lines, before_);
  } else if (follows && minute - 1 - first_minute_ >= kLeastMinutes) {
    const Sum hour = HourBefore(minute - 1);
    in_burst_ = last_.count + lines.count >= least_ && IsShifted(last_, hour) && IsShifted(lines, hour);
    if (in_burst_) {
      before_ = hour;
      burst_ = Sum{last_.lines, last_.count, minute - 1, minute - 1};
    }
  }
  if (in_burst_) {
    burst_.lines += lines.lines;
    burst_.count += lines.count;
    burst_.last_minute = minute;
  }
  ring_[RingPlace(minute, kRing)] =
      Slot{minute, static_cast<uint32_t>(lines.lines), static_cast<uint32_t>(lines.count)};
  last_minute_ = minute;
  last_ = lines;
  return in_burst_;
}

}  // namespace logstat
