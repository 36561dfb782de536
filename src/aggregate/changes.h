// The part of a log in which a key failed most unlike the rest of it.
//
// **The statistic** is the scan statistic of M. Kulldorff, "A spatial scan statistic", Communications in Statistics:
// Theory and Methods 26 (1997), in one dimension with Poisson counts. Let the log have N rows, K of them failing rows
// of the key, and an interval of time n and k of these. If the key failed at the same rate everywhere, e = n K / N of
// its rows would lie inside. The interval is the more remarkable, the larger the logarithm of the likelihood ratio
//
//   L(k, n) = k ln(k / e) + (K - k) ln((K - k) / (K - e))      where k > e, else 0
//
// of "one rate inside, another one outside" against "one rate". It weighs how much higher the rate is against how much
// evidence there is: a hundredfold rate of three rows is less than a threefold rate of thousands. It takes traffic into
// account by itself: twice the errors at twice the requests are no change.
//
// **The search.** Admissible are intervals with k >= kLeastRows, a share inside, k / n, of at least kLeastRatio times
// the share outside, and something outside. The best one begins and ends with rows of the key: without them at an end,
// n shrinks and L grows. Of a key with m non-empty minutes,
//   * m <= kExact: all m (m + 1) / 2 are tried. Most are turned away without a logarithm: ln x <= x - 1 gives
//     L <= (k - e)^2 K / (e (K - e)), which is compared with the best one so far.
//   * more: L is convex in (k, n), so that its largest value is where some linear function k - r n is largest, namely
//     for r = (p - q) / ln(p / q) with p and q the shares inside and outside (the slope of L there). So for a series of
//     rates r, each a fifth larger than the one before, the interval with the largest k - r n is found in one pass
//     (J. Bentley, "Programming pearls", 1984: the largest sum of neighbours), and the best of these is refined: its
//     begin and then its end are moved to where L is largest, as long as L grows. Time: m times the number of rates,
//     60 or so, instead of m^2. It is not exact where the bound on the share cuts the best interval off: a test holds
//     it to 95 % of the evidence of trying all.
// Equal values: the earlier begin, then the earlier end.
//
// kLeastEvidence keeps chance out. A key whose rows are strewn evenly has some interval with a large L; that it exceeds
// x in one of w essentially different intervals has a probability of about w e^-x. With a thousand keys and some
// hundred such intervals each, w is 10^5, and e^-20 is 2 x 10^-9.
//
//   const TrafficSeries traffic(steps);              // all rows, ascending, non-empty
//   if (std::optional<FoundChange> found = FindChange(key_points, traffic)) found->first_step;
//
// Pure functions; thread-safe.
#ifndef LOGSTAT_SRC_AGGREGATE_CHANGES_H_
#define LOGSTAT_SRC_AGGREGATE_CHANGES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "src/aggregate/failing_minutes.h"
#include "src/aggregate/minute_counts.h"

namespace logstat {

inline constexpr uint64_t kLeastRows = 20;
inline constexpr double kLeastRatio = 2;
inline constexpr double kLeastEvidence = 20;

// All rows per step, ready to be summed over intervals.
class TrafficSeries {
 public:
  // `steps` have steps of the same length as the keys that are looked at with them; `coarser` of these make one step.
  explicit TrafficSeries(std::span<const MinuteCount> steps, uint64_t coarser = 1);

  // The rows of all steps before a step that is one of them, and those up to its end.
  struct Sums {
    uint64_t before;
    uint64_t through;
  };
  Sums At(uint64_t step) const;
  uint64_t total() const { return sums_.back(); }

 private:
  std::vector<uint64_t> steps_;
  std::vector<uint64_t> sums_;  // one more than steps_: of the steps before
};

struct FoundChange {
  uint64_t first_step = 0;
  uint64_t last_step = 0;  // inclusive
  uint64_t count = 0;      // rows of the key inside
  double before = 0;       // its share outside, of all rows outside
  double after = 0;        // its share inside
  double evidence = 0;     // L
};

// The best admissible interval of at least kLeastEvidence; empty if there is none. Every step of the key must be one of
// the traffic, with at least as many rows there.
std::optional<FoundChange> FindChange(std::span<const KeySeries::Point> key, const TrafficSeries& traffic);

// The two ways of searching, for tests: the first is right, the second the fast one.
std::optional<FoundChange> FindChangeAmongAll(std::span<const KeySeries::Point> key, const TrafficSeries& traffic);
std::optional<FoundChange> FindChangeByRates(std::span<const KeySeries::Point> key, const TrafficSeries& traffic);

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_CHANGES_H_
