#include "src/input/wait.h"

#include <poll.h>

#include <cerrno>

namespace logstat {
namespace {

constexpr int kStopCheckMilliseconds = 100;

}  // namespace

bool WaitForInput(int descriptor, const std::stop_token& stop) {
  pollfd readable = {descriptor, POLLIN, 0};
  while (!stop.stop_requested()) {
    const int ready = poll(&readable, 1, stop.stop_possible() ? kStopCheckMilliseconds : -1);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return true;  // an error of poll: read() will say what is wrong
  }
  return false;
}

}  // namespace logstat
