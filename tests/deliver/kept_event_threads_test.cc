// Rules on several threads keep the same events.
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "src/deliver/kept_event.h"

namespace logstat {
namespace {

TEST(KeptEventThreadsTest, AllWhoAskAtOnceShareOne) {
  constexpr size_t kThreads = 8;
  for (int round = 0; round < 200; ++round) {
    const KeptEvent::Slot empty;
    EXPECT_TRUE(empty.Get().empty());
    std::vector<KeptEvent::Ref> kept(kThreads);
    {
      KeptEvent::Slot slot;
      {
        std::vector<std::jthread> threads;
        for (size_t i = 0; i < kThreads; ++i) {
          threads.emplace_back([&slot, &kept, i] {
            kept[i] = slot.Get();
            if (kept[i].empty()) kept[i] = slot.Settle(KeptEvent::Make({1, 0, i, 0}, {"line", "/", "", "", ""}));
          });
        }
      }
      const KeptEvent::Slot moved = std::move(slot);
      EXPECT_TRUE(slot.Get().empty());  // NOLINT(bugprone-use-after-move): that is what is asked
      EXPECT_EQ(&*moved.Get(), &*kept[0]);
    }
    for (const KeptEvent::Ref& one : kept) EXPECT_EQ(&*one, &*kept[0]);
    EXPECT_EQ(kept[0]->text(KeptEvent::kLine), "line") << "when its slot is gone";
  }
}

TEST(KeptEventThreadsTest, WhoComesSecondGetsTheFirst) {
  KeptEvent::Slot slot;
  const KeptEvent::Ref first = slot.Settle(KeptEvent::Make({}, {"first", "", "", "", ""}));
  const KeptEvent::Ref second = slot.Settle(KeptEvent::Make({}, {"second", "", "", "", ""}));
  EXPECT_EQ(&*second, &*first);
  EXPECT_EQ(slot.Get()->text(KeptEvent::kLine), "first");
}

TEST(KeptEventThreadsTest, TheLastOfSeveralThreadsFreesIt) {
  for (int round = 0; round < 200; ++round) {
    std::vector<std::vector<KeptEvent::Ref>> of_threads(4);
    {
      const KeptEvent::Ref kept = KeptEvent::Make({}, {"line", "", "", "", ""});
      for (std::vector<KeptEvent::Ref>& refs : of_threads) refs.assign(100, kept);
    }
    std::vector<std::jthread> threads;
    for (std::vector<KeptEvent::Ref>& refs : of_threads) {
      threads.emplace_back([&refs] {
        const std::vector<KeptEvent::Ref> copies = refs;
        refs.clear();
        EXPECT_EQ(copies.back()->text(KeptEvent::kLine), "line");
      });
    }
  }
}

}  // namespace
}  // namespace logstat
