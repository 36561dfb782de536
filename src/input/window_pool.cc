#include "src/input/window_pool.h"

#include <utility>

namespace logstat {

std::shared_ptr<Window> WindowPool::Take(const std::shared_ptr<WindowPool>& pool, size_t wanted) {
  if (wanted > pool->capacity_) return std::make_shared<Window>(wanted);
  std::unique_ptr<Window> window;
  {
    const std::lock_guard<std::mutex> lock(pool->mutex_);
    if (!pool->free_.empty()) {
      window = std::move(pool->free_.back());
      pool->free_.pop_back();
    } else {
      ++pool->made_;
      pool->free_.reserve(pool->made_);  // so that giving a window back never allocates
    }
  }
  if (window == nullptr) window = std::make_unique<Window>(pool->capacity_);
  return std::shared_ptr<Window>(window.release(), [pool](Window* released) {
    const std::lock_guard<std::mutex> lock(pool->mutex_);
    pool->free_.emplace_back(released);
  });
}

size_t WindowPool::made() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return made_;
}

}  // namespace logstat
