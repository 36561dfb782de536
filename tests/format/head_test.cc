#include "src/format/head.h"

#include <gtest/gtest.h>

#include <string>

namespace logstat {
namespace {

// The parts that are there, as name<text>.
std::string Say(const Head& head) {
  std::string says;
  const auto add = [&says](const char* name, const std::optional<std::string_view>& text) {
    if (text.has_value()) says += std::string(name) + "<" + std::string(*text) + "> ";
  };
  add("host", head.host);
  add("client", head.client);
  add("user", head.user);
  return says + "time<" + std::string(head.time) + ">";
}

std::string Plain(std::string_view text) { return Say(ReadHead(text, HeadRules{})); }
std::string WithHost(std::string_view text) { return Say(ReadHead(text, HeadRules{.host_first = true})); }
TEST(ReadHead, ClientIdentityUserTime) {
  EXPECT_EQ(Plain("192.0.2.7 - ann [noon] "), "client<192.0.2.7> user<ann> time<noon>");
  EXPECT_EQ(Plain("192.0.2.7 id - [noon] "), "client<192.0.2.7> user<-> time<noon>");
}

TEST(ReadHead, FewerNames) {
  EXPECT_EQ(Plain("192.0.2.7 - [noon] "), "client<192.0.2.7> time<noon>");
  EXPECT_EQ(Plain("192.0.2.7 [noon] "), "client<192.0.2.7> time<noon>");
  EXPECT_EQ(Plain("[noon] "), "time<noon>");
  EXPECT_EQ(Plain(""), "time<>");
  EXPECT_EQ(Plain("   "), "time<>");
}

TEST(ReadHead, NoTime) {
  EXPECT_EQ(Plain("192.0.2.7 - - "), "client<192.0.2.7> user<-> time<>");
  EXPECT_EQ(Plain("192.0.2.7 - - [noon "), "client<192.0.2.7> user<- [noon> time<>");
}

TEST(ReadHead, TheLastBracketsAreTheTime) {
  EXPECT_EQ(Plain("192.0.2.7 - [a] b [noon] "), "client<192.0.2.7> user<[a] b> time<noon>");
}

TEST(ReadHead, SpacesTooMany) {
  EXPECT_EQ(Plain("  192.0.2.7  -   ann  [noon] "), "client<192.0.2.7> user<ann> time<noon>");
}

TEST(ReadHead, AListIsOneName) {
  EXPECT_EQ(Plain("192.0.2.1, 192.0.2.2,  192.0.2.3 - ann [noon] "),
            "client<192.0.2.1, 192.0.2.2,  192.0.2.3> user<ann> time<noon>");
  EXPECT_EQ(Plain("192.0.2.1, [noon] "), "client<192.0.2.1,> time<noon>");
}

TEST(ReadHead, AHostThatTheFormatDoesNotHave) {
  EXPECT_EQ(Plain("a.example:80 192.0.2.7 - - [noon] "), "host<a.example> client<192.0.2.7> user<-> time<noon>");
  EXPECT_EQ(Plain("a.example 192.0.2.7 - - [noon] "), "host<a.example> client<192.0.2.7> user<-> time<noon>");
  EXPECT_EQ(Plain("a.example 2001:db8::7 - - [noon] "), "host<a.example> client<2001:db8::7> user<-> time<noon>");
}

TEST(ReadHead, AUserWithSpacesIsNoHost) {
  EXPECT_EQ(Plain("192.0.2.7 - Ann van Beek [noon] "), "client<192.0.2.7> user<Ann van Beek> time<noon>");
}

TEST(ReadHead, AHostThatTheFormatHas) {
  EXPECT_EQ(WithHost("a.example 192.0.2.7 - ann [noon] "), "host<a.example> client<192.0.2.7> user<ann> time<noon>");
  EXPECT_EQ(WithHost("a.example client.example - - [noon] "),
            "host<a.example> client<client.example> user<-> time<noon>");
  EXPECT_EQ(WithHost("a.example 192.0.2.7 - [noon] "), "host<a.example> client<192.0.2.7> time<noon>");
}

TEST(ReadHead, AHostThatTheFormatHasAndTheLineNot) {
  EXPECT_EQ(WithHost("192.0.2.7 - - [noon] "), "client<192.0.2.7> user<-> time<noon>");
}

TEST(MakeHeadRules, TheTwoKnownHeadsInBothLanguages) {
  const auto rules = [](const char* head) {
    const HeadRules made = MakeHeadRules(*CompileFormat(head));
    return made.known ? (made.host_first ? "host first" : "client first") : "unknown";
  };
  EXPECT_STREQ(rules(R"(%h %l %u %t "%r" %>s %b)"), "client first");
  EXPECT_STREQ(rules(R"(%a - %u %t "%r" %>s %b)"), "client first");
  EXPECT_STREQ(rules(R"($remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent)"), "client first");
  EXPECT_STREQ(rules(R"(%v:%p %h %l %u %t "%r" %>s %b)"), "host first");
  EXPECT_STREQ(rules(R"(%v %h %l %u %t "%r" %>s %b)"), "host first");
  EXPECT_STREQ(rules(R"(%h %u %t "%r" %>s %b)"), "unknown");
  EXPECT_STREQ(rules(R"(%t %h %l %u "%r" %>s %b)"), "unknown");
  EXPECT_STREQ(rules(R"(h %h %l %u %t "%r" %>s %b)"), "unknown");  // the letter, not a host
  EXPECT_STREQ(rules(R"("%r" %>s %b)"), "unknown");
}

TEST(ReadHead, AHostInFrontOfTheAddressHoweverManyNamesFollow) {
  EXPECT_EQ(Plain("a.example 192.0.2.7 [noon] "), "host<a.example> client<192.0.2.7> time<noon>");
  EXPECT_EQ(Plain("a.example 192.0.2.7 - [noon] "), "host<a.example> client<192.0.2.7> time<noon>");
  EXPECT_EQ(WithHost("a.example 192.0.2.7 [noon] "), "host<a.example> client<192.0.2.7> time<noon>");
}

TEST(ReadHead, AnAddressOrAListOfThemIsNoHost) {
  EXPECT_EQ(WithHost("192.0.2.7 - bob smith [noon] "), "client<192.0.2.7> user<bob smith> time<noon>");
  EXPECT_EQ(Plain("192.0.2.1, 192.0.2.2 192.0.2.7 - ann [noon] "),
            "client<192.0.2.1, 192.0.2.2> user<- ann> time<noon>");
  EXPECT_EQ(WithHost("a.example - - - [noon] "), "host<a.example> client<-> user<-> time<noon>");
}

TEST(ReadHead, ATimeInFrontWithoutItsBrackets) {
  EXPECT_EQ(Plain("22/Nov/2026:13:00:00 +0000 192.0.2.7 "), "client<192.0.2.7> time<22/Nov/2026:13:00:00 +0000>");
}

TEST(ReadHead, AClientWithAPort) {
  EXPECT_EQ(Plain("192.0.2.7:50412 - ann [noon] "), "client<192.0.2.7> user<ann> time<noon>");
  EXPECT_EQ(Plain("[2001:db8::1]:50412 - ann [noon] "), "client<2001:db8::1> user<ann> time<noon>");
  EXPECT_EQ(WithHost("a.example:80 192.0.2.7:50412 - - [noon] "),
            "host<a.example> client<192.0.2.7> user<-> time<noon>");
  EXPECT_EQ(Plain("192.0.2.7:50412 id Ann Beek [noon] "), "client<192.0.2.7> user<Ann Beek> time<noon>");
}

}  // namespace
}  // namespace logstat
