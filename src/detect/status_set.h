// Which statuses of events a detector asks for: most rules are about one or two, and an event is shown to none of the
// others.
//
//   AsyncOrphans(RuleSettings settings) : Detector(kAsyncOrphans, settings, {202}) {}
//   set.Contains(event.status())
//
// Immutable and thread-safe.
#ifndef LOGSTAT_SRC_DETECT_STATUS_SET_H_
#define LOGSTAT_SRC_DETECT_STATUS_SET_H_

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <initializer_list>

namespace logstat {

class StatusSet {
 public:
  StatusSet(std::initializer_list<int> statuses)
      : StatusSet(Where([&](int status) { return std::count(statuses.begin(), statuses.end(), status) != 0; })) {}
  static StatusSet All() {
    return Where([](int) { return true; });
  }
  static StatusSet None() { return StatusSet(); }
  template <typename Predicate>
  static StatusSet Where(Predicate predicate) {
    StatusSet found;
    for (size_t status = 0; status < found.bits_.size(); ++status) {
      found.bits_[status] = predicate(static_cast<int>(status));
    }
    return found;
  }

  // Of any that a shadow may hold, 0 for "none" among them.
  bool Contains(int status) const { return bits_[static_cast<size_t>(status)]; }

 private:
  StatusSet() = default;

  std::bitset<1024> bits_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_STATUS_SET_H_
