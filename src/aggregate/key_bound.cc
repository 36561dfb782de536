#include "src/aggregate/key_bound.h"

#include <algorithm>

namespace logstat {

uint64_t BoundOf(const AddedRows& added, uint64_t capacity, uint64_t statuses, std::vector<WeighedKey> kept) {
  const uint64_t nodes = (std::max<uint64_t>(statuses, 1) - 1) * KeyPartition::kNodeCharge;
  uint64_t weight = added.charge + added.rows * nodes;  // W, without the keys in H
  uint64_t room = capacity / 2;                         // A, likewise
  std::sort(kept.begin(), kept.end(), [](const WeighedKey& a, const WeighedKey& b) { return a.rows > b.rows; });
  uint64_t bound = weight / room;
  for (auto next = kept.begin(); next != kept.end() && next->rows > bound;) {
    for (; next != kept.end() && next->rows > bound; ++next) {
      weight -= next->rows * (next->plain + nodes);
      room -= next->charge;
    }
    bound = std::min(bound, weight / room);
  }
  return bound;
}

}  // namespace logstat
