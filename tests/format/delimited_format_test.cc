#include "src/format/delimited_format.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/base/sanitized.h"
#include "tests/format/read_cells.h"
#include "tests/format/say_line.h"

namespace logstat {
namespace {

constexpr std::string_view kPipes = "$msec|$status|$request_method|$request_uri|$remote_addr|$body_bytes_sent";

TEST(DelimitedFormat, FieldByField) {
  EXPECT_EQ(Read(kPipes, "1795352400.123|404|GET|/a?b=c|192.0.2.7|512"),
            "404 time<1795352400123> bytes<512> client<192.0.2.7> method<GET> target</a?b=c> path</a> query<b=c>");
}

TEST(DelimitedFormat, ADelimiterInFreeTextMovesNothing) {
  EXPECT_EQ(Read(kPipes, "1795352400.123|404|GET|/a|b|c|192.0.2.7|512"),
            "404 time<1795352400123> bytes<512> client<192.0.2.7> method<GET> target</a|b|c> path</a|b|c>");
  EXPECT_EQ(Read("$request_uri|$status|$body_bytes_sent", "/a|200|7|404|512"),
            "404 bytes<512> target</a|200|7> path</a|200|7>")
      << "nothing is to follow the byte count";
  EXPECT_EQ(Read("$request_uri|$status|$body_bytes_sent|$http_referer", "/a|200|7|404|512"),
            "200 bytes<7> target</a> path</a> referrer<404|512>")
      << "the first place behind which all is well-formed";
  EXPECT_EQ(Read("$http_user_agent|$status|$remote_addr", "a|b|c|404|192.0.2.7"), "404 client<192.0.2.7> agent<a|b|c>");
  EXPECT_EQ(Read(R"("$request" $time_iso8601 $status)", R"("GET /a" 200 "b HTTP/1.1" 2026-11-22T13:00:00Z 404)"),
            R"(404 time<1795352400000> method<GET> target</a" 200 "b> path</a" 200 "b> protocol<HTTP/1.1>)");
}

// The kernels look for NULs then, in lack of another byte.
TEST(DelimitedFormat, NulsPartNothingWhereThereIsNoDelimiter) {
  using std::string_view_literals::operator""sv;
  const auto format = CompileLineFormat("*%s2%0T");
  ASSERT_TRUE(format.ok());
  const std::vector<ReadRow> rows = ReadText("0\0\n"sv, **format, kEveryColumn, {});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].kind, LineKind::kNoStatus);
  EXPECT_EQ(rows, ReadText("0\0\n"sv, **format, kEveryColumn, {&ScalarKernels(), false}));
}

TEST(DelimitedFormat, ARequestWithoutQuotesEndsWhereTheWholeLineIsUsedUp) {
  EXPECT_EQ(Read("$remote_addr [$msec] $request $status $body_bytes_sent",
                 "192.0.2.7 [1795352400.123] GET /x 200 5 HTTP/1.1 404 12"),
            "404 time<1795352400123> bytes<12> client<192.0.2.7> method<GET> target</x 200 5> path</x 200 5> "
            "protocol<HTTP/1.1>");
  EXPECT_EQ(Read("$request $status \"$http_user_agent\"", R"(GET /x 200 5 HTTP/1.1 404 "curl")"),
            "404 method<GET> target</x 200 5> path</x 200 5> protocol<HTTP/1.1> agent<curl>");
  EXPECT_EQ(Read("$request $status $body_bytes_sent", "GET /x HTTP/1.1 404 12 more"),
            "404 bytes<12> method<GET> target</x> path</x> protocol<HTTP/1.1>")
      << "a field too many";
}

TEST(DelimitedFormat, AFieldThatIsBrokenIsMissingAndTheNextInItsPlace) {
  EXPECT_EQ(Read(kPipes, "yesterday|404|GET|/a|192.0.2.7|many"),
            "404 client<192.0.2.7> method<GET> target</a> path</a>");
  EXPECT_EQ(Read("$time_iso8601 $status $request_method", "2026-13-22T13:00:00Z 404 GET"), "404 method<GET>");
}

TEST(DelimitedFormat, ALineCountsIffItsStatusCanBeRead) {
  EXPECT_EQ(Read(kPipes, "1795352400.123|404"), "404 time<1795352400123>");
  EXPECT_EQ(Read(kPipes, "1795352400.123|404|"), "404 time<1795352400123>");
  EXPECT_EQ(Read(kPipes, "1795352400.123|-|GET|/a|192.0.2.7|0").substr(0, 2), "0 ");
  EXPECT_EQ(Read(kPipes, "1795352400.123|4040|GET|/a|192.0.2.7|0"), "no_status");
  EXPECT_EQ(Read(kPipes, "1795352400.123||GET|/a|192.0.2.7|0"), "no_status");
  EXPECT_EQ(Read(kPipes, "1795352400.123"), "too_few_fields");
  EXPECT_EQ(Read(kPipes, "a line of another program"), "no_status");
  EXPECT_EQ(Read(kPipes, "# 1795352400.123|404"), "ignored");
  EXPECT_EQ(Read(kPipes, " \t"), "ignored");
  EXPECT_EQ(Read("$status", "404"), "404");
}

