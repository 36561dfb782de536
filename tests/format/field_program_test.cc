#include "src/format/field_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/format/say_line.h"

namespace logstat {
namespace {

using testing::HasSubstr;

// Literals as they are, fields as {name}, {request} and {skip}.
std::string Describe(std::string_view format) {
  const StatusOr<FieldProgram> program = CompileFormat(format);
  if (!program.ok()) return "refused: " + Message(program.status());
  std::string description;
  for (const ProgramStep& step : program->steps) {
    description += step.literal + "{";
    description += !step.field.has_value() ? "skip" : step.IsRequest() ? "request" : FieldName(step.field->field);
    description += "}";
  }
  return description + program->tail;
}

TEST(CompileFormat, NginxAndApacheSpellTheSameProgram) {
  const std::string combined = R"({client} - {user} [{time}] "{request}" {status} {bytes} "{referrer}" "{agent}")";
  EXPECT_EQ(Describe(R"($remote_addr - $remote_user [$time_local] "$request" )"
                     R"($status $body_bytes_sent "$http_referer" "$http_user_agent")"),
            combined);
  EXPECT_EQ(Describe(R"(%h - %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\")"), combined);
  EXPECT_EQ(Describe(R"(%a - %u %t "%r" %s %O "%{referer}i" "%{USER-AGENT}i")"), combined);
}

TEST(CompileFormat, HostsAndPorts) {
  const std::string expected = R"({host}:{skip} {client} "{request}" {status} {bytes})";
  EXPECT_EQ(Describe(R"($host:$server_port $remote_addr "$request" $status $bytes_sent)"), expected);
  EXPECT_EQ(Describe(R"($http_host:$server_port $remote_addr "$request" $status $bytes_sent)"), expected);
  EXPECT_EQ(Describe(R"(%v:%p %h "%r" %>s %B)"), expected);
  EXPECT_EQ(Describe(R"(%V:%{local}p %h "%r" %>s %B)"), expected);
  EXPECT_EQ(Describe(R"(%{Host}i:%p %h "%r" %>s %B)"), expected);
}

TEST(CompileFormat, BracesOfNginx) {
  EXPECT_EQ(Describe(R"(${remote_addr}x "${request}" ${status} ${bytes_sent})"),
            R"({client}x "{request}" {status} {bytes})");
}

TEST(CompileFormat, WhatIsNoColumnIsReadOver) {
  EXPECT_EQ(Describe(R"("$request" $status $bytes_sent $pid $ssl_cipher $no_such_variable)"),
            R"("{request}" {status} {bytes} {skip} {skip} {skip})");
  EXPECT_EQ(Describe(R"(%l "%r" %>s %b %^FB %{id}n %{no-such}i %X %P)"),
            R"({skip} "{request}" {status} {bytes} {skip} {skip} {skip} {skip} {skip})");
}

TEST(CompileFormat, WhatNginxKnowsBeyondTheCombinedLog) {
  EXPECT_EQ(
      Describe("$msec|$realip_remote_addr|$http_x_forwarded_for|$request_method|$request_uri|$server_protocol|$status|"
               "$request_length|$request_time|$upstream_addr|$upstream_status|$upstream_response_time|"
               "$upstream_cache_status|$scheme|$ssl_protocol|$request_id"),
      "{time}|{client}|{xff}|{method}|{target}|{protocol}|{status}|{request_bytes}|{duration}|{upstream}|"
      "{upstream_status}|{upstream_time}|{cache}|{scheme}|{tls}|{request_id}");
  EXPECT_EQ(Describe("$time_iso8601 $uri $args $status"), "{time} {path} {query} {status}");
}

TEST(CompileFormat, WhatApacheKnowsBeyondTheCombinedLog) {
  EXPECT_EQ(Describe("%{c}a|%{X-Forwarded-For}i|%m|%U|%q|%H|%>s|%I|%D|%{SSL_PROTOCOL}x|%{UNIQUE_ID}e"),
            "{client}|{xff}|{method}|{path}|{query}|{protocol}|{status}|{request_bytes}|{duration}|{tls}|{request_id}");
}

Reading ReadingOfDuration(std::string_view format) {
  const StatusOr<FieldProgram> program = CompileFormat(format);
  for (const ProgramStep& step : program->steps) {
    if (step.Is(Field::kDuration)) return step.field->reading;
  }
  return Reading::kText;
}

TEST(CompileFormat, UnitsOfDurations) {
  EXPECT_EQ(ReadingOfDuration("%>s %D"), Reading::kMicroseconds);
  EXPECT_EQ(ReadingOfDuration("%>s %T"), Reading::kSeconds);
  EXPECT_EQ(ReadingOfDuration("%>s %{s}T"), Reading::kSeconds);
  EXPECT_EQ(ReadingOfDuration("%>s %{ms}T"), Reading::kMilliseconds);
  EXPECT_EQ(ReadingOfDuration("%>s %{us}T"), Reading::kMicroseconds);
  EXPECT_EQ(ReadingOfDuration("$status $request_time"), Reading::kSeconds);
}

TEST(CompileFormat, FormatsOfStrftime) {
  EXPECT_EQ(Describe("%>s %{%Y-%m-%dT%H:%M:%S%z}t"), "{status} {time}");
  EXPECT_EQ(Describe("%>s [%{%d/%b/%Y:%T}t.%{msec_frac}t %{%z}t]"), "{status} [{time}]");
  EXPECT_EQ(Describe("%>s %{sec}t.%{usec_frac}t %D"), "{status} {time} {duration}");
  EXPECT_EQ(Describe("%>s %{begin:msec}t|%m"), "{status} {time}|{method}");
  EXPECT_EQ(Describe("%>s %{%A}t|%m"), "{status} {skip}|{method}");
}

TEST(CompileFormat, ATimeInPiecesAsApachesManualHasIt) {
  EXPECT_EQ(Read("%>s [%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t] %m", "200 [22/Nov/2026 14:00:00.123 +0100] GET"),
            "200 time<1795352400123> method<GET>");
  EXPECT_EQ(Read("%{%Y-%m-%d %H:%M:%S %z}t %h %>s", "2026-11-22 14:00:00 +0100 192.0.2.7 200"),
            "200 time<1795352400000> client<192.0.2.7>");
  EXPECT_EQ(Read("%{%d/%b/%Y}t %{%T}t %h %>s", "22/Nov/2026 13:00:00 192.0.2.7 200"),
            "200 time<1795352400000> client<192.0.2.7>");
}

TEST(CompileFormat, TwoTimesAreNotOne) {
  EXPECT_EQ(Describe("%{begin:msec}t %{end:msec}t %>s"), "{time} {skip} {status}");
  EXPECT_EQ(Describe("%t %{msec}t %>s"), "[{time}] {skip} {status}");
}

TEST(CompileFormat, ATimeThatWouldBeReadAsAnotherOneIsReadOver) {
  EXPECT_EQ(Describe("%>s %{%Y%m%d%H%M%S}t %h"), "{status} {time} {client}");
  for (const char* format : {"%y%m%d%H%M%S", "%Y-%m-%d", "%d/%b/%y:%T", "%Y-%m-%dT%I:%M:%S", "%j", "%m%d%H%M%S"}) {
    EXPECT_EQ(Describe("%>s %{" + std::string(format) + "}t|%h"), "{status} {skip}|{client}") << format;
  }
  EXPECT_EQ(Read("%{%Y-%m-%d %H:%M:%S %Z}t %h %>s", "2026-11-22 13:00:00 CET 192.0.2.7 200"), "200 client<192.0.2.7>");
}

TEST(CompileFormat, FieldsThatAreWrittenAsOneAreOne) {
  EXPECT_EQ(Describe("%>s %U%q"), "{status} {target}");
  EXPECT_EQ(Describe("$status $uri$is_args$args"), "{status} {target}");
  EXPECT_EQ(Describe("$status $uri?$args"), "{status} {target}");
  EXPECT_EQ(Describe("$status $scheme://$host$request_uri"), "{status} {target}");
  EXPECT_EQ(Describe("$status $scheme://$host:$server_port$request_uri"), "{status} {target}");
  EXPECT_EQ(Describe("$status $pid$connection"), "{status} {skip}");
}

TEST(CompileFormat, OfTwoFieldsForOneColumnTheFirstCountsButThoseOfTheAnchorDoBeforeAll) {
  EXPECT_EQ(Describe("$status $time_local $msec $status"), "{status} {time} {skip} {skip}");
  EXPECT_EQ(Describe(R"(%!200,304{Referer}i %<s %400,501{User-agent}i \"%r\" %>s %b%%\t\\)"),
            "{referrer} {skip} {agent} \"{request}\" {status} {bytes}%\t\\");
  EXPECT_EQ(Describe(R"($host "$request" $status $bytes_sent)"), R"({host} "{request}" {status} {bytes})");
}

TEST(CompileFormat, OfTwoFieldsForOneColumnTheOneThatSaysMoreCounts) {
  EXPECT_EQ(Describe("%h %s %>s"), "{client} {skip} {status}");
  EXPECT_EQ(Describe("%h %s"), "{client} {status}");
  EXPECT_EQ(Describe(R"("%r" %s %b %>s)"), R"("{request}" {skip} {bytes} {status})");
  EXPECT_FALSE(CompileFormat(R"("%r" %s %b %>s)")->anchored);
  EXPECT_EQ(Describe("%{c}a %a %>s"), "{skip} {client} {status}");
  EXPECT_EQ(Describe("$realip_remote_addr $remote_addr $status"), "{skip} {client} {status}");
  EXPECT_EQ(Describe("$server_name $host $status"), "{skip} {host} {status}");
  EXPECT_EQ(Describe("%>s %T/%D"), "{status} {skip}/{duration}");
  EXPECT_EQ(Describe("%>s %{ms}T %T %{us}T"), "{status} {skip} {skip} {duration}");
  EXPECT_EQ(Describe("%>s %O %b"), "{status} {skip} {bytes}");
  EXPECT_EQ(CompileFormat("%>s %O %b")->bytes, ByteMeaning::kBody);
  EXPECT_EQ(CompileFormat(R"("$request" $status $bytes_sent $body_bytes_sent)")->bytes, ByteMeaning::kAll);
}

TEST(CompileFormat, HeadersWithAnAddressAreTheClientWhereThereIsNoOther) {
  for (const char* header : {"$http_cf_connecting_ip", "$http_true_client_ip", "$http_x_client_ip",
                             "%{CF-Connecting-IP}i", "%{True-Client-IP}i", "%{X-Client-IP}i"}) {
    const bool is_nginx = header[0] == '$';
    EXPECT_EQ(Describe(std::string(header) + (is_nginx ? " $status" : " %>s")), "{client} {status}") << header;
    EXPECT_EQ(Describe(std::string(header) + (is_nginx ? " $remote_addr $status" : " %h %>s")),
              "{skip} {client} {status}")
        << header;
  }
  const auto columns = [](std::string_view format) { return ColumnsOf(*CompileFormat(format)); };
  const ColumnSet both{Field::kStatus, Field::kClient, Field::kXff};
  EXPECT_EQ(columns("$status|$http_x_forwarded_for"), both);
  EXPECT_EQ(columns("$status|$proxy_add_x_forwarded_for"), both);
  EXPECT_EQ(columns("%>s|%{X-Forwarded-For}i"), both);
}

TEST(CompileFormat, SaysWhatTheByteCountCounts) {
  EXPECT_EQ(CompileFormat("%>s %b")->bytes, ByteMeaning::kBody);
  EXPECT_EQ(CompileFormat("%>s %B")->bytes, ByteMeaning::kBody);
  EXPECT_EQ(CompileFormat("%>s %O")->bytes, ByteMeaning::kAll);
  EXPECT_EQ(CompileFormat("$status $body_bytes_sent")->bytes, ByteMeaning::kBody);
  EXPECT_EQ(CompileFormat("$status $bytes_sent")->bytes, ByteMeaning::kAll);
  EXPECT_EQ(CompileFormat("$status")->bytes, ByteMeaning::kUnknown);
}

TEST(CompileFormat, WhatStandsBehindTheLastSlotIsTheTail) {
  EXPECT_EQ(CompileFormat(R"("$request" $status $bytes_sent end)")->tail, " end");
}

TEST(CompileFormat, KnowsTheRequestAndTheQuotesInFrontOfIt) {
  const StatusOr<FieldProgram> plain = CompileFormat(R"($remote_addr "$request" $status $bytes_sent "$http_referer")");
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(plain->request, 1u);
  EXPECT_EQ(plain->quotes_before_request, 0u);
  const StatusOr<FieldProgram> quoted = CompileFormat(R"("$http_host" "$remote_addr" "$request" $status $bytes_sent)");
  ASSERT_TRUE(quoted.ok());
  EXPECT_EQ(quoted->request, 2u);
  EXPECT_EQ(quoted->quotes_before_request, 4u);
}

TEST(CompileFormat, RefusalsNameThePlace) {
  EXPECT_THAT(Describe("$remote_addr $"), HasSubstr("character 14: a variable's name must follow '$'"));
  EXPECT_THAT(Describe("$remote_addr $- x"), HasSubstr("character 14: a variable's name must follow '$'"));
  EXPECT_THAT(Describe("ab ${status"), HasSubstr("character 4: '${' without '}'"));
  EXPECT_THAT(Describe("${}"), HasSubstr("character 1: a variable's name must follow '$'"));
  EXPECT_THAT(Describe("%h %{Referer"), HasSubstr("'%{' without '}'"));
  EXPECT_THAT(Describe("%h %"), HasSubstr("character 4: a directive's letter must follow '%'"));
  EXPECT_THAT(Describe("%h %{Referer}"), HasSubstr("character 4: a directive's letter must follow '%'"));
  EXPECT_THAT(Describe("%h %>"), HasSubstr("character 4: a directive's letter must follow '%'"));
  EXPECT_THAT(Describe("%h %^F"), HasSubstr("character 4: two letters must follow '^'"));
}

TEST(CompileFormat, KnowsWhetherLinesHaveAnAnchor) {
  for (const char* format : {R"("%r" %>s)", R"(%r %>s %b)", R"("%r"  %>s %b)", R"("%r" %b %>s)", R"('%r' %>s %b)",
                             R"("%r" %>s,%b)", R"("%m %U" %>s %b)", R"("$request" "$status" $bytes_sent)",
                             R"("$request" $body_bytes_sent $status)", "$msec|$status"}) {
    const StatusOr<FieldProgram> program = CompileFormat(format);
    ASSERT_TRUE(program.ok()) << format;
    EXPECT_FALSE(program->anchored) << format;
    EXPECT_TRUE(program->steps[program->status].IsStatus()) << format;
  }
}

TEST(CompileFormat, RefusesWhatHasNoStatus) {
  for (const char* format : {"", "combined", "%h %l %u %t", R"("%r")"}) {
    EXPECT_THAT(Describe(format), HasSubstr("it must hold the status")) << format;
  }
}

TEST(CompileFormat, RefusesWhatCannotBeToldApart) {
  EXPECT_THAT(Describe("%>s%b"), HasSubstr("character 4: nothing stands between this field and the one before"));
  EXPECT_THAT(Describe("$status $host$request_uri"), HasSubstr("character 14: nothing stands between"));
  EXPECT_THAT(Describe(R"($status "$request)"), HasSubstr("character 9: this quote is not closed"));
}

TEST(CompileFormat, RefusesATextOfWhichNobodyCanTellWhereItEnds) {
  EXPECT_THAT(Describe("$status $request $http_user_agent"), HasSubstr("character 18: nobody can tell where the text"));
  EXPECT_THAT(Describe("$status,$request,$http_user_agent"), HasSubstr("character 18: nobody can tell where"));
  EXPECT_THAT(Describe("$http_user_agent $request_method $uri $status"), HasSubstr("character 18: nobody can tell"));
  EXPECT_THAT(Describe("%>s %{User-Agent}i %r"), HasSubstr("character 20: nobody can tell"));
  for (const char* format : {"$request $status $http_user_agent", "$status $http_user_agent $host", "$status $request",
                             "$status $http_user_agent\t$request", "$status [$http_user_agent] [$request]",
                             R"($status "$request" "$http_user_agent")", "$http_user_agent $msec $uri $status"}) {
    EXPECT_TRUE(CompileFormat(format).ok()) << format;
  }
}

TEST(CompileFormat, RefusesARecordOfSeveralLines) {
  EXPECT_THAT(Describe("$remote_addr\n$status"), HasSubstr("character 13: a line break stands here"));
  EXPECT_THAT(Describe("$status $remote_addr\n"), HasSubstr("character 21: a line break stands here"));
  EXPECT_THAT(Describe(R"(%>s\n%h)"), HasSubstr("character 4: a line break stands here"));
  EXPECT_EQ(Describe(R"($status\n$host)"), R"({status}\n{host})") << "nginx knows no such escape";
}

}  // namespace
}  // namespace logstat
