#include "src/base/percent_code.h"

#include <gtest/gtest.h>

#include <cctype>

namespace logstat {
namespace {

TEST(PercentCodeTest, DigitsAreThoseOfC) {
  for (int c = 0; c < 256; ++c) EXPECT_EQ(IsHexDigit(static_cast<char>(c)), std::isxdigit(c) != 0) << c;
  EXPECT_EQ(HexDigit('0'), 0);
  EXPECT_EQ(HexDigit('9'), 9);
  EXPECT_EQ(HexDigit('a'), 10);
  EXPECT_EQ(HexDigit('F'), 15);
  EXPECT_EQ(HexDigit('g'), -1);
  EXPECT_EQ(HexDigit('\xFF'), -1);
}

TEST(PercentCodeTest, EveryByteInBothCases) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string small = {'%', "0123456789abcdef"[byte / 16], "0123456789abcdef"[byte % 16]};
    const std::string large = {'%', "0123456789ABCDEF"[byte / 16], "0123456789ABCDEF"[byte % 16]};
    EXPECT_EQ(PercentByte(small, 0), byte);
    EXPECT_EQ(PercentByte(large, 0), byte);
    EXPECT_EQ(PercentDecoded(small + large), std::string(2, static_cast<char>(byte)));
  }
}

TEST(PercentCodeTest, TheEndCutsACodeOff) {
  EXPECT_EQ(HexByte("a2F", 1), 0x2F);
  EXPECT_EQ(HexByte("a2", 1), -1);
  EXPECT_EQ(HexByte("a2", 9), -1);
  EXPECT_EQ(HexByte("", 0), -1);
  EXPECT_EQ(PercentByte("%2F", 3), -1);
  EXPECT_EQ(PercentByte("%2F", 1), -1);
  EXPECT_EQ(PercentByte("%2", 0), -1);
  EXPECT_EQ(PercentDecoded("/a%2"), "/a%2");
  EXPECT_EQ(PercentDecoded("/a%"), "/a%");
  EXPECT_EQ(PercentDecoded(""), "");
}

TEST(PercentCodeTest, WhatIsNoCodeStays) { EXPECT_EQ(PercentDecoded("100%/%zz%2g%%41%2525"), "100%/%zz%2g%A%25"); }

void ExpectCode(std::string_view text, char value, size_t bytes, size_t levels) {
  const PercentCode code = ReadPercentCode(text);
  EXPECT_EQ(code.value, value) << text;
  EXPECT_EQ(code.bytes, bytes) << text;
  EXPECT_EQ(code.levels, levels) << text;
}

TEST(PercentCodeTest, CodesAreReadThroughAllTheirLevels) {
  ExpectCode("%26", '&', 3, 1);
  ExpectCode("%3d=", '=', 3, 1);
  ExpectCode("%2526x", '&', 5, 2);
  ExpectCode("%25252526", '&', 9, 4);
  ExpectCode("%25", '%', 3, 1);
  ExpectCode("%2525zz", '%', 5, 2);
  ExpectCode("%", '%', 1, 0);
  ExpectCode("%zz", '%', 1, 0);
  ExpectCode("%2", '%', 1, 0);
}

}  // namespace
}  // namespace logstat
