#include "src/format/field_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace logstat {
namespace {

using testing::HasSubstr;

// Literals as they are, slots as {name}.
std::string Describe(std::string_view format) {
  static constexpr const char* kNames[] = {"{skip}",  "{client}",   "{user}",  "{time}", "{request}", "{status}",
                                           "{bytes}", "{referrer}", "{agent}", "{host}", "{port}"};
  const StatusOr<FieldProgram> program = CompileFormat(format);
  if (!program.ok()) return "refused: " + Message(program.status());
  std::string description;
  for (const ProgramStep& step : program->steps) {
    description += step.literal + kNames[static_cast<size_t>(step.slot)];
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
  const std::string expected = R"({host}:{port} {client} "{request}" {status} {bytes})";
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
  EXPECT_EQ(Describe(R"("$request" $status $bytes_sent $request_time $upstream_status $no_such_variable)"),
            R"("{request}" {status} {bytes} {skip} {skip} {skip})");
  EXPECT_EQ(Describe(R"(%{X-Forwarded-For}i %{c}a "%r" %>s %b %D %{ms}T %^FB %{%s}t %{id}n)"),
            R"({skip} {skip} "{request}" {status} {bytes} {skip} {skip} {skip} {skip} {skip})");
}

TEST(CompileFormat, ApachesModifiersAndEscapes) {
  EXPECT_EQ(Describe(R"(%!200,304{Referer}i %<s %400,501{User-agent}i \"%r\" %>s %b%%\t\\)"),
            "{referrer} {status} {agent} \"{request}\" {status} {bytes}%\t\\");
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

TEST(CompileFormat, RefusesWhatHasNoAnchor) {
  for (const char* format :
       {"", "combined", "%h %l %u %t", R"("%r" %>s)", R"("%r")", R"(%r %>s %b)", R"("%r"  %>s %b)", R"("%r" %b %>s)",
        R"('%r' %>s %b)", R"("%r" %>s,%b)", R"("%m %U" %>s %b)", R"("$request" "$status" $bytes_sent)",
        R"("$request" $body_bytes_sent $status)", R"("$request:$status $bytes_sent)"}) {
    EXPECT_THAT(Describe(format), HasSubstr("it must hold the request in quotes, the status and the byte count"))
        << format;
  }
}

}  // namespace
}  // namespace logstat
