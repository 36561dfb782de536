#include "src/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "src/report/numbers.h"

namespace logstat {
namespace {

std::string FormatTimeLeft(double seconds) {
  auto whole = static_cast<uint64_t>(std::ceil(std::min(seconds, 359999.0)));
  if (whole < 60) return fmt::format("{} s left", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min left", whole / 60, whole % 60);
  return fmt::format("{}:{:02} h left", whole / 3600, whole / 60 % 60);
}

}  // namespace

std::string FormatProgress(const Progress& progress, double elapsed_seconds) {
  double rate = elapsed_seconds > 0 ? static_cast<double>(progress.bytes_done) / elapsed_seconds : 0;
  if (progress.bytes_total == 0) {
    return fmt::format("{}  {}/s", FormatSize(progress.bytes_done), FormatSize(static_cast<uint64_t>(rate)));
  }
  // A file that grows while it is read may give more bytes than it had.
  uint64_t done = std::min(progress.bytes_done, progress.bytes_total);
  std::string text =
      fmt::format("{} %  {}/s",
                  static_cast<unsigned>(100.0 * static_cast<double>(done) / static_cast<double>(progress.bytes_total)),
                  FormatSize(static_cast<uint64_t>(rate)));
  if (rate > 0) text.append("  ").append(FormatTimeLeft(static_cast<double>(progress.bytes_total - done) / rate));
  return text;
}

ProgressLine::ProgressLine(int descriptor) : descriptor_(descriptor), start_(std::chrono::steady_clock::now()) {}

void ProgressLine::Update(const Progress& progress) {
  double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  if (elapsed < kQuietSeconds) return;
  shown_ = true;
  Write(fmt::format("\r{}\x1b[K", FormatProgress(progress, elapsed)));
}

void ProgressLine::Erase() {
  if (shown_) Write("\r\x1b[K");
  shown_ = false;
}

void ProgressLine::Write(const std::string& text) const {
  // One write, so that nothing gets between; one that fails or falls short is made good by the next update.
  ssize_t ignored = write(descriptor_, text.data(), text.size());
  (void)ignored;
}

}  // namespace logstat
