#include "src/deliver/crew.h"

#include <algorithm>
#include <utility>

namespace logstat {

void Crew::Share(size_t count, const Task& task, bool is_worth_it) {
  if (!is_worth_it || workers_ < 2 || count < 2) {
    for (size_t i = 0; i < count; ++i) task(i);
    return;
  }
  std::unique_lock lock(mutex_);
  task_ = &task;
  count_ = count;
  next_ = 0;
  CallHelpers(std::min(count - 1, kMostHelpers));
  while (has_task()) DoTask(lock);
  done_.wait(lock, [this] { return running_ == 0; });
  task_ = nullptr;
  if (failure_ != nullptr) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Crew::CallHelpers(size_t count) {
  for (Waiting& waiting : waiting_) {
    for (size_t i = 0; i < waiting.members && count > 0; ++i, --count) waiting.news.notify_one();
  }
}

void Crew::HelpUntil(Bench bench, const std::function<bool()>& ready) {
  Waiting& waiting = waiting_[bench];
  std::unique_lock lock(mutex_);
  while (!ready()) {
    if (has_task()) {
      DoTask(lock);
    } else {
      ++waiting.members;
      waiting.news.wait(lock);
      --waiting.members;
    }
  }
}

// With the lock: who is between its ready() and its waiting is waiting then.
void Crew::WakeOne(Bench bench) {
  const std::lock_guard lock(mutex_);
  if (waiting_[bench].members > 0) waiting_[bench].news.notify_one();
}

void Crew::WakeAll(Bench bench) {
  const std::lock_guard lock(mutex_);
  waiting_[bench].news.notify_all();
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
