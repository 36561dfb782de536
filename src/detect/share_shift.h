// Whether a kind of answer took a larger share of a host's lines than it had in the hour before: shares by minute,
// which come in ascending order.
//
//   ShareShift shift(20, 2);
//   const bool is_burst = shift.Add(minute, {.lines = 600, .count = 90, .others_lines = 500, .others_count = 88});
//   shift.before(), shift.burst()             // the hour before the burst, and the burst so far
//
// A burst begins with `minutes` consecutive minutes, each of which has a share of twice that of the hour before them,
// one percentage point more, and a probability under 1e-6 that the hour's share brings as much, also without the client
// that has most of it, because one client is no shift of a site; together they have `least` lines of the kind. Of the
// hour ten minutes are known. The burst lasts while minutes are like that, and its hour stays the one before it.
// The probability is Chernoff's bound of the binomial tail, which is never too small; a kind that the hour does not
// know counts as half a line in it. Memory: under 2 KiB. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_SHARE_SHIFT_H_
#define LOGSTAT_SRC_DETECT_SHARE_SHIFT_H_

#include <absl/container/inlined_vector.h>

#include <array>
#include <cstdint>

namespace logstat {

class ShareShift {
 public:
  struct Minute {
    uint64_t lines = 0;         // of the host
    uint64_t count = 0;         // of the kind
    uint64_t others_lines = 0;  // both without the client that has most of the kind
    uint64_t others_count = 0;
  };
  struct Sum {
    uint64_t lines = 0;
    uint64_t count = 0;
    int64_t first_minute = 0;
    int64_t last_minute = 0;
  };

  static constexpr int64_t kMostMinutes = 10;

  // `minutes`: 1 to kMostMinutes.
  ShareShift(uint64_t least, int64_t minutes) : least_(least), minutes_(minutes) {}

  // Of every minute in which the host has lines, ascending. True while a burst lasts: from the last of those on with
  // which it begins.
  bool Add(int64_t minute, const Minute& lines);

  // Whether a minute with so many lines of the kind may belong to a burst: asked before its Add(), which lines to keep.
  bool MayShift(int64_t minute, uint64_t count, uint64_t lines) const;

  // Of the last burst.
  const Sum& burst() const { return burst_; }
  const Sum& before() const { return before_; }

 private:
  static constexpr int64_t kHour = 60;
  static constexpr int64_t kLeastMinutes = 10;  // of the hour that must be known
  static constexpr int64_t kRing = kHour + kMostMinutes;
  struct Slot {
    int64_t minute = INT64_MIN;
    uint32_t lines = 0;
    uint32_t count = 0;
  };

  Sum HourBefore(int64_t minute) const;
  bool Begins(int64_t minute);
  static bool IsShifted(uint64_t count, uint64_t lines, const Sum& hour);
  static bool IsShifted(const Minute& lines, const Sum& hour) {
    return IsShifted(lines.count, lines.lines, hour) && IsShifted(lines.others_count, lines.others_lines, hour);
  }

  uint64_t least_;
  int64_t minutes_;
  std::array<Slot, kRing> ring_;
  int64_t first_minute_ = INT64_MAX;
  int64_t last_minute_ = INT64_MIN;
  absl::InlinedVector<Minute, 2> newest_;  // the consecutive ones that end with the newest, as many as begin a burst
  bool in_burst_ = false;
  Sum burst_;
  Sum before_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_SHARE_SHIFT_H_
