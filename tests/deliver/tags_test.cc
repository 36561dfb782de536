#include "src/deliver/tags.h"

#include <gtest/gtest.h>

#include "src/base/hash.h"

namespace logstat {
namespace {

TEST(TagsTest, AnAddressOfIpv6IsKnownByItsBlock) {
  EXPECT_EQ(ClientGroup("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(ClientGroup("[2001:db8:1:2::9]:443"), "2001:db8:1:2::/64");
  EXPECT_EQ(ClientGroup("192.0.2.7:443"), "192.0.2.7");
  EXPECT_EQ(ClientGroup("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(ClientGroup("192.0.2.7"), "");
  EXPECT_EQ(ClientGroup("host:8080:x"), "");
  EXPECT_EQ(ClientGroup(""), "");
}

TEST(TagsTest, AClientIsKnownByItsGroup) {
  EXPECT_EQ(ClientTag("2001:db8:1:2::1"), SketchHash("2001:db8:1:2::/64"));
  EXPECT_EQ(ClientTag("2001:db8:1:2:ffff::9"), SketchHash("2001:db8:1:2::/64"));
  EXPECT_EQ(ClientTag("2001:db8:1:3::1"), SketchHash("2001:db8:1:3::/64"));
  EXPECT_EQ(ClientTag("192.0.2.7"), SketchHash("192.0.2.7"));
  EXPECT_EQ(ClientTag("192.0.2.7:443"), SketchHash("192.0.2.7"));
  EXPECT_EQ(ClientTag("unix:"), SketchHash("unix:"));
}

TEST(TagsTest, MissingTextsAreZero) {
  for (const auto& [field, tag_of] : FindingTags()) {
    EXPECT_EQ(tag_of(""), 0U) << FieldName(field);
    EXPECT_EQ(tag_of("-"), 0U) << FieldName(field);
    EXPECT_NE(tag_of("x"), 0U) << FieldName(field);
  }
}

}  // namespace
}  // namespace logstat
