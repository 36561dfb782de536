#include "src/report/escape.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "src/report/char_width.h"

namespace logstat {
namespace {

TEST(Escape, PlainTextStaysAsLogged) {
  EXPECT_EQ(EscapeForTerminal("/a/b?c=d&e=%20 \"f\" <g>"), "/a/b?c=d&e=%20 \"f\" <g>");
  EXPECT_EQ(EscapeForTerminal("/日本語/ünïcode/🎉"), "/日本語/ünïcode/🎉");
}

TEST(Escape, ControlBytesBecomeVisible) {
  EXPECT_EQ(EscapeForTerminal("\x1b]0;owned\x07"), "\\x1B]0;owned\\x07");
  EXPECT_EQ(EscapeForTerminal("a\rb\nc\td\x7f"), "a\\x0Db\\x0Ac\\x09d\\x7F");
  EXPECT_EQ(EscapeForTerminal(std::string_view("\0x", 2)), "\\x00x");
}

TEST(Escape, C1ControlsBecomeVisibleRawAndAsUtf8) {
  EXPECT_EQ(EscapeForTerminal("\x9b"
                              "31m"),
            "\\x9B31m");
  EXPECT_EQ(EscapeForTerminal("\xc2\x9b"
                              "31m"),
            "\\xC2\\x9B31m");
}

TEST(Escape, BytesThatAreNotUtf8StayDistinct) {
  EXPECT_EQ(EscapeForTerminal("\xff"), "\\xFF");
  EXPECT_EQ(EscapeForTerminal("\xfe"), "\\xFE");
  EXPECT_EQ(EscapeForTerminal("\xc0\xaf"), "\\xC0\\xAF") << "overlong";
  EXPECT_EQ(EscapeForTerminal("\xe0\x80\xaf"), "\\xE0\\x80\\xAF") << "overlong";
  EXPECT_EQ(EscapeForTerminal("\xed\xa0\x80"), "\\xED\\xA0\\x80") << "surrogate";
  EXPECT_EQ(EscapeForTerminal("\xf4\x90\x80\x80"), "\\xF4\\x90\\x80\\x80") << "above U+10FFFF";
  EXPECT_EQ(EscapeForTerminal("\xe6\x97"), "\\xE6\\x97") << "cut off";
}

TEST(Escape, InvisibleAndReorderingCodePointsBecomeVisible) {
  EXPECT_EQ(EscapeForTerminal("a\u202Etxt.exe"), "a\\xE2\\x80\\xAEtxt.exe");
  EXPECT_EQ(EscapeForTerminal("a\u200Bb"), "a\\xE2\\x80\\x8Bb");
  EXPECT_EQ(EscapeForTerminal("a\u2066b\uFEFF"), "a\\xE2\\x81\\xA6b\\xEF\\xBB\\xBF");
  EXPECT_EQ(EscapeForTerminal("a\u2028b"), "a\\xE2\\x80\\xA8b");
}

TEST(Escape, BackslashIsDoubledOnlyWhereItCouldBeMistaken) {
  EXPECT_EQ(EscapeForTerminal("C:\\Windows\\\\x"), "C:\\Windows\\\\x");
  EXPECT_EQ(EscapeForTerminal("\\\"quoted\\\""), "\\\"quoted\\\"");
  EXPECT_EQ(EscapeForTerminal("\\x16\\x03"), "\\\\x16\\\\x03") << "as nginx logs it";
  EXPECT_EQ(EscapeForTerminal("\\\x16"), "\\\\\\x16");
  EXPECT_EQ(EscapeForTerminal("\\"), "\\");
}

// The inverse that the header promises: an odd number of backslashes before xNN is an escape, an even one is text.
std::string Unescape(const std::string& escaped) {
  std::string raw;
  size_t i = 0;
  while (i < escaped.size()) {
    size_t run = 0;
    while (i + run < escaped.size() && escaped[i + run] == '\\') ++run;
    const size_t x = i + run;
    const bool hex = x + 2 < escaped.size() && escaped[x] == 'x' && std::isxdigit(escaped[x + 1]) != 0 &&
                     std::isxdigit(escaped[x + 2]) != 0;
    if (run == 0) {
      raw += escaped[i++];
    } else if (!hex) {
      raw.append(run, '\\');
      i = x;
    } else {
      raw.append(run / 2, '\\');
      i = x;
      if (run % 2 == 1) {
        raw += static_cast<char>(std::stoi(escaped.substr(x + 1, 2), nullptr, 16));
        i += 3;
      }
    }
  }
  return raw;
}

TEST(Escape, CanBeUndoneSoThatDistinctKeysStayDistinct) {
  std::mt19937 random(7);
  const std::string alphabet = std::string("\\\\\\xx01aF\x16\x01\xff\xc3\xa4\xe2\x80\xae ", 19);
  for (int round = 0; round < 200'000; ++round) {
    std::string raw;
    for (size_t n = random() % 9; n > 0; --n) raw += alphabet[random() % alphabet.size()];
    ASSERT_EQ(Unescape(EscapeForTerminal(raw)), raw);
    ASSERT_EQ(Unescape(EscapeForJson(raw)), raw);
  }
}

TEST(Cells, WideAndCombiningCharactersTakeTheirWidth) {
  EXPECT_EQ(CellCount("abc"), 3u);
  EXPECT_EQ(CellCount("日本"), 4u);
  EXPECT_EQ(CellCount("한"), 2u);
  EXPECT_EQ(CellCount("e\u0301"), 1u);
  EXPECT_EQ(CellCount("🎉"), 2u);
  EXPECT_EQ(CellCount("▁█·…–"), 5u);
  EXPECT_EQ(CellsOf(U'\u2000'), 1u);
  EXPECT_EQ(CellsOf(U'\U00020000'), 2u);
}

TEST(Cut, NeverSplitsACodePointOrAnEscape) {
  EXPECT_EQ(CutToCells("abcdef", 6), "abcdef");
  EXPECT_EQ(CutToCells("abcdefg", 6), "abcde…");
  EXPECT_EQ(CutToCells("日本語", 5), "日本…");
  EXPECT_EQ(CutToCells("日本語", 4), "日…");
  EXPECT_EQ(CutToCells("a\\x1Bcd", 5), "a…");
  EXPECT_EQ(CutToCells("a\\x1Bcd", 6), "a\\x1B…");
  EXPECT_EQ(CutToCells("e\u0301e\u0301e\u0301", 2), "e\u0301…");
  EXPECT_EQ(CutToCells("abc", 1), "…");
  EXPECT_EQ(CutToCells("abc", 0), "");
  EXPECT_EQ(CutToCells("", 4), "");
}

TEST(Cut, ResultIsNeverWiderThanAsked) {
  std::mt19937 random(11);
  const std::string pieces[] = {"a", "日", "e\u0301", "\\x1B", "\\", "🎉", " "};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (size_t n = random() % 12; n > 0; --n) text += pieces[random() % 7];
    const size_t cells = random() % 20;
    const std::string cut = CutToCells(text, cells);
    ASSERT_LE(CellCount(cut), cells) << text;
    if (CellCount(text) <= cells && cells > 0) {
      ASSERT_EQ(cut, text);
    }
  }
}

TEST(LongKey, LengthFollowsOnlyWhatIsNotPrintedWhole) {
  EXPECT_EQ(LongKeySuffix(1'024), "");
  EXPECT_EQ(LongKeySuffix(1'025), "… (1,025 bytes)");
}

}  // namespace
}  // namespace logstat
