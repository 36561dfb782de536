#include "src/detect/join_keys.h"

#include <gtest/gtest.h>

#include <bitset>
#include <string>

#include "src/catalog/text_tags.h"

namespace logstat {
namespace {

// The hash of a path ends in zeros, where its tag says what the path is. Tables that take a slot by the last bits of a
// key must not be left with one slot in 64.
TEST(JoinKeysTest, KeysOfPathsDifferInTheirLastBits) {
  constexpr size_t kPaths = 4096;
  for (const uint64_t host : {uint64_t{0}, uint64_t{0x9A7B31}}) {
    std::bitset<kPaths> last;
    for (size_t i = 0; i < kPaths; ++i) last.set(JoinKeys(PathHash("/" + std::to_string(i)), host) % kPaths);
    EXPECT_GT(last.count(), kPaths / 2) << host;  // by chance 63 %
  }
}

TEST(JoinKeysTest, TheOrderOfTheTwoMatters) { EXPECT_NE(JoinKeys(1, 2), JoinKeys(2, 1)); }

}  // namespace
}  // namespace logstat
