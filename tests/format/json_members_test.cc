#include "src/format/json_members.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace logstat {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Members {
  Pairs pairs;
  bool complete = false;
};

Members MembersOf(std::string_view object) {
  Members all;
  JsonMembers members(object);
  JsonMember member;
  while (members.Next(&member)) all.pairs.emplace_back(member.key, member.value);
  all.complete = members.complete();
  return all;
}

std::string Unescaped(std::string_view escaped) {
  std::string text;
  AppendUnescaped(escaped, text);
  return text;
}

TEST(JsonMembers, EveryKindOfValue) {
  const Members members = MembersOf(R"( { "a" : "x" , "b":-1.5e3,"c":null,"d":{"a":[1,"]}"]},"e":[ ] ,"":true} )");
  EXPECT_TRUE(members.complete);
  EXPECT_EQ(
      members.pairs,
      (Pairs{{"a", "\"x\""}, {"b", "-1.5e3"}, {"c", "null"}, {"d", R"({"a":[1,"]}"]})"}, {"e", "[ ]"}, {"", "true"}}));
}

TEST(JsonMembers, EmptyObject) {
  EXPECT_TRUE(MembersOf("{}").complete);
  EXPECT_TRUE(MembersOf("{}").pairs.empty());
}

TEST(JsonMembers, QuotesBehindBackslashesDoNotEndAString) {
  EXPECT_EQ(MembersOf(R"({"a":"x\"y","b":"x\\","c":"\\\"","d":"\""})").pairs,
            (Pairs{{"a", R"("x\"y")"}, {"b", R"("x\\")"}, {"c", R"("\\\"")"}, {"d", R"("\"")"}}));
}

TEST(JsonMembers, BytesThatAStrictParserRefuses) { EXPECT_TRUE(MembersOf("{\"a\":\"\xff\x01\t\"}").complete); }

TEST(JsonMembers, WhatIsCutOffOrFollowedIsNotComplete) {
  const std::string object = R"({"log":"a\\","stream":{"x":[1,"}"]},"time":12})";
  ASSERT_TRUE(MembersOf(object).complete);
  for (size_t end = 0; end < object.size(); ++end) EXPECT_FALSE(MembersOf(object.substr(0, end)).complete) << end;
  EXPECT_FALSE(MembersOf(object + "x").complete);
  EXPECT_FALSE(MembersOf(object + object).complete);
}

TEST(JsonMembers, WhatIsNoObject) {
  for (const char* text : {"", "x", "[]", "\"a\"", "{a:1}", R"({"a" 1})", R"({"a":1 "b":2})", R"({"a":})", R"({,})",
                           R"({"a":1]})", R"({"a":[1})"}) {
    EXPECT_FALSE(MembersOf(text).complete) << text;
  }
}

TEST(JsonMembers, DeepNestingIsCountedAndNotRecursed) {
  const std::string deep = "{\"a\":" + std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}";
  EXPECT_TRUE(MembersOf(deep).complete);
}

TEST(AppendUnescaped, EveryEscape) {
  EXPECT_EQ(Unescaped(R"(a\"b\\c\/d\b\f\n\r\te)"), "a\"b\\c/d\b\f\n\r\te");
  EXPECT_EQ(Unescaped(R"(\u0041\u00e9\u20AC\u003c)"), "A\xc3\xa9\xe2\x82\xac<");
  EXPECT_EQ(Unescaped(R"(\ud83d\ude00.)"), "\xf0\x9f\x98\x80.");
  EXPECT_EQ(Unescaped(R"(\u0000)"), std::string(1, '\0'));
  EXPECT_EQ(Unescaped("\xff"), "\xff");
}

TEST(AppendUnescaped, HalfAPairIsAReplacementCharacter) {
  for (const char* half : {R"(\ud83d)", R"(\ude00)"}) EXPECT_EQ(Unescaped(half), "\xef\xbf\xbd") << half;
  EXPECT_EQ(Unescaped(R"(\ud83dx)"), "\xef\xbf\xbdx");
  EXPECT_EQ(Unescaped(R"(\ud83d\u0041)"),
            "\xef\xbf\xbd"
            "A");
}

TEST(AppendUnescaped, WhatIsNoEscapeStays) {
  for (const char* text : {R"(\x16\x03)", R"(\)", R"(\u12)", R"(\u12g4)", R"(\u)", R"(\u-123)"}) {
    EXPECT_EQ(Unescaped(text), text);
  }
}

}  // namespace
}  // namespace logstat
