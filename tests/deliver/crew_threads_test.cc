// One member shares tasks, the others do them while they wait for something else.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "src/deliver/crew.h"
#include "src/deliver/delivery.h"

namespace logstat {
namespace {

// Threads that help until it ends.
class Helpers {
 public:
  Helpers(Crew& crew, unsigned count) : crew_(crew) {
    for (unsigned i = 0; i < count; ++i) {
      threads_.emplace_back([this] { crew_.HelpUntil(Crew::kEnd, [this] { return is_over_.load(); }); });
    }
  }
  ~Helpers() {
    is_over_ = true;
    crew_.WakeAll(Crew::kEnd);
  }

 private:
  Crew& crew_;
  std::atomic<bool> is_over_{false};
  std::vector<std::jthread> threads_;
};

TEST(CrewTest, EveryTaskIsDoneOnceAndAllAreDoneWhenShareReturns) {
  for (const unsigned workers : {1U, 2U, 4U, 16U}) {
    Crew crew(workers);
    const Helpers helpers(crew, workers - 1);
    for (size_t round = 0; round < 300; ++round) {
      std::vector<std::atomic<int>> done(round % 50);
      crew.Share(done.size(), [&](size_t i) { ++done[i]; });
      for (const std::atomic<int>& times : done) EXPECT_EQ(times, 1) << workers << " workers, round " << round;
    }
  }
}

// Task 0 ends only when another one has begun: one thread alone would wait for ever.
TEST(CrewTest, WhoWaitsHelps) {
  Crew crew(2);
  const Helpers helpers(crew, 1);
  std::atomic<bool> met{false};
  std::set<std::thread::id> threads;
  std::mutex mutex;
  crew.Share(2, [&](size_t) {
    {
      const std::lock_guard lock(mutex);
      threads.insert(std::this_thread::get_id());
      if (threads.size() == 2) met = true;
    }
    while (!met) std::this_thread::yield();
  });
  EXPECT_EQ(threads.size(), 2U);
}

TEST(CrewTest, WithOneWorkerTheTasksAreALoop) {
  Crew crew(1);
  std::string order;
  crew.Share(4, [&](size_t i) { order += std::to_string(i); });
  EXPECT_EQ(order, "0123");
}

TEST(CrewTest, ShareThrowsWhatATaskThrewWhenThoseThatBeganHaveEnded) {
  Crew crew(4);
  const Helpers helpers(crew, 3);
  for (int round = 0; round < 100; ++round) {
    std::atomic<int> running{0};
    const auto share = [&] {
      crew.Share(20, [&](size_t i) {
        ++running;
        std::this_thread::yield();
        --running;
        if (i == 7) throw std::runtime_error("seven");
      });
    };
    EXPECT_THROW(share(), std::runtime_error);
    EXPECT_EQ(running, 0);
    std::atomic<int> done{0};
    crew.Share(2, [&](size_t) { ++done; });
    EXPECT_EQ(done, 2) << "what failed is forgotten";
  }
}

// A worker that waits for room does what is shared, and takes its room when there is some.
TEST(CrewTest, WhoWaitsForRoomInADeliveryHelpsWithIt) {
  Crew crew(2);
  Delivery delivery(1, crew);
  delivery.Reserve();
  std::atomic<bool> helped{false};
  std::jthread waiting([&] {
    delivery.Reserve();
    EXPECT_TRUE(helped);
    delivery.GiveBack();
  });
  std::unique_ptr<Cell> cell = delivery.TakeCell();
  delivery.Complete(std::move(cell), [&](Cell&) {
    const std::thread::id deliverer = std::this_thread::get_id();
    while (!helped) {
      crew.Share(2, [&](size_t) {
        if (std::this_thread::get_id() != deliverer) helped = true;
        std::this_thread::yield();
      });
    }
  });
}

}  // namespace
}  // namespace logstat
