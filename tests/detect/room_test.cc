#include "src/detect/room.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace logstat {
namespace {

TEST(RoomTest, TheFirstThatCameStay) {
  std::map<int, std::string> table;
  *AtIfRoom(table, 1, 2) = "one";
  EXPECT_EQ(*AtIfRoom(table, 2, 2, "two"), "two");
  EXPECT_EQ(AtIfRoom(table, 3, 2), nullptr);
  EXPECT_EQ(*AtIfRoom(table, 1, 2, "made anew"), "one");
  EXPECT_EQ(table.size(), 2u);
  EXPECT_EQ(AtIfRoom(table, 3, 0), nullptr);
}

TEST(RoomTest, WhatIsKnownIsCountedOn) {
  std::map<int, uint64_t> counts;
  for (const int key : {1, 2, 3, 1, 2, 3}) CountIfRoom(counts, key, 2);
  CountIfRoom(counts, 2, 2, 40);
  EXPECT_EQ(counts, (std::map<int, uint64_t>{{1, 2}, {2, 42}}));
}

TEST(RoomTest, ThereIsRoomForWhatIsThere) {
  const std::map<int, int> table = {{1, 0}, {2, 0}};
  EXPECT_TRUE(HasRoomFor(table, 3, 3));
  EXPECT_FALSE(HasRoomFor(table, 3, 2));
  EXPECT_TRUE(HasRoomFor(table, 2, 2));
  EXPECT_TRUE(HasRoomFor(table, 2, 1));
}

TEST(RoomTest, AFullSetStays) {
  std::set<int> set;
  for (int key = 5; key > 0; --key) InsertIfRoom(set, key, 2);
  EXPECT_EQ(set, (std::set<int>{4, 5}));
}

TEST(RoomTest, TheOlderHalfGoesForANewKeyOnly) {
  std::map<int, int> ages = {{1, 40}, {2, 30}, {3, 20}, {4, 20}};
  const auto age = [](int value) { return value; };
  EXPECT_EQ(AtForgettingHalf(ages, 3, 4, age), 20);
  EXPECT_EQ(ages.size(), 4u);
  AtForgettingHalf(ages, 5, 4, age) = 50;
  EXPECT_EQ(ages, (std::map<int, int>{{1, 40}, {2, 30}, {5, 50}}));
}

TEST(RoomTest, OfEqualAgesTheLesserKeysGo) {
  std::map<int, int> ages = {{1, 7}, {2, 7}, {3, 7}, {4, 7}};
  ForgetHalf(ages, [](int value) { return value; });
  EXPECT_EQ(ages, (std::map<int, int>{{3, 7}, {4, 7}}));
}

}  // namespace
}  // namespace logstat
