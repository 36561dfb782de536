#include "src/cli/progress.h"

#include <unistd.h>

#include <string>
#include <thread>

#include "gtest/gtest.h"

namespace logstat {
namespace {

Progress At(uint64_t done, uint64_t total) {
  Progress progress;
  progress.bytes_done = done;
  progress.bytes_total = total;
  return progress;
}

TEST(FormatProgress, ShareRateAndTimeLeft) {
  EXPECT_EQ(FormatProgress(At(uint64_t{1} << 30, uint64_t{4} << 30), 1.0), "25 %  1.0 GiB/s  3 s left");
}
TEST(FormatProgress, PipeHasNoShare) { EXPECT_EQ(FormatProgress(At(uint64_t{1} << 30, 0), 2.0), "1.0 GiB  512 MiB/s"); }
TEST(FormatProgress, NotHundredBeforeTheEnd) {
  EXPECT_EQ(FormatProgress(At(999999999, 1000000000), 1.0).substr(0, 4), "99 %");
}
TEST(FormatProgress, GrownFileStopsAtHundred) {
  EXPECT_EQ(FormatProgress(At(uint64_t{3} << 20, uint64_t{2} << 20), 1.0), "100 %  3.0 MiB/s  0 s left");
}
TEST(FormatProgress, LongTimes) {
  EXPECT_EQ(FormatProgress(At(1, 101), 1.0), "0 %  1 B/s  1:40 min left");
  EXPECT_EQ(FormatProgress(At(1, 7201), 1.0), "0 %  1 B/s  2:00 h left");
}
TEST(FormatProgress, NothingDoneYet) { EXPECT_EQ(FormatProgress(At(0, 100), 1.0), "0 %  0 B/s"); }

class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_), 0); }
  ~Pipe() { close(ends_[0]); }
  int writer() const { return ends_[1]; }
  std::string Drain() {
    close(ends_[1]);
    std::string text;
    char buffer[4096];
    for (ssize_t got; (got = read(ends_[0], buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<size_t>(got));
    return text;
  }

 private:
  int ends_[2];
};

TEST(ProgressLine, ShortRunShowsNothing) {
  Pipe pipe;
  ProgressLine line(pipe.writer());
  line.Update(At(1, 2));
  line.Erase();
  EXPECT_EQ(pipe.Drain(), "");
}
TEST(ProgressLine, LongRunIsErasedAtTheEnd) {
  Pipe pipe;
  ProgressLine line(pipe.writer());
  std::this_thread::sleep_for(std::chrono::duration<double>(ProgressLine::kQuietSeconds + 0.05));
  line.Update(At(1, 2));
  line.Erase();
  std::string text = pipe.Drain();
  EXPECT_EQ(text.substr(0, 5), "\r50 %");
  EXPECT_EQ(text.substr(text.size() - 4), "\r\x1b[K");
}

}  // namespace
}  // namespace logstat
