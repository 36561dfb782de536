#include "src/detect/key_name.h"

#include <gtest/gtest.h>

#include <string>

namespace logstat {
namespace {

TEST(KeyNameTest, TheFirstStays) {
  KeyName name;
  EXPECT_EQ(name.entity(), "");
  EXPECT_EQ(name.host(), "");
  name.Set("");
  name.Set("/a", "one.example");
  name.Set("/b", "two.example");
  EXPECT_EQ(name.entity(), "/a");
  EXPECT_EQ(name.host(), "one.example");
}

TEST(KeyNameTest, WithoutAHostItGetsNoneLater) {
  KeyName name;
  name.Set("203.0.113.9");
  name.Set("203.0.113.9", "one.example");
  EXPECT_EQ(name.host(), "");
}

TEST(KeyNameTest, LongTextsAreCut) {
  KeyName name;
  name.Set(std::string(1000, 'p'), std::string(1000, 'h'));
  EXPECT_EQ(name.entity().size(), kMostEvidenceBytes);
  EXPECT_EQ(name.host().size(), kMostEvidenceBytes);
}

}  // namespace
}  // namespace logstat
