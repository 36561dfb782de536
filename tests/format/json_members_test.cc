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

}  // namespace
}  // namespace logstat
