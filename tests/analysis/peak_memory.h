// What a run takes at most: measured from outside, in a child process.
//
//   const uint64_t bytes = PeakOfChild([&] { RunJson(options); });
#ifndef LOGSTAT_TESTS_ANALYSIS_PEAK_MEMORY_H_
#define LOGSTAT_TESTS_ANALYSIS_PEAK_MEMORY_H_

#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

namespace logstat {

inline constexpr uint64_t kMiB = uint64_t{1} << 20;

// What a process has allocated now, without the pages of files; 0 when it has ended.
inline uint64_t AllocatedBytes(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  uint64_t kibibytes = 0;
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:") || line.starts_with("RssShmem:")) {
      kibibytes += std::stoull(line.substr(line.find(':') + 1));
    }
  }
  return kibibytes << 10;
}

// The most that a child process which runs `work` has allocated at any time, but for what it was born with: earlier
// tests leave memory. No other thread may run.
inline uint64_t PeakOfChild(const std::function<void()>& work) {
  malloc_trim(0);  // what they freed would serve the child
  const uint64_t inherited = AllocatedBytes(getpid());
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(testing::Test::HasFailure() ? 1 : 0);
  }
  uint64_t peak = 0;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    peak = std::max(peak, AllocatedBytes(child));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(status, 0);
  return peak - std::min(peak, inherited);
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_ANALYSIS_PEAK_MEMORY_H_
