#include "src/deliver/client_hash.h"

#include <gtest/gtest.h>

#include "src/base/hash.h"

namespace logstat {
namespace {

TEST(ClientHashTest, AnAddressOfIpv6IsKnownByItsBlock) {
  EXPECT_EQ(ClientGroup("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(ClientGroup("[2001:db8:1:2::9]:443"), "2001:db8:1:2::/64");
  EXPECT_EQ(ClientGroup("192.0.2.7:443"), "192.0.2.7");
  EXPECT_EQ(ClientGroup("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(ClientGroup("192.0.2.7"), "");
  EXPECT_EQ(ClientGroup("host:8080:x"), "");
  EXPECT_EQ(ClientGroup(""), "");
}

TEST(ClientHashTest, TheSameAskedOnceOrOften) {
  ClientHashes hashes;
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(hashes.Of("2001:db8:1:2::1"), SketchHash("2001:db8:1:2::/64"));
    EXPECT_EQ(hashes.Of("2001:db8:1:2:ffff::9"), SketchHash("2001:db8:1:2::/64"));
    EXPECT_EQ(hashes.Of("2001:db8:1:3::1"), SketchHash("2001:db8:1:3::/64"));
    EXPECT_EQ(hashes.Of("192.0.2.7"), SketchHash("192.0.2.7"));
    EXPECT_EQ(hashes.Of("192.0.2.7:443"), SketchHash("192.0.2.7"));
    EXPECT_EQ(hashes.Of("unix:"), SketchHash("unix:"));
    EXPECT_EQ(hashes.Of(""), 0U);
  }
}

TEST(ClientHashTest, LongTextsAreNotRememberedAndStillRight) {
  ClientHashes hashes;
  const std::string text = "[2001:0db8:0001:0002:0003:0004:0005:0006%" + std::string(40, 'e') + "]:443";
  const uint64_t first = hashes.Of(text);
  EXPECT_EQ(hashes.Of(text), first);
  EXPECT_EQ(first, SketchHash(ClientGroup(text).empty() ? text : ClientGroup(text)));
}

}  // namespace
}  // namespace logstat
