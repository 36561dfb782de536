#include "src/input/text_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace logstat {
namespace {

using ::testing::HasSubstr;

const std::string kLine = "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" 200 5";

std::string Utf16(const std::string& text, bool little_endian) {
  std::string out;
  for (const char c : text) {
    if (!little_endian) out += '\0';
    out += c;
    if (little_endian) out += '\0';
  }
  return out;
}

TEST(WhyNotBytes, ByteOrderMarksOfUtf16) {
  EXPECT_THAT(WhyNotBytes("\xff\xfe" + Utf16(kLine + "\r\n", true)), HasSubstr("`iconv -f UTF-16 -t UTF-8`"));
  EXPECT_THAT(WhyNotBytes("\xfe\xff" + Utf16(kLine + "\r\n", false)), HasSubstr("`iconv -f UTF-16 -t UTF-8`"));
}

// iconv takes UTF-16 without a mark as the machine's own order, so it must be told.
TEST(WhyNotBytes, WithoutAMarkTheOrderIsNamed) {
  EXPECT_THAT(WhyNotBytes(Utf16(kLine, true)), HasSubstr("`iconv -f UTF-16LE -t UTF-8`"));
  EXPECT_THAT(WhyNotBytes(Utf16(kLine, false)), HasSubstr("`iconv -f UTF-16BE -t UTF-8`"));
}

TEST(WhyNotBytes, ArchivesThatAreNotUnpacked) {
  EXPECT_EQ(WhyNotBytes("\x04\x22\x4d\x18" + kLine),
            "is an lz4 archive, which is not unpacked: pipe what `lz4 -dc` writes into logstat");
  EXPECT_THAT(WhyNotBytes("PK\x03\x04" + kLine), HasSubstr("`unzip -p`"));
  std::string tar = "access.log" + std::string(247, '\0') + "ustar\00000" + std::string(240, '\0') + kLine + "\n";
  EXPECT_THAT(WhyNotBytes(tar), HasSubstr("`tar -xOf`"));
  tar[257] = 'U';
  EXPECT_EQ(WhyNotBytes(tar), "");
  EXPECT_EQ(WhyNotBytes("PK " + kLine), "");
  EXPECT_EQ(WhyNotBytes("LZIP " + kLine), "");
}

TEST(WhyNotBytes, AFewLettersOfAnotherScript) {
  std::string text = Utf16(kLine, true);
  text[100] = '\x16';
  text[101] = '\x04';
  EXPECT_THAT(WhyNotBytes(text), HasSubstr("UTF-16LE"));
}

TEST(WhyNotBytes, BytesAreBytes) {
  EXPECT_EQ(WhyNotBytes(""), "");
  EXPECT_EQ(WhyNotBytes(kLine + "\n"), "");
  EXPECT_EQ(WhyNotBytes("\xef\xbb\xbf" + kLine + "\n"), "") << "the mark of UTF-8";
  EXPECT_EQ(WhyNotBytes(std::string(1000, '\0') + kLine + "\n"), "") << "a hole before the first line";
  EXPECT_EQ(WhyNotBytes(std::string("a\0b\0", 4)), "") << "too short to tell";
  EXPECT_EQ(WhyNotBytes(std::string("7\0\0\0", 4) + std::string(100, '\0')), "") << "a binary file";
  EXPECT_EQ(WhyNotBytes("\xff\xfe" + kLine + "\n"), "") << "bytes of an attacker";
}

TEST(OddLineEnds, OnlyWhereNoNewlineIs) {
  EXPECT_THAT(OddLineEnds(kLine + "\r" + kLine + "\r"), HasSubstr("`tr '\\r' '\\n'`"));
  EXPECT_EQ(OddLineEnds(kLine + "\r\n" + kLine + "\r\n"), "");
  EXPECT_EQ(OddLineEnds(kLine + "\r" + kLine + "\n"), "");
  EXPECT_EQ(OddLineEnds(kLine + "\r"), "") << "one line is one line";
  EXPECT_EQ(OddLineEnds(kLine), "");
  EXPECT_EQ(OddLineEnds(std::string("\x1f\x8b\x08\0\r\x80", 6)), "") << "not text";
  EXPECT_EQ(OddLineEnds(""), "");
}

}  // namespace
}  // namespace logstat