TEST(DelimitedFormat, BlanksAndNulsInFrontAndFieldsTooMany) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(Read(kPipes, "\0\0 1795352400.123|404|GET|/a|192.0.2.7|512 x"sv),
            "404 time<1795352400123> bytes<512> client<192.0.2.7> method<GET> target</a> path</a>");
}

TEST(DelimitedFormat, ListsOfUpstreams) {
  EXPECT_EQ(Read("$status $upstream_addr $upstream_status $upstream_response_time $request_method",
                 "200 10.0.0.5:80, 10.0.0.6:80 : 10.0.0.7:80 502, 504 : 200 0.100, 0.200 : 0.300 GET"),
            "200 upstream_time<600000> upstream_status<200> method<GET> upstream<10.0.0.7:80>");
  EXPECT_EQ(Read("$status $upstream_addr $upstream_status $upstream_response_time $request_method", "499 - - - GET"),
            "499 upstream_status<0> method<GET> upstream<->");
}

TEST(DelimitedFormat, TwoBlanksStandForAnyNumber) {
  EXPECT_EQ(Read("$status  $request_time|$request_method", "200 1.5|GET"), "200 duration<1500000> method<GET>");
  EXPECT_EQ(Read("$status  $request_time|$request_method", "200      1.5|GET"), "200 duration<1500000> method<GET>");
}

TEST(DelimitedFormat, EscapedQuotes) {
  EXPECT_EQ(Read(R"($status "$http_user_agent" "$http_referer")", R"(200 "a \"b\" \\" "-")"),
            R"(200 referrer<-> agent<a \"b\" \\>)");
}

TEST(DelimitedFormat, TargetsWrittenInParts) {
  EXPECT_EQ(Read("%>s %m %U%q %H", "200 GET /a?b HTTP/1.1"),
            "200 method<GET> target</a?b> path</a> query<b> protocol<HTTP/1.1>");
  EXPECT_EQ(Read("%>s %q|%U", "200 ?b=c|/a"), "200 path</a> query<b=c>");
  EXPECT_EQ(Read("$status $scheme://$host$request_uri", "200 https://shop.example:8443/a?b"),
            "200 target<https://shop.example:8443/a?b> path</a> query<b> host<shop.example> scheme<https>");
}

// It would be minutes if the look ahead of each place went to the line's end.
// In square time a line of these takes minutes, and the test's time runs out.
TEST(DelimitedFormat, HostileLinesTakeLinearTime) {
  const size_t length = size_t{kSanitized ? 20u : 200u} << 10;
  for (const char* definition :
       {R"($http_user_agent|$status|$remote_addr)", R"("$http_user_agent" "$host" $status)",
        "$http_user_agent $upstream_addr $upstream_response_time $status", "$http_user_agent, $_time, $status",
        "$status $http_user_agent $upstream_addr", "$status $http_user_agent $upstream_response_time $upstream_addr",
        "$request_uri $host x $status"}) {
    for (const char* piece : {"|", " ", "\" ", "\" \"", ", ", "1, ", " : ", "a ", "||200|"}) {
      std::string line;
      while (line.size() < length) line += piece;
      Read(definition, line);
    }
  }
}

TEST(Presets, HaproxyItsTimersItsReasonAndWhatItCaptured) {
  EXPECT_EQ(
      ReadPreset("haproxy", R"(::1:50412 [22/Nov/2026:13:00:00.123] web~ shop/app1 0/0/1/41/+42 200 +5120 - - ---- )"
                            R"(12/10/3/1/0 0/0 {shop.example|curl #22x} {text/html} "GET /a HTTP/1.1")"),
      "200 time<1795352400123> bytes<5120> duration<42000> upstream_time<41000> client<::1> method<GET> "
      "target</a> path</a> protocol<HTTP/1.1> upstream<shop/app1> reason<---->");
  EXPECT_EQ(
      ReadPreset("haproxy", R"(192.0.2.7:50412 [22/Nov/2026:13:00:00.123] web web/<NOSRV> -1/-1/-1/-1/0 400 187 - - )"
                            R"(PR-- 0/0/0/0/0 0/0 "<BADREQ>")"),
      "400 time<1795352400123> bytes<187> duration<0> client<192.0.2.7> upstream<web/<NOSRV>> reason<PR-->");
  EXPECT_EQ(ReadPreset("haproxy", R"(192.0.2.7:50412 [22/Nov/2026:13:00:00.123] web shop/app1 0/0/0/-1/9 -1 0 - - )"
                                  R"(CD-- 0/0/0/0/0 0/0 "GET /a HTTP/1.1")")
                .substr(0, 2),
            "0 ");
}

