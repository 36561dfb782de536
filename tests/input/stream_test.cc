#include "src/input/stream.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <set>
#include <string>
#include <thread>

#include "tests/input/lines.h"
#include "tests/input/pipe_writer.h"

namespace logstat {
namespace {

TEST(StreamSourceTest, AWriterThatSendsByteByByteIsWaitedFor) {
  const std::string content = "one\n\ntwo\r\nthree";
  PipeWriter writer([&content](int out) {
    for (const char& byte : content) {
      WriteAll(out, std::string_view(&byte, 1));
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  });
  const std::unique_ptr<Source> source = OpenStream(writer.TakeReadEnd(), {});
  EXPECT_EQ(ReadLines(*source, SourceSettings().cell_bytes).text, ExpectedLines(content));
}

TEST(StreamSourceTest, ANonBlockingDescriptorIsWaitedFor) {
  PipeWriter writer([](int out) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    WriteAll(out, "one\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    WriteAll(out, "two\n");
  });
  const int in = writer.TakeReadEnd();
  ASSERT_EQ(fcntl(in, F_SETFL, O_NONBLOCK), 0);
  const std::unique_ptr<Source> source = OpenStream(in, {});
  EXPECT_EQ(ReadLines(*source, SourceSettings().cell_bytes).cells, "one\ntwo\n");
}

TEST(StreamSourceTest, SignalsDoNotEndTheInput) {
  struct sigaction action = {}, previous;
  action.sa_handler = [](int) {};  // without SA_RESTART: read() returns EINTR
  sigaction(SIGUSR1, &action, &previous);
  std::atomic<bool> done{false};
  const pthread_t reader = pthread_self();
  PipeWriter writer([&done, reader](int out) {
    for (int i = 0; i < 50; ++i) {
      pthread_kill(reader, SIGUSR1);
      std::this_thread::sleep_for(std::chrono::microseconds(500));
      if (i % 10 == 0) WriteAll(out, "line\n");
    }
    done = true;
  });
  const std::unique_ptr<Source> source = OpenStream(writer.TakeReadEnd(), {});
  EXPECT_EQ(ReadLines(*source, SourceSettings().cell_bytes).text.size(), 5u);
  EXPECT_TRUE(done);
  sigaction(SIGUSR1, &previous, nullptr);
}

// A socket whose peer closed with unread bytes of ours: what it sent can be read, then the read fails.
int SocketThatFailsAfter(std::string_view content) {
  int ends[2];
  EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  WriteAll(ends[1], content);
  WriteAll(ends[0], "never read");
  close(ends[1]);
  return ends[0];
}

TEST(StreamSourceTest, BytesBeforeAReadErrorAreGivenAndThenTheErrorOnce) {
  for (const size_t cell_bytes : {size_t{4}, size_t{7}, size_t{1} << 20}) {
    for (const bool take_sample : {false, true}) {
      SourceSettings settings;
      settings.cell_bytes = cell_bytes;
      const std::unique_ptr<Source> source = OpenStream(SocketThatFailsAfter("one\ntwo\nthr"), settings);
      if (take_sample) {
        EXPECT_EQ(source->Sample(), "one\ntwo\nthr");
      }
      const Lines lines = ReadLines(*source, cell_bytes);
      EXPECT_EQ(lines.text, ExpectedLines("one\ntwo\nthr"));
      EXPECT_EQ(Message(lines.error), "cannot read: Connection reset by peer");
    }
  }
}

TEST(StreamSourceTest, ADescriptorThatCannotBeReadIsAnErrorAtOnce) {
  const std::unique_ptr<Source> source = OpenStream(open("/dev/null", O_WRONLY), {});
  EXPECT_EQ(source->Sample(), "");
  const Lines lines = ReadLines(*source, SourceSettings().cell_bytes);
  EXPECT_EQ(lines.blocks, 0u);
  EXPECT_EQ(Message(lines.error), "cannot read: Bad file descriptor");
}

TEST(StreamSourceTest, BlocksOutliveTheSource) {
  PipeWriter writer([](int out) { WriteAll(out, "one\ntwo\n"); });
  SourceSettings settings;
  settings.cell_bytes = 4;
  std::unique_ptr<Source> source = OpenStream(writer.TakeReadEnd(), settings);
  const Block first = **source->Next(), second = **source->Next();
  source.reset();
  EXPECT_EQ(std::string(first.bytes, first.bytes + first.cell_bytes), "one\n");
  EXPECT_EQ(std::string(second.bytes, second.bytes + second.cell_bytes), "two\n");
}

TEST(StreamSourceTest, AGiantLineNeedsTwoWindowsAndNobodyLooksForItsEnd) {
  constexpr size_t kLineBytes = size_t{64} << 20;
  PipeWriter writer([](int out) {
    const std::string piece(size_t{1} << 16, 'x');
    for (size_t i = 0; i < kLineBytes / piece.size(); ++i) WriteAll(out, piece);
    WriteAll(out, "\nafter\n");
  });
  const std::unique_ptr<Source> source = OpenStream(writer.TakeReadEnd(), {});
  std::set<const void*> windows;
  size_t cells = 0;
  std::vector<std::pair<uint64_t, std::string>> lines;
  while (true) {
    const Block block = std::move(*source->Next()).value_or(Block());
    if (block.bytes == nullptr) break;
    windows.insert(block.lease.get());
    EXPECT_EQ(block.readable_bytes, cells == 0 ? kMaxLineBytes + 2 : block.cell_bytes);
    ++cells;
    AppendOwnedLines(block, lines);
  }
  EXPECT_EQ(cells, kLineBytes / SourceSettings().cell_bytes + 1);
  EXPECT_LE(windows.size(), 3u) << "windows are used again";
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].second.size(), kMaxLineBytes + 2);
  EXPECT_EQ(lines[1], std::make_pair(uint64_t{kLineBytes + 1}, std::string("after\n")));
}

TEST(WindowPoolTest, AWindowIsUsedAgainWhenItsLastLeaseIsReleased) {
  const auto pool = std::make_shared<WindowPool>(1000);
  std::shared_ptr<Window> first = WindowPool::Take(pool, 10), second = WindowPool::Take(pool, 1000);
  EXPECT_NE(first, second);
  const Window* address = first.get();
  std::shared_ptr<const void> lease = first;
  first.reset();
  EXPECT_NE(WindowPool::Take(pool, 1).get(), address) << "a lease still holds it";
  lease.reset();
  EXPECT_EQ(WindowPool::Take(pool, 1).get(), address);
  EXPECT_EQ(pool->made(), 3u);
  EXPECT_GE(WindowPool::Take(pool, 1001)->capacity(), 1001u) << "more than the pool's windows hold";
  EXPECT_EQ(pool->made(), 3u);
}

TEST(WindowPoolTest, WindowsOutliveTheirPool) {
  auto pool = std::make_shared<WindowPool>(1000);
  const std::shared_ptr<Window> window = WindowPool::Take(pool, 10);
  pool.reset();
  window->bytes()[999 + Window::kPaddingBytes] = 1;
}

}  // namespace
}  // namespace logstat
