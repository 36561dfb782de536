#include "src/base/ascii.h"

#include <gtest/gtest.h>

namespace logstat {
namespace {

TEST(AsciiTest, OnlyLettersBecomeSmall) {
  for (int c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    EXPECT_EQ(LowerAscii(byte), c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : byte) << c;
  }
  EXPECT_EQ(LowerAscii(std::string_view("/Wp-LOGIN.php?\xC3\x84=[Z]")), "/wp-login.php?\xC3\x84=[z]");
}

TEST(AsciiTest, TheEndsOfTexts) {
  EXPECT_TRUE(EndsWithIgnoringCase("/a/Web.CONFIG", "/web.config"));
  EXPECT_TRUE(EndsWithIgnoringCase("x", ""));
  EXPECT_FALSE(EndsWithIgnoringCase("config", "/web.config"));
  EXPECT_FALSE(EndsWithIgnoringCase("/web.confix", "/web.config"));
  EXPECT_TRUE(EqualsIgnoringCase("GZ", "gz"));
  EXPECT_FALSE(EqualsIgnoringCase("gz", "gzi"));
}

}  // namespace
}  // namespace logstat
