#include "src/deliver/crew.h"

#include <utility>

namespace logstat {

void Crew::Share(size_t count, const Task& task) {
  if (workers_ < 2 || count < 2) {
    for (size_t i = 0; i < count; ++i) task(i);
    return;
  }
  std::unique_lock lock(mutex_);
  task_ = &task;
  count_ = count;
  next_ = 0;
  news_.notify_all();
  while (has_task()) DoTask(lock);
  done_.wait(lock, [this] { return running_ == 0; });
  task_ = nullptr;
  if (failure_ != nullptr) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Crew::HelpUntil(const std::function<bool()>& ready) {
  std::unique_lock lock(mutex_);
  while (!ready()) {
    if (has_task()) {
      DoTask(lock);
    } else {
      news_.wait(lock);
    }
  }
}

void Crew::Wake() {
  { const std::lock_guard lock(mutex_); }  // who is between its ready() and its waiting is waiting now
  news_.notify_all();
}

void Crew::DoTask(std::unique_lock<std::mutex>& lock) {
  const size_t i = next_++;
  const Task& task = *task_;
  ++running_;
  lock.unlock();
  std::exception_ptr failure;
  try {
    task(i);
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  if (failure != nullptr) {
    if (failure_ == nullptr) failure_ = failure;
    next_ = count_;  // nobody needs the rest
  }
  if (--running_ == 0) done_.notify_one();
}

}  // namespace logstat
