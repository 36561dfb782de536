#include "src/cli/timing.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "src/cli/output.h"

namespace logstat {
namespace {

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

double Micro(double value) { return std::round(value * 1e6) / 1e6; }

uint64_t Rate(uint64_t amount, double seconds) {
  return seconds > 0 ? static_cast<uint64_t>(std::llround(static_cast<double>(amount) / seconds)) : 0;
}

uint64_t PeakMemoryBytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace

Times Stopwatch::Elapsed() const {
  Times times;
  times.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  times.user_seconds = Seconds(usage.ru_utime);
  times.system_seconds = Seconds(usage.ru_stime);
  return times;
}

std::string TimingLine(const Times& times, const Totals& totals, const RunControl& control,
                       uint64_t peak_memory_bytes) {
  nlohmann::ordered_json line;
  line["wall_seconds"] = Micro(times.wall_seconds);
  line["user_seconds"] = Micro(times.user_seconds);
  line["system_seconds"] = Micro(times.system_seconds);
  line["bytes"] = totals.bytes_read;
  line["lines"] = totals.lines;
  line["bytes_per_second"] = Rate(totals.bytes_read, times.wall_seconds);
  line["lines_per_second"] = Rate(totals.lines, times.wall_seconds);
  line["threads"] = control.threads_used;
  line["kernel"] = control.kernel_used;
  line["peak_memory_bytes"] = peak_memory_bytes;
  line["input"] = control.mapped_used ? "mapped" : "streamed";
  return line.dump() + "\n";
}

Status PrintTiming(const Times& times, const Totals& totals, const RunControl& control, const std::string& path) {
  std::string line = TimingLine(times, totals, control, PeakMemoryBytes());
  if (path.empty()) {
    ssize_t ignored = write(STDERR_FILENO, line.data(), line.size());
    (void)ignored;
    return OkStatus();
  }
  StatusOr<Output> output = Output::Open(path);
  if (!output.ok()) return output.status();
  output->Write(line);
  return output->Finish();
}

}  // namespace logstat
