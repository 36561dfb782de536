#include "src/aggregate/changes.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace logstat {
namespace {

constexpr size_t kExact = 256;       // most non-empty minutes of which all intervals are tried
constexpr double kRateStep = 1.2;    // from one rate to the next
constexpr double kLeastRate = 1e-2;  // of the slope of L against the key's share of all rows

// An interval of the key's points: both ends inclusive.
struct Interval {
  size_t begin = 0;
  size_t end = 0;
  double evidence = 0;
};

// Looks for the best interval of one key.
class Search {
 public:
  Search(std::span<const KeySeries::Point> key, const TrafficSeries& traffic)
      : key_(key), all_(static_cast<double>(traffic.total())) {
    double sum = 0;
    for (const KeySeries::Point& point : key) {
      const TrafficSeries::Sums sums = traffic.At(point.step);
      rows_before_.push_back(static_cast<double>(sums.before));
      rows_through_.push_back(static_cast<double>(sums.through));
      key_before_.push_back(sum);
      sum += static_cast<double>(point.count);
      key_through_.push_back(sum);
    }
    key_all_ = sum;
  }

  void TryAll() {
    for (size_t begin = 0; begin < key_.size(); ++begin) {
      for (size_t end = begin; end < key_.size(); ++end) Try(begin, end);
    }
  }

  void TryRates() {
    if (key_.empty()) return;
    const double share = key_all_ / all_;
    for (double rate = 1; rate >= share * kLeastRate; rate /= kRateStep) TryRate(rate);
    for (double before = 0; best_.evidence > before;) {
      before = best_.evidence;
      const Interval found = best_;
      for (size_t begin = 0; begin <= found.end; ++begin) Try(begin, found.end);
      const size_t begin = best_.begin;
      for (size_t end = begin; end < key_.size(); ++end) Try(begin, end);
    }
  }

  std::optional<FoundChange> Found() const {
    if (best_.evidence < kLeastEvidence) return std::nullopt;
    const double k = KeyRows(best_.begin, best_.end);
    const double n = Rows(best_.begin, best_.end);
    FoundChange found;
    found.first_step = key_[best_.begin].step;
    found.last_step = key_[best_.end].step;
    found.count = static_cast<uint64_t>(k);
    found.before = (key_all_ - k) / (all_ - n);
    found.after = k / n;
    found.evidence = best_.evidence;
    return found;
  }

 private:
  double KeyRows(size_t begin, size_t end) const { return key_through_[end] - key_before_[begin]; }
  double Rows(size_t begin, size_t end) const { return rows_through_[end] - rows_before_[begin]; }

  void Try(size_t begin, size_t end) {
    const double k = KeyRows(begin, end);
    const double n = Rows(begin, end);
    const double outside = key_all_ - k;
    if (k < static_cast<double>(kLeastRows) || n >= all_ || k * (all_ - n) < kLeastRatio * outside * n) return;
    const double expected = n * key_all_ / all_;
    const double expected_outside = key_all_ - expected;
    const double above = k - expected;
    if (above * above * key_all_ <= best_.evidence * expected * expected_outside) return;
    const double evidence =
        k * std::log(k / expected) + (outside > 0 ? outside * std::log(outside / expected_outside) : 0);
    if (evidence > best_.evidence || (evidence == best_.evidence && IsBefore(begin, end)))
      best_ = Interval{begin, end, evidence};
  }

  bool IsBefore(size_t begin, size_t end) const { return begin != best_.begin ? begin < best_.begin : end < best_.end; }

  // The interval with the largest (rows of the key) - rate * (rows).
  void TryRate(double rate) {
    double least = std::numeric_limits<double>::infinity();  // of what lies before the begin
    double largest = -least;
    size_t begin = 0;
    Interval found;
    for (size_t i = 0; i < key_.size(); ++i) {
      const double before = key_before_[i] - rate * rows_before_[i];
      if (before < least) {
        least = before;
        begin = i;
      }
      const double sum = key_through_[i] - rate * rows_through_[i] - least;
      if (sum > largest) {
        largest = sum;
        found = Interval{begin, i, 0};
      }
    }
    Try(found.begin, found.end);
  }

  std::span<const KeySeries::Point> key_;
  double all_;
  double key_all_ = 0;
  std::vector<double> rows_before_;  // all rows before the step of each point, and those through its end
  std::vector<double> rows_through_;
  std::vector<double> key_before_;  // the same of the key's own rows
  std::vector<double> key_through_;
  Interval best_;
};

}  // namespace

TrafficSeries::TrafficSeries(std::span<const MinuteCount> steps, uint64_t coarser) {
  sums_.push_back(0);
  for (const MinuteCount& at : steps) {
    const uint64_t step = at.step / coarser;
    if (steps_.empty() || steps_.back() != step) {
      steps_.push_back(step);
      sums_.push_back(sums_.back());
    }
    sums_.back() += at.count;
  }
}

TrafficSeries::Sums TrafficSeries::At(uint64_t step) const {
  const size_t at = static_cast<size_t>(std::lower_bound(steps_.begin(), steps_.end(), step) - steps_.begin());
  return {sums_[at], sums_[at + 1]};
}

std::optional<FoundChange> FindChangeAmongAll(std::span<const KeySeries::Point> key, const TrafficSeries& traffic) {
  Search search(key, traffic);
  search.TryAll();
  return search.Found();
}

std::optional<FoundChange> FindChangeByRates(std::span<const KeySeries::Point> key, const TrafficSeries& traffic) {
  Search search(key, traffic);
  search.TryRates();
  return search.Found();
}

std::optional<FoundChange> FindChange(std::span<const KeySeries::Point> key, const TrafficSeries& traffic) {
  return key.size() <= kExact ? FindChangeAmongAll(key, traffic) : FindChangeByRates(key, traffic);
}

}  // namespace logstat
