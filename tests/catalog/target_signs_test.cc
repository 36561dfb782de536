#include "src/catalog/target_signs.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace logstat {
namespace {

TEST(TargetSignsTest, HonestTargetsHaveNone) {
  for (const char* target : {"/", "/a/b.css", "/search?q=blue", "/a-b_c~d/e?f=1&g=2", "/a%C3%A9", "/x.y.z", ""}) {
    EXPECT_EQ(SignsOf(target), TargetSigns::kNone) << target;
    EXPECT_FALSE(HasOddSigns(target)) << target;
  }
  for (const char* target : {"/search?q=blue+shoes", "/a%20b", "/a;jsessionid=1"}) {
    EXPECT_EQ(SignsOf(target), TargetSigns::kBlank) << target;
    EXPECT_FALSE(HasOddSigns(target)) << target;
  }
}

TEST(TargetSignsTest, AttacksHaveSome) {
  for (const char* target :
       {"/p?id=1'", "/p?a=<b>", "/../x", "/p?u=http://h/", "/%2e%2e/", "/a%00", "/%252e", "/${x}"}) {
    EXPECT_EQ(SignsOf(target), TargetSigns::kOdd) << target;
    EXPECT_TRUE(HasOddSigns(target)) << target;
  }
  EXPECT_TRUE(HasOddSigns("/p?id=1+union+select+2"));
  EXPECT_TRUE(HasOddSigns("/p?cmd=x;id"));
}

// A target whose path has no signs is judged by what follows, whatever that is.
TEST(TargetSignsTest, BehindACleanPathTheRestDecides) {
  std::mt19937 random(3);
  const std::vector<std::string> parts = {"/", "a", ".",     "select", "%2", "%",    "e",   ":", "//", "+", " ",
                                          ";", "'", "union", "%2e",    "?",  "id=1", "%20", "&", "2f", "#"};
  size_t clean = 0;
  size_t odd = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string path;
    std::string rest;
    for (size_t k = random() % 5; k > 0; --k) path += parts[random() % parts.size()];
    if (random() % 4 != 0) rest = "?";
    for (size_t k = random() % 6; k > 0; --k) rest += parts[random() % parts.size()];
    if (SignsOf(path) != TargetSigns::kNone) continue;
    ++clean;
    const std::string target = path + rest;
    odd += HasOddSigns(target);
    ASSERT_EQ(HasOddSigns(target, path.size()), HasOddSigns(target)) << path << " and " << rest;
  }
  EXPECT_GT(clean, 10'000U);
  EXPECT_GT(odd, 1'000U);
  EXPECT_LT(odd, clean);
}

}  // namespace
}  // namespace logstat
