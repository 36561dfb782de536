// The first N of a stream of items in an order, without keeping the others.
//
//   TopList<Item, Less> top(10);          // 0: all
//   top.Add(item);
//   for (const Item& item : top.Sorted()) ...
//
// Keeps at most 2N items and drops the last half when it is full: one comparison for most items, linear in all.
// The result does not depend on the order of Add() if Less is a total order.
#ifndef LOGSTAT_SRC_AGGREGATE_TOP_LIST_H_
#define LOGSTAT_SRC_AGGREGATE_TOP_LIST_H_

#include <algorithm>
#include <cstddef>
#include <vector>

namespace logstat {

template <typename Item, typename Before>
class TopList {
 public:
  explicit TopList(size_t limit) : limit_(limit) {}

  // Null until the list has dropped an item; then an item that does not come before this one would be dropped as well.
  // Lets the caller skip making an item that has no chance.
  const Item* worst() const { return pruned_ ? &items_[limit_ - 1] : nullptr; }

  void Add(const Item& item) {
    if (limit_ != 0) {
      if (pruned_ && !Before()(item, items_[limit_ - 1])) return;
      if (items_.size() >= 2 * limit_) Prune();
    }
    items_.push_back(item);
  }

  // The items in order. The list is empty afterwards.
  std::vector<Item> Sorted() {
    std::sort(items_.begin(), items_.end(), Before());
    if (limit_ != 0 && items_.size() > limit_)
      items_.erase(items_.begin() + static_cast<ptrdiff_t>(limit_), items_.end());
    pruned_ = false;
    return std::move(items_);
  }

 private:
  void Prune() {
    std::nth_element(items_.begin(), items_.begin() + static_cast<ptrdiff_t>(limit_ - 1), items_.end(), Before());
    items_.erase(items_.begin() + static_cast<ptrdiff_t>(limit_), items_.end());
    pruned_ = true;  // from now on items_[limit_ - 1] is the last of the first limit_ as of the last pruning
  }

  size_t limit_;
  bool pruned_ = false;
  std::vector<Item> items_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_TOP_LIST_H_
