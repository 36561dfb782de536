#include "src/format/json_definition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "src/format/string_format.h"
#include "tests/format/say_line.h"

namespace logstat {
namespace {

using testing::HasSubstr;

// "path=field …"
std::string DescribeJson(std::string_view format) {
  const StatusOr<std::vector<NamedKey>> keys = CompileJsonDefinition(format);
  if (!keys.ok()) return "refused: " + Message(keys.status());
  std::string says;
  for (const NamedKey& key : *keys) {
    says += key.path + "=" +
            std::string(key.spec.reading == Reading::kRequest ? "request" : FieldName(key.spec.field)) + " ";
  }
  return says;
}

TEST(CompileJsonDefinition, OfNginxWithAndWithoutQuotes) {
  EXPECT_EQ(
      DescribeJson(R"({"time":"$time_iso8601","status":$status,"req":"$request","rt":"$request_time", "n": $pid})"),
      "time=time status=status req=request rt=duration ");
  EXPECT_EQ(DescribeJson(R"( { "s" : ${status} } )"), "s=status ");
}

TEST(CompileJsonDefinition, ForwardedAddressesAreTheClientWhereThereIsNoOther) {
  const auto read = [](std::string_view format, std::string_view line) {
    return Say(**CompileLineFormat(format), line);
  };
  EXPECT_EQ(read(R"({"s":"$status","x":"$http_x_forwarded_for"})", R"({"s":"404","x":"203.0.113.7, 10.0.0.1"})"),
            "404 client<203.0.113.7> xff<203.0.113.7, 10.0.0.1>");
  EXPECT_EQ(read(R"({"c":"$remote_addr","s":"$status","x":"$http_x_forwarded_for"})",
                 R"({"c":"10.0.0.1","s":"404","x":"203.0.113.7"})"),
            "404 client<10.0.0.1> xff<203.0.113.7>");
}

// $http_x_real_ip is `-` where no proxy sent it.
TEST(CompileJsonDefinition, OfTwoClientsTheOneThatIsThere) {
  const auto format = *CompileLineFormat(R"({"u":"$http_x_real_ip","l":"$remote_addr","s":$status})");
  EXPECT_EQ(Say(*format, R"({"u":"-","l":"192.0.2.5","s":200})"), "200 client<192.0.2.5>");
  EXPECT_EQ(Say(*format, R"({"u":"203.0.113.9","l":"192.0.2.5","s":200})"), "200 client<203.0.113.9>");
}

TEST(CompileJsonDefinition, OfApacheAsItStandsInItsConfiguration) {
  EXPECT_EQ(
      DescribeJson(R"({ \"time\":\"%{%Y-%m-%dT%H:%M:%S%z}t\", \"status\":%>s, \"us\":%D, \"ref\":\"%{Referer}i\" })"),
      "time=time status=status us=duration ref=referrer ");
  EXPECT_EQ(DescribeJson(R"({"t":"%t","s":"%>s"})"), "t=time s=status ");
}

TEST(CompileJsonDefinition, ObjectsInsideArePathsAndWhatIsNoFieldIsSkipped) {
  EXPECT_EQ(
      DescribeJson(
          R"({"http":{"code":$status,"m":"$request_method"},"a":[1,"$host"],"b":true,"c":"$scheme $host","h":"$host"})"),
      "http.code=status http.m=method h=host ");
  EXPECT_EQ(DescribeJson(R"({"url":"$scheme://$host$request_uri","s":$status})"), "url=target s=status ");
}

TEST(CompileJsonDefinition, OfHaproxyByTheStatusThatOneKeyHas) {
  EXPECT_EQ(DescribeJson(R"({"client":"%ci","status":%ST,"bytes":%B,"ms":%Ta,"m":"%HM","p":"%HP","c":"%ci:%cp"})"),
            "client=client status=status bytes=bytes ms=duration m=method p=path c=client ");
}

TEST(CompileJsonDefinition, ATimeInPieces) {
  EXPECT_EQ(DescribeJson(R"({"t":"%{%Y-%m-%d}tT%{%T}t.%{msec_frac}tZ","s":"%>s"})"), "t=time s=status ");
  EXPECT_EQ(DescribeJson(R"({"t":"%{%Y-%m-%dT%T}t%{%z}t","s":"%>s"})"), "t=time s=status ");
  EXPECT_EQ(DescribeJson(R"({"t":"%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t","s":"%>s"})"), "t=time s=status ");
  EXPECT_EQ(DescribeJson(R"({"t":"%{%T}tZ","u":"%{%Y-%m-%dT%T}t o'clock","s":"%>s"})"), "s=status ");
}

TEST(CompileJsonDefinition, ARequestLineAndAClientInParts) {
  EXPECT_EQ(DescribeJson(R"({"s":"$status","r":"$request_method $request_uri $server_protocol"})"),
            "s=status r=request ");
  EXPECT_EQ(DescribeJson(R"({"s":"%>s","r":"%m %U%q"})"), "s=status r=request ");
  EXPECT_EQ(DescribeJson(R"({"s":"$status","c":"$remote_addr:$remote_port"})"), "s=status c=client ");
  EXPECT_EQ(DescribeJson(R"({"s":"$status","r":"$request_method $host"})"), "s=status ");
}

TEST(CompileJsonDefinition, OfTwoKeysForOneFieldTheOneThatSaysMore) {
  EXPECT_EQ(DescribeJson(R"({"s":"%s","f":"%>s","d":%D,"t":%T})"), "f=status d=duration ");
  EXPECT_EQ(DescribeJson(R"({"s":$status,"a":"$realip_remote_addr","b":"$remote_addr"})"), "s=status b=client ");
}

TEST(CompileJsonDefinition, RefusalsNameThePlace) {
  EXPECT_THAT(DescribeJson(R"({"a":"$host"})"), HasSubstr("it must hold the status"));
  EXPECT_THAT(DescribeJson(R"({"a":"$status)"), HasSubstr("character 6: this quote is not closed"));
  EXPECT_THAT(DescribeJson(R"({"a":"$status",b)"), HasSubstr("character 16: a key in quotes must stand here"));
  EXPECT_THAT(DescribeJson(R"({"a" "$status"})"), HasSubstr("character 6: a ':' must stand behind a key"));
  EXPECT_THAT(DescribeJson(R"({"a":"$status")"), HasSubstr("character 1: this '{' is not closed"));
  EXPECT_THAT(DescribeJson(R"({"a":"$"})"), HasSubstr("character 6: its value is no field"));
}

TEST(IsJsonDefinition, BeginsWithABraceAndAQuote) {
  EXPECT_TRUE(IsJsonDefinition(R"({"a":$status})"));
  EXPECT_TRUE(IsJsonDefinition(R"( { \"a\":%>s})"));
  for (const char* format : {"", " ", "{", "{$status}", R"("$request" $status)", "$status"}) {
    EXPECT_FALSE(IsJsonDefinition(format)) << format;
  }
}

TEST(CompileLineFormat, AStringThatWritesJsonReadsJson) {
  const std::string_view line = R"({"status":404,"time":"2026-11-22T13:00:00+00:00"})";
  EXPECT_EQ((*CompileLineFormat(R"({"time":"$time_iso8601","status":$status})"))->CountFits({&line, 1}, Fit::kTolerant),
            1u);
  EXPECT_FALSE(CompileLineFormat("{\"a\":1}").ok());
}

}  // namespace
}  // namespace logstat
