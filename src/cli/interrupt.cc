#include "src/cli/interrupt.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>

namespace logstat {
namespace {

// The two values that the waiting thread tells apart; an eventfd adds them up.
constexpr uint64_t kInterrupted = 1;
constexpr uint64_t kWatchEnds = uint64_t{1} << 32;

std::atomic<int> wake_descriptor{-1};

void Wake(uint64_t value) {
  ssize_t ignored = write(wake_descriptor.load(), &value, sizeof value);
  (void)ignored;  // only a full counter could fail, after 2^32 signals
}

// Only async-signal-safe calls. From here on both signals have their default action: the second one kills.
void OnSignal(int) {
  int saved = errno;
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
  Wake(kInterrupted);
  errno = saved;
}

void Install(int number, struct sigaction& old) {
  // A shell starts background jobs with SIGINT ignored, nohup does so by wish: that stays.
  sigaction(number, nullptr, &old);
  if (old.sa_handler == SIG_IGN) return;
  struct sigaction action {};
  action.sa_handler = OnSignal;
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGINT);
  sigaddset(&action.sa_mask, SIGTERM);
  sigaction(number, &action, nullptr);  // no SA_RESTART: a read from a silent pipe ends with EINTR
}

}  // namespace

InterruptWatch::InterruptWatch() {
  wake_descriptor = eventfd(0, EFD_CLOEXEC);
  if (wake_descriptor < 0) return;  // without it a signal keeps its default action
  waiter_ = std::thread([this] {
    uint64_t value = 0;
    while (value == 0 && read(wake_descriptor, &value, sizeof value) < 0 && errno == EINTR) {
    }
    if (value % kWatchEnds != 0) source_.request_stop();
  });
  Install(SIGINT, old_int_);
  Install(SIGTERM, old_term_);
}

InterruptWatch::~InterruptWatch() {
  if (wake_descriptor < 0) return;
  sigaction(SIGINT, &old_int_, nullptr);
  sigaction(SIGTERM, &old_term_, nullptr);
  Wake(kWatchEnds);
  waiter_.join();
  close(wake_descriptor.exchange(-1));
}

}  // namespace logstat
