#include "src/format/json_text.h"

#include <gtest/gtest.h>

namespace logstat {
namespace {

std::string Unescape(std::string_view text) {
  std::string scratch;
  return std::string(UnescapeJson(text, scratch));
}

TEST(UnescapeJson, EveryEscape) {
  EXPECT_EQ(Unescape("plain"), "plain");
  EXPECT_EQ(Unescape(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(Unescape(R"(a\u0041\u00e9\u20acz)"), "aA\xc3\xa9\xe2\x82\xacz");
  EXPECT_EQ(Unescape(R"(\ud83d\ude00)"), "\xf0\x9f\x98\x80");
  EXPECT_EQ(Unescape(R"(\u0000)"), std::string(1, '\0'));
  EXPECT_EQ(Unescape(R"(\x22\x16\xFf)"), "\"\x16\xff");
  EXPECT_EQ(Unescape(R"(\\x22)"), "\\x22");
}

TEST(UnescapeJson, WhatIsNoEscapeStays) {
  for (const char* text : {"\\", "a\\", "\\q", "\\u12", "\\u12g4", "\\ud83d", "\\ud83dx", "\\ud83d\\u0041", "\\ude00",
                           "\\x", "\\x1", "\\xg1", "\\x-1"}) {
    if (std::string_view(text) == "\\ud83d\\u0041") {
      EXPECT_EQ(Unescape(text), "\\ud83dA");
    } else {
      EXPECT_EQ(Unescape(text), text);
    }
  }
}

TEST(WithoutExponent, Numbers) {
  std::string scratch;
  for (const auto& [text, plain] : std::initializer_list<std::pair<const char*, const char*>>{{"7.2e-05", "0.000072"},
                                                                                              {"1E3", "1000"},
                                                                                              {"1.5e0", "1.5"},
                                                                                              {"12", "12"},
                                                                                              {"0.5", "0.5"},
                                                                                              {"true", "true"},
                                                                                              {"1e999", "1e999"},
                                                                                              {"nan", "nan"},
                                                                                              {"e", "e"},
                                                                                              {"1e5x", "1e5x"},
                                                                                              {"-2e1", "-20"}}) {
    EXPECT_EQ(WithoutExponent(text, scratch), plain);
  }
}

}  // namespace
}  // namespace logstat