TEST(Presets, HaproxysOtherLinesHaveNoStatus) {
  for (const char* line : {"192.0.2.7:50412 [22/Nov/2026:13:00:00.123] db db/db1 1/0/5007 212 -- 2/2/1/1/0 0/0",
                           "Connect from 192.0.2.7:50412 to 10.0.0.1:443 (web/HTTP)",
                           "192.0.2.7:50412 [22/Nov/2026:13:00:00.123] web/1: SSL handshake failure"}) {
    EXPECT_EQ(ReadPreset("haproxy", line), "no_status") << line;
  }
}

TEST(Presets, SquidAbortedAndPadded) {
  EXPECT_EQ(ReadPreset("squid",
                       "1795352400.123   1042 192.0.2.7 TCP_MISS_ABORTED/000 0 GET http://shop.example/a?b - "
                       "HIER_DIRECT/10.0.0.5 -"),
            "0 time<1795352400123> bytes<0> duration<1042000> client<192.0.2.7> user<-> method<GET> "
            "target<http://shop.example/a?b> path</a> query<b> host<shop.example> upstream<10.0.0.5> scheme<http> "
            "reason<TCP_MISS_ABORTED>");
  EXPECT_EQ(ReadPreset("squid",
                       "1795352400.123 1234567 192.0.2.7 NONE_NONE/400 3900 - error:invalid-request - HIER_NONE/- "
                       "text/html")
                .substr(0, 4),
            "400 ");
}

TEST(Presets, NpmsStatusIsTheSecond) {
  const std::string says = ReadPreset("npm", FindPreset("npm")->example);
  EXPECT_EQ(says.substr(0, 4), "200 ");
  EXPECT_NE(says.find("upstream_status<404>"), std::string::npos) << says;
}

TEST(Presets, BalancersTimesAndAConnectionWithoutAStatus) {
  const std::string alb = ReadPreset("alb", FindPreset("alb")->example);
  EXPECT_NE(alb.find(" duration<42000> upstream_time<41000> "), std::string::npos) << alb;
  EXPECT_NE(alb.find(" upstream_status<200> request_bytes<412> client<192.0.2.7> "), std::string::npos) << alb;
  EXPECT_NE(alb.find(" tls<TLSv1.2>"), std::string::npos) << alb;
  EXPECT_EQ(
      ReadPreset("elb", R"(2026-11-22T13:00:00.123456Z shop 192.0.2.7:50412 10.0.0.5:8080 0.001 0.002 0.003 - - 82 )"
                        R"(305 "- - - " "-" - -)"),
      "0 time<1795352400123> bytes<305> duration<6000> upstream_time<2000> upstream_status<0> request_bytes<82> "
      "client<192.0.2.7> method<-> target<- -> path<- -> agent<-> upstream<10.0.0.5:8080> tls<->");
}

TEST(Presets, EnvoysFlagsAndS3sErrorsAreReasons) {
  EXPECT_NE(
      ReadPreset("envoy",
                 R"([2026-11-22T13:00:00.123Z] "GET /a HTTP/1.1" 503 UF,URX 0 91 42 - "-" "curl" "1" "a.example" "-")")
          .find(" reason<UF,URX>"),
      std::string::npos);
  EXPECT_NE(ReadPreset("s3", FindPreset("s3")->example).find(" duration<42000> upstream_time<41000> client<192.0.2.7>"),
            std::string::npos);
}

TEST(Presets, FieldsBehindTheAgentFillTheirColumns) {
  EXPECT_EQ(ReadPreset("ingress_nginx", FindPreset("ingress_nginx")->example),
            "200 time<1795352400000> bytes<5120> duration<42000> upstream_time<41000> upstream_status<200> "
            "request_bytes<412> client<192.0.2.7> user<-> method<GET> target</cart?id=7> path</cart> query<id=7> "
            "protocol<HTTP/1.1> referrer<-> agent<Mozilla/5.0> upstream<10.0.0.5:8080> "
            "request_id<7c1d2f0e9a5b4c338d6e0f1a2b3c4d5e>");
  EXPECT_NE(ReadPreset("traefik", FindPreset("traefik")->example).find("duration<42000>"), std::string::npos);
  EXPECT_NE(ReadPreset("lighttpd", FindPreset("lighttpd")->example).find("host<shop.example>"), std::string::npos);
}

}  // namespace
}  // namespace logstat
