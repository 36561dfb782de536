#include "src/deliver/delivery.h"

#include <utility>

namespace logstat {

std::unique_ptr<Cell> Delivery::TakeCell() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return std::make_unique<Cell>();
  std::unique_ptr<Cell> cell = std::move(free_.back());
  free_.pop_back();
  return cell;
}

void Delivery::WaitForTurn(uint64_t sequence) {
  std::unique_lock lock(mutex_);
  turn_.wait(lock, [&] { return abandoned_ || sequence < next_ + most_ahead_; });
}

void Delivery::Complete(std::unique_ptr<Cell> cell, const Consumer& consumer) {
  std::unique_lock lock(mutex_);
  completed_.emplace(cell->sequence, std::move(cell));
  if (delivering_) return;  // that worker looks again before it stops
  delivering_ = true;
  while (!abandoned_ && !completed_.empty() && completed_.begin()->first == next_) {
    std::unique_ptr<Cell> next = std::move(completed_.extract(completed_.begin()).mapped());
    lock.unlock();
    consumer(*next);
    next->block.lease.reset();  // the bytes are not needed any more
    lock.lock();
    free_.push_back(std::move(next));
    ++next_;
    turn_.notify_all();
  }
  delivering_ = false;
}

void Delivery::Abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  turn_.notify_all();
}

uint64_t Delivery::delivered() const {
  const std::lock_guard lock(mutex_);
  return next_;
}

}  // namespace logstat
