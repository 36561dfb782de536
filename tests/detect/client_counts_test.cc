#include "src/detect/client_counts.h"

#include <gtest/gtest.h>

namespace logstat {
namespace {

TEST(ClientCountsTest, EachClientOfAKeyCountsOnce) {
  ClientCounts counts(100);
  ClientCounts::Count a;
  ClientCounts::Count b;
  for (uint64_t i = 0; i < 30; ++i) counts.Add(1, i % 10, a);
  counts.Add(2, 3, b);
  EXPECT_EQ(a.Text(), "10 clients");
  EXPECT_EQ(b.Text(), "one client");
  EXPECT_EQ(a.Fact().name, "clients");
}

TEST(ClientCountsTest, WithoutRoomItSaysAtLeast) {
  ClientCounts counts(4);
  ClientCounts::Count a;
  for (uint64_t i = 0; i < 4; ++i) counts.Add(1, i, a);
  counts.Add(1, 0, a);
  EXPECT_EQ(a.Text(), "4 clients");
  counts.Add(1, 4, a);
  EXPECT_EQ(a.Text(), "at least 4 clients");
  EXPECT_EQ(a.Fact().name, "clients_at_least");
  EXPECT_EQ(a.Fact().value, "4");
}

}  // namespace
}  // namespace logstat
