#include "src/detect/errands.h"

#include <gtest/gtest.h>

#include <utility>

#include "src/detect/answers.h"
#include "src/detect/background.h"
#include "src/detect/history.h"
#include "src/detect/shared_addresses.h"

namespace logstat {
namespace {

struct World {
  History history{1 << 20};
  SharedAddresses addresses;
  Answers answers{16};
  Background background{16};
  SharedByRules shared{history, addresses, answers, background};
};

Event EventAt(uint64_t offset, uint64_t client) {
  Event event;
  event.offset = offset;
  event.shadow.client = client;
  return event;
}

TEST(ErrandsTest, NothingIsDoneBeforeItIsRun) {
  World world;
  Errands errands;
  EXPECT_TRUE(errands.empty());
  errands.BeginAt(3);
  errands.WatchClient(7);
  Shadow request;
  request.path = 5;
  errands.WatchPath(request);
  EXPECT_FALSE(errands.empty());
  errands.RunUntil(2, world.shared);
  EXPECT_FALSE(world.addresses.IsWatched(7));
  EXPECT_EQ(world.answers.SizesOf(request), nullptr);
  errands.RunUntil(3, world.shared);
  EXPECT_TRUE(world.addresses.IsWatched(7));
  EXPECT_NE(world.answers.SizesOf(request), nullptr);
  errands.Clear();
  EXPECT_TRUE(errands.empty());
  errands.WatchClient(8);
  errands.RunUntil(0, world.shared);
  EXPECT_TRUE(world.addresses.IsWatched(8)) << "moments begin again";
}

TEST(ErrandsTest, EachIsRunOnce) {
  World world;
  Errands errands;
  const Event first = EventAt(10, 1), second = EventAt(20, 2);
  errands.BeginAt(1);
  errands.AddToBackground(first, ProbeFamily::kAttack);
  errands.BeginAt(2);
  errands.AddToBackground(second, ProbeFamily::kPaths);
  errands.RunUntil(1, world.shared);
  EXPECT_EQ(world.background.requests(), 1U);
  errands.RunUntil(1, world.shared);
  errands.RunUntil(5, world.shared);
  EXPECT_EQ(world.background.requests(), 2U);
  EXPECT_EQ(world.background.clients(), 2U);
  EXPECT_EQ(world.background.count(ProbeFamily::kPaths), 1U);
}

// Of two rules that claim an event the one that is run first has it, whichever was shown it first.
TEST(ErrandsTest, AnEventOfTwoRulesBelongsToTheFirst) {
  World world;
  Errands one, other;
  const Event event = EventAt(10, 1);
  other.AddToBackground(event, ProbeFamily::kWrite);
  one.AddToBackground(event, ProbeFamily::kAttack);
  for (Errands* errands : {&one, &other}) errands->RunUntil(0, world.shared);
  EXPECT_EQ(world.background.requests(), 1U);
  EXPECT_EQ(world.background.count(ProbeFamily::kAttack), 1U);
  EXPECT_EQ(world.background.count(ProbeFamily::kWrite), 0U);
}

TEST(ErrandsTest, ARunBringsWhatIsNotCountedYet) {
  World world;
  Errands errands;
  WaitingEvents run;
  const Event first = EventAt(10, 1), second = EventAt(20, 1);
  run.Add(first);
  run.Add(second);
  errands.AddToBackground(first, ProbeFamily::kPaths);
  errands.AddToBackground(std::move(run), 1, ProbeFamily::kScanner);
  errands.RunUntil(0, world.shared);
  EXPECT_EQ(world.background.requests(), 2U);
  EXPECT_EQ(world.background.count(ProbeFamily::kScanner), 1U);
}

}  // namespace
}  // namespace logstat
