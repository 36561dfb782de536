#include "src/format/request.h"

#include <gtest/gtest.h>

#include <string>

namespace logstat {
namespace {

// The parts that are there, as name<text>.
std::string Split(std::string_view request) {
  const RequestParts parts = SplitRequest(request);
  std::string says;
  const auto add = [&says](const char* name, const std::optional<std::string_view>& text) {
    if (text.has_value()) says += (says.empty() ? "" : " ") + std::string(name) + "<" + std::string(*text) + ">";
  };
  add("method", parts.method);
  add("path", parts.path);
  add("query", parts.query);
  add("protocol", parts.protocol);
  add("authority", parts.authority);
  return says;
}

TEST(SplitRequest, Usual) {
  EXPECT_EQ(Split("GET /shop?id=7 HTTP/1.1"), "method<GET> path</shop> query<id=7> protocol<HTTP/1.1>");
  EXPECT_EQ(SplitRequest("GET /shop?id=7 HTTP/1.1").target, "/shop?id=7");
}

TEST(SplitRequest, WithoutAMethodNothingIsThere) {
  for (const char* request : {"", "-", "GET", " GET / HTTP/1.1", "\\x16\\x03 x", "a(b /", "\xffGET / HTTP/1.1"}) {
    EXPECT_EQ(Split(request), "") << request;
  }
}

TEST(SplitRequest, EveryTokenCharacterMakesAMethod) {
  const std::string token = "!#$%&'*+-.^_`|~09azAZ";
  EXPECT_EQ(Split(token + " /"), "method<" + token + "> path</>");
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool expected = letter || (c != '\0' && std::string("!#$%&'*+-.^_`|~").find(c) != std::string::npos);
    EXPECT_EQ(IsTokenByte(static_cast<uint8_t>(byte)), expected) << byte;
  }
}

TEST(SplitRequest, MethodsOfOneTo32Characters) {
  EXPECT_EQ(Split("G /"), "method<G> path</>");
  EXPECT_EQ(Split(std::string(32, 'M') + " /"), "method<" + std::string(32, 'M') + "> path</>");
  EXPECT_EQ(Split(std::string(33, 'M') + " /"), "");
}

TEST(SplitRequest, ProtocolIsTheLastWordOrNothing) {
  EXPECT_EQ(Split("GET / HTTP/2"), "method<GET> path</> protocol<HTTP/2>");
  EXPECT_EQ(Split("GET / HTTP/1.1 "), "method<GET> path</> protocol<HTTP/1.1>");
  EXPECT_EQ(Split("GET / HTTP/1.1 x"), "method<GET> path</ HTTP/1.1 x>");
  EXPECT_EQ(Split("GET / http/1.1"), "method<GET> path</ http/1.1>");
  EXPECT_EQ(Split("GET / HTTP/"), "method<GET> path</ HTTP/>");
  EXPECT_EQ(Split("GET / HTTP/1.1a"), "method<GET> path</ HTTP/1.1a>");
  EXPECT_EQ(Split("GET HTTP/1.1"), "method<GET> protocol<HTTP/1.1>");
}

TEST(SplitRequest, SpacesAroundTheTargetAreNotPartOfIt) {
  EXPECT_EQ(Split("GET   /a b   HTTP/1.1"), "method<GET> path</a b> protocol<HTTP/1.1>");
  EXPECT_EQ(Split("GET    "), "method<GET>");
}

TEST(SplitRequest, QueryMayBeEmptyAndHoldQuestionMarks) {
  EXPECT_EQ(Split("GET /? HTTP/1.1"), "method<GET> path</> query<> protocol<HTTP/1.1>");
  EXPECT_EQ(Split("GET /a?b?c HTTP/1.1"), "method<GET> path</a> query<b?c> protocol<HTTP/1.1>");
  EXPECT_EQ(Split("GET ?a"), "method<GET> path<> query<a>");
}

TEST(SplitRequest, AbsoluteTargets) {
  EXPECT_EQ(Split("GET http://a.example/b?c HTTP/1.1"),
            "method<GET> path</b> query<c> protocol<HTTP/1.1> authority<a.example>");
  EXPECT_EQ(Split("GET HTTPS://a.example:1?c"), "method<GET> path</> query<c> authority<a.example:1>");
  EXPECT_EQ(Split("GET ftp://"), "method<GET> path</> authority<>");
  EXPECT_EQ(Split("GET 1http://a/"), "method<GET> path<1http://a/>");
  EXPECT_EQ(Split("GET /r?u=http://a/"), "method<GET> path</r> query<u=http://a/>");
  EXPECT_EQ(Split("GET mailto:a@b"), "method<GET> path<mailto:a@b>");
}

TEST(SplitRequest, ConnectAndAsteriskStayWhole) {
  EXPECT_EQ(Split("CONNECT a.example:443 HTTP/1.1"), "method<CONNECT> path<a.example:443> protocol<HTTP/1.1>");
  EXPECT_EQ(Split("CONNECT http://a/?b"), "method<CONNECT> path<http://a/?b>");
  EXPECT_EQ(Split("OPTIONS * HTTP/1.1"), "method<OPTIONS> path<*> protocol<HTTP/1.1>");
  EXPECT_EQ(Split("OPTIONS *?a"), "method<OPTIONS> path<*> query<a>");
}

TEST(SplitRequest, NothingIsDecodedFoldedOrMerged) {
  EXPECT_EQ(Split("GET //A/%41/../b HTTP/1.1"), "method<GET> path<//A/%41/../b> protocol<HTTP/1.1>");
}

TEST(IsProtocol, HttpAndDigitsAndDots) {
  for (const char* yes : {"HTTP/1.1", "HTTP/0.9", "HTTP/2", "HTTP/1.1.1", "HTTP/."})
    EXPECT_TRUE(IsProtocol(yes)) << yes;
  for (const char* no : {"", "HTTP", "HTTP/", "HTTP/x", "http/1.1", "HTTPS/1.1", "HTTP/1.1 "}) {
    EXPECT_FALSE(IsProtocol(no)) << no;
  }
}

}  // namespace
}  // namespace logstat
