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

void Delivery::Reserve() {
  crew_.HelpUntil(Crew::kRoom, [&] {
    const std::lock_guard lock(mutex_);
    if (!abandoned_ && in_flight_ >= most_in_flight_) return false;
    ++in_flight_;
    return true;
  });
}

void Delivery::GiveBack() {
  {
    const std::lock_guard lock(mutex_);
    --in_flight_;
  }
  crew_.WakeOne(Crew::kRoom);
}

void Delivery::Complete(std::unique_ptr<Cell> cell, const Consumer& consumer) {
  std::unique_lock lock(mutex_);
  Line& line = lines_[cell->input];
  line.completed.emplace(cell->block.cell, std::move(cell));
  while (!line.completed.empty() && line.completed.begin()->first == line.next) {
    ready_.push_back(std::move(line.completed.extract(line.completed.begin()).mapped()));
    ++line.next;
  }
  if (delivering_) return;  // that worker looks again before it stops
  delivering_ = true;
  while (!abandoned_ && !ready_.empty()) {
    std::unique_ptr<Cell> next = std::move(ready_.front());
    ready_.pop_front();
    lock.unlock();
    consumer(*next);
    next->block.lease.reset();  // the bytes are not needed any more
    lock.lock();
    free_.push_back(std::move(next));
    ++delivered_;
    --in_flight_;
    lock.unlock();
    crew_.WakeOne(Crew::kRoom);
    lock.lock();
  }
  delivering_ = false;
}

void Delivery::Abandon() {
  {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
  }
  crew_.WakeAll(Crew::kRoom);
}

uint64_t Delivery::delivered() const {
  const std::lock_guard lock(mutex_);
  return delivered_;
}

}  // namespace logstat
