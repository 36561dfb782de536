#include "src/detect/windows.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace logstat {
namespace {

Event At(int64_t time_ms) {
  Event event;
  event.time_ms = time_ms;
  return event;
}

TEST(SlidingWindowsTest, BothEndsOfAWindowBelongToIt) {
  SlidingWindows windows(3, 60'000, 100);
  windows.Add(1, At(0));
  windows.Add(1, At(30'000));
  EXPECT_TRUE(windows.Add(1, At(60'000)).reached());
  windows.Add(2, At(0));
  windows.Add(2, At(30'000));
  EXPECT_FALSE(windows.Add(2, At(60'001)).reached());
}

TEST(SlidingWindowsTest, AKeyWhoseRunEndedUnreachedIsForgotten) {
  SlidingWindows windows(2, 1'000, 100'000);
  for (uint64_t key = 1; key <= 10'000; ++key) windows.Add(key, At(static_cast<int64_t>(key) * 10));
  EXPECT_LE(windows.size(), 300u);  // a hundred are of the last second
}

TEST(SlidingWindowsTest, AKeyThatReachedItsThresholdStays) {
  SlidingWindows windows(2, 1'000, 100'000);
  windows.Add(7, At(0));
  windows.Add(7, At(1));
  for (uint64_t key = 100; key <= 10'000; ++key) windows.Add(key, At(static_cast<int64_t>(key) * 1'000));
  windows.Flush();
  uint64_t found = 0;
  windows.ForEachReached([&](uint64_t key, const SlidingWindow& window) {
    EXPECT_EQ(key, 7u);
    found += window.evidence().count();
  });
  EXPECT_EQ(found, 2u);
}

TEST(SlidingWindowsTest, ARunThatWasForgottenAndOneThatEndedAreTheSame) {
  SlidingWindows few(3, 1'000, 100'000);
  SlidingWindows many(3, 1'000, 100'000);
  for (int64_t round = 0; round < 50; ++round) {
    // Between the two rounds of key 1 the one of them sees so many others that it looks for what has ended.
    for (uint64_t key = 0; key < 500; ++key) many.Add(1'000 + key, At(round * 1'500));
    for (int64_t i = 0; i < round % 5; ++i) {
      const bool reached = few.Add(1, At(round * 1'500 + i)).reached();
      EXPECT_EQ(many.Add(1, At(round * 1'500 + i)).reached(), reached) << round;
    }
  }
  few.Flush();
  many.Flush();
  EXPECT_EQ(few.Find(1)->evidence().count(), many.Find(1)->evidence().count());
  EXPECT_EQ(few.Find(1)->peak(), many.Find(1)->peak());
}

}  // namespace
}  // namespace logstat
