#include "src/format/haproxy_string.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/format/say_line.h"

namespace logstat {
namespace {

const std::string kDefault =
    R"(%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r)";

std::string ErrorOf(const std::string& format) {
  const StatusOr<FieldProgram> program = CompileFormat(format);
  return program.ok() ? "no error" : Message(program.status());
}

TEST(HaproxyString, ItsDefaultSaysWhatThePresetSays) {
  for (
      const char* line :
      {R"(192.0.2.7:50412 [22/Nov/2026:13:00:00.123] web~ shop/app1 0/0/1/41/42 200 5120 - - ---- 12/10/3/1/0 0/0 "GET /a HTTP/1.1")",
       R"(::1:50412 [22/Nov/2026:13:00:00.123] web shop/app1 0/0/1/41/+42 200 +5120 - - ---- 12/10/3/1/+1 0/0 {shop.example|curl 200 5} {text/html} "GET /a?b HTTP/1.1")",
       R"(192.0.2.7:50412 [22/Nov/2026:13:00:00.123] web web/<NOSRV> -1/-1/-1/-1/0 400 187 - - PR-- 0/0/0/0/0 0/0 "<BADREQ>")"}) {
    EXPECT_EQ(Read(kDefault, line), ReadPreset("haproxy", line)) << line;
  }
}

TEST(HaproxyString, AStringOfOnesOwn) {
  EXPECT_EQ(Read(R"(%ci:%cp\ [%tr]\ %b/%s\ %ST\ %B\ %Ta\ %tsc\ %{+Q}r)",
                 R"(192.0.2.7:50412 [22/Nov/2026:13:00:00.123] shop/app1 503 217 3004 SC-- "GET /cart?id=7 HTTP/1.1")"),
            "503 time<1795352400123> bytes<217> duration<3004000> client<192.0.2.7> method<GET> target</cart?id=7> "
            "path</cart> query<id=7> protocol<HTTP/1.1> upstream<shop/app1> reason<SC-->");
  EXPECT_EQ(
      Read("%T|%ci|%s|%HM|%HU|%HV|%ST|%Tr|%U|%sslv",
           "22/Nov/2026:13:00:00 +0000|::1|app1|GET|/a?b|HTTP/2.0|404|9|80|TLSv1.3"),
      "404 time<1795352400000> upstream_time<9000> request_bytes<80> client<::1> method<GET> target</a?b> path</a> "
      "query<b> protocol<HTTP/2.0> upstream<app1> tls<TLSv1.3>");
  EXPECT_EQ(Read("%ci %{+Q}[capture.req.hdr(0)] 100%% %ST", R"(192.0.2.7 "curl 500" 100% 200)"),
            "200 client<192.0.2.7>");
}

TEST(HaproxyString, TimesWithAnOffsetBehindABlank) {
  for (const char* name : {"T", "Tl", "trl", "trg"}) {
    EXPECT_EQ(Read(std::string("%ST %") + name + " %Ta %ci", "200 22/Nov/2026:14:00:00 +0100 1500 192.0.2.7"),
              "200 time<1795352400000> duration<1500000> client<192.0.2.7>")
        << name;
  }
  EXPECT_EQ(Read("%ST %trl %Ta %ci", "200 22/Nov/2026:14:00:00 +0100 1500"),
            "200 time<1795352400000> duration<1500000>")
      << "a cut line with as many words as fields";
}

TEST(HaproxyString, IsToldByItsStatus) {
  EXPECT_TRUE(IsHaproxyString(kDefault));
  EXPECT_FALSE(IsHaproxyString("%h %l %u %t \"%r\" %>s %b"));
  EXPECT_FALSE(IsHaproxyString("%STATUS")) << "part of a longer name";
}

TEST(HaproxyString, WhatCannotBeReadIsRefusedInItsPlace) {
  EXPECT_EQ(ErrorOf("%ST %{+Q"), "format string, character 5: '%{' without '}'");
  EXPECT_EQ(ErrorOf("%ST %[src"), "format string, character 5: '%[' without ']'");
  EXPECT_EQ(ErrorOf("%ST % x"), "format string, character 5: a variable's name must follow '%'");
  EXPECT_EQ(ErrorOf("%{+Q}o %ST"),
            "format string, character 1: flags for all variables are not read: give each its own");
  EXPECT_NE(ErrorOf("%ST%B").find("character 4: nothing stands between"), std::string::npos);
}

}  // namespace
}  // namespace logstat
