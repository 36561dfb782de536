// A stream whose writer is silent must not hold a run that was asked to stop.
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include "gtest/gtest.h"
#include "src/input/source.h"

namespace logstat {
namespace {

class SilentPipe : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(pipe2(ends_, O_CLOEXEC), 0);
    SourceSettings settings;
    settings.stop = stop_.get_token();
    source_ = OpenStream(ends_[0], settings);
    ASSERT_EQ(write(ends_[1], "first\nsecond\n", 13), 13);
  }
  void TearDown() override { close(ends_[1]); }

  int ends_[2];
  std::stop_source stop_;
  std::unique_ptr<Source> source_;
};

TEST_F(SilentPipe, StopEndsTheInputWithWhatWasRead) {
  std::jthread stopper([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop_.request_stop();
  });
  StatusOr<std::optional<Block>> block = source_->Next();
  ASSERT_TRUE(block.ok());
  ASSERT_TRUE(block->has_value());
  EXPECT_EQ(std::string((*block)->bytes, (*block)->bytes + (*block)->cell_bytes), "first\nsecond\n");
  EXPECT_TRUE((*block)->ends_input);
  block = source_->Next();
  ASSERT_TRUE(block.ok());
  EXPECT_FALSE(block->has_value());
}
TEST_F(SilentPipe, StopWhileTheSampleIsRead) {
  std::jthread stopper([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop_.request_stop();
  });
  EXPECT_EQ(source_->Sample(), "first\nsecond\n");
}
TEST_F(SilentPipe, WriterThatComesBackIsHeard) {
  std::jthread writer([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(250));  // longer than the stream sleeps between two looks
    EXPECT_EQ(write(ends_[1], "third\n", 6), 6);
    close(ends_[1]);
    ends_[1] = -1;
  });
  StatusOr<std::optional<Block>> block = source_->Next();
  ASSERT_TRUE(block.ok());
  ASSERT_TRUE(block->has_value());
  EXPECT_EQ((*block)->cell_bytes, 19u);
}

}  // namespace
}  // namespace logstat
