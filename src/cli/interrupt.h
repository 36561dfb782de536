// SIGINT and SIGTERM as a stop token: the first asks the run to end with the report so far, the second kills.
//
//   InterruptWatch watch;
//   RunControl control;
//   control.stop = watch.token();
//   Report report = Analyze(options, control);
//
// At most one may exist at a time: signal handlers belong to the process. While it exists a thread waits for the
// signal, because a stop source takes locks and may not be touched by a handler.
#ifndef LOGSTAT_SRC_CLI_INTERRUPT_H_
#define LOGSTAT_SRC_CLI_INTERRUPT_H_

#include <csignal>
#include <stop_token>
#include <thread>

namespace logstat {

class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  struct sigaction old_int_ {};
  struct sigaction old_term_ {};
  std::thread waiter_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_INTERRUPT_H_
