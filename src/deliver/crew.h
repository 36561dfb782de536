// The workers of a pass as helpers of the one among them that delivers.
//
//   Crew crew(/*workers=*/8);
//   // in the worker that delivers:
//   crew.Share(rules, [&](size_t rule) { ... });        // each once, by whoever has time; back when all are done
//   // in every other one, where it has nothing to do until something holds:
//   crew.HelpUntil(Crew::kRoom, [&] { return room > 0; });
//   crew.WakeOne(Crew::kRoom);                            // after `room` changed
//
// Delivery is one worker's task, and a log in which much is wrong keeps that worker busy with its findings alone: the
// others have parsed as far ahead as they may and wait. So who waits works off what the delivering one shares.
// There are never more threads at work than workers, and with one worker Share() is a loop.
//
// Thread-safe; one Share() at a time. What a task throws, Share() throws when all tasks that began have ended.
#ifndef LOGSTAT_SRC_DELIVER_CREW_H_
#define LOGSTAT_SRC_DELIVER_CREW_H_

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>

namespace logstat {

class Crew {
 public:
  using Task = std::function<void(size_t)>;

  explicit Crew(unsigned workers) : workers_(workers) {}

  // Calls task(i) for every i below `count`. Tasks may run side by side and in any order; if all of them take less time
  // than it takes to wake somebody, `is_worth_it` is false and the caller does them.
  void Share(size_t count, const Task& task, bool is_worth_it = true);

  // What a member waits for: those that wait for the same are woken one by one, since one of them can use what is
  // there.
  enum Bench : uint8_t { kRoom, kEnd };

  // Works off shared tasks until ready() returns true. It is called by one worker at a time, at once and whenever
  // something may have changed; it may take what it was waiting for, and must not wait itself.
  void HelpUntil(Bench bench, const std::function<bool()>& ready);

  // Something changed that the ready() of one there, or of all, looks at. Not to be called under a lock that it takes.
  void WakeOne(Bench bench);
  void WakeAll(Bench bench);

 private:
  // Tasks take some 50 us, as long as it takes to wake somebody: more helpers would come when all is done.
  static constexpr size_t kMostHelpers = 15;

  struct Waiting {
    std::condition_variable news;  // a task, or something that a ready() looks at
    size_t members = 0;
  };

  bool has_task() const { return task_ != nullptr && next_ < count_; }
  void CallHelpers(size_t count);
  void DoTask(std::unique_lock<std::mutex>& lock);

  const unsigned workers_;
  std::mutex mutex_;
  std::array<Waiting, 2> waiting_;  // by Bench
  std::condition_variable done_;    // the last task that ran has ended
  const Task* task_ = nullptr;      // shared now; null: nothing is
  size_t count_ = 0;
  size_t next_ = 0;  // of the tasks: the first that nobody took
  size_t running_ = 0;
  std::exception_ptr failure_;  // the first
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_CREW_H_
