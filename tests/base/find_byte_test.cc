#include "src/base/find_byte.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace logstat {
namespace {

// Every length, start and place around the words and the sixteen bytes that are looked at without memchr.
TEST(FindByte, IsFindAtEveryLengthStartAndPlace) {
  for (size_t size = 0; size <= 40; ++size) {
    for (size_t place = 0; place <= size; ++place) {
      std::string text(size, 'x');
      if (place < size) text[place] = '|';
      for (size_t from = 0; from <= size + 1; ++from) {
        ASSERT_EQ(FindByte(text, '|', from), text.find('|', from)) << size << ' ' << place << ' ' << from;
      }
    }
  }
}

// Bytes next to the one that is looked for, where a subtraction borrows, and bytes with a high bit.
TEST(FindByte, NearMisses) {
  using std::string_view_literals::operator""sv;
  std::string text("\x7b\x7d\xfc\xfb\x00\x01\x80\xff\x7b\x7d\xfc\xfb\x00\x01\x80\xff\x7d"sv);
  EXPECT_EQ(FindByte(text, '|'), std::string::npos);
  for (const char byte : {'\0', '\x01', '\x80', '\xff'}) EXPECT_EQ(FindByte(text, byte), text.find(byte));
  text += '|';
  EXPECT_EQ(FindByte(text, '|'), 17u);
}

TEST(FindByte, TheFirstOfSeveral) {
  EXPECT_EQ(FindByte("a||||||||||||||||||||||||", '|'), 1u);
  EXPECT_EQ(FindByte("|a|", '|', 1), 2u);
}

}  // namespace
}  // namespace logstat
