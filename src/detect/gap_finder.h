// The gaps in the requests of one host, found from its counts by minute.
//
//   GapFinder finder(300'000, 200);                      // milliseconds, lines
//   finder.Add(minute, requests, first_ms, last_ms);     // of every minute with requests, ascending
//   for (const Gap& gap : finder.gaps()) …
//
// A gap is one of two things, and both need an hour of requests before it and a request behind it:
// - silence: nothing for `least_silence_ms` at least, in which the hour before would have brought `least_lines`, and
//   three times as long as any silence of the day before;
// - a dip: five consecutive minutes, each below a tenth of the mean of the hour before, which is 60 a minute at least,
//   and together below any five minutes of the day before. It lasts until a minute has a tenth of that mean again.
// The day before is known by the hour. Memory: under 2 KiB and kMostGaps gaps. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_GAP_FINDER_H_
#define LOGSTAT_SRC_DETECT_GAP_FINDER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace logstat {

struct Gap {
  int64_t from_ms = 0;  // the last request before it, or the first minute of a dip
  int64_t to_ms = 0;    // the first request behind it, or the first minute that is as usual
  uint64_t requests = 0;
  double usual = 0;  // requests a minute in the hour before
  bool is_silent = false;

  int64_t length_ms() const { return to_ms - from_ms; }
};

class GapFinder {
 public:
  static constexpr size_t kMostGaps = 64;

  GapFinder(int64_t least_silence_ms, uint64_t least_lines)
      : least_silence_ms_(least_silence_ms), least_lines_(least_lines) {}

  void Add(int64_t minute, uint64_t requests, int64_t first_ms, int64_t last_ms);
  const std::vector<Gap>& gaps() const { return gaps_; }

 private:
  static constexpr int64_t kHour = 60;
  static constexpr int64_t kDip = 5;
  static constexpr int64_t kRing = kHour + 2 * kDip;
  static constexpr int64_t kHours = 25;
  // The extreme of an hour, one slot for each of the last 25.
  struct Slot {
    int64_t hour = INT64_MIN;
    uint64_t value = 0;
  };
  using Slots = std::array<Slot, kHours>;

  void Step(int64_t minute, uint64_t requests);
  void NoteSilence(int64_t first_ms);
  void Keep(const Gap& gap);
  uint64_t Sum(int64_t last_minute, int64_t minutes) const;
  uint64_t LongestSilence(int64_t hour) const;
  uint64_t FewestInFive(int64_t hour) const;

  const int64_t least_silence_ms_;
  const uint64_t least_lines_;
  int64_t first_minute_ = INT64_MAX;
  int64_t last_minute_ = INT64_MIN;
  int64_t last_ms_ = 0;
  std::array<uint64_t, kRing> ring_{};  // requests of the last minutes
  Slots silences_;                      // the longest, ms
  Slots fewest_;                        // requests of five minutes
  bool in_dip_ = false;
  Gap dip_;
  std::vector<Gap> gaps_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_GAP_FINDER_H_
