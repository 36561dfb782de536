#include "src/format/nginx_conf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/format/conf_tree.h"

namespace logstat {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> SayNginx(std::string_view text) {
  const ConfTree tree{{"nginx.conf", text}};
  return tree.Say(ReadNginxConf(tree.Path("nginx.conf")));
}

TEST(NginxConf, StringsOfAllKindsAreJoinedOverSeveralLines) {
  EXPECT_THAT(SayNginx("http {\n"
                       "  log_format timed '$remote_addr [$time_local] '\n"
                       "                   # a comment between ' the parts\n"
                       "                   \"\\\"$request\\\" \" $status\n"
                       "                   ' \\'q\\' \\\\ \\x\\t|';\n"
                       "}\n"),
              ElementsAre("timed@nginx.conf:2=$remote_addr [$time_local] \"$request\" $status 'q' \\ \\x\t|"));
}

TEST(NginxConf, EscapeIsNoPartOfTheString) {
  for (const auto& [how, escape] : {std::pair("json", ConfEscape::kJson), std::pair("none", ConfEscape::kNone),
                                    std::pair("default", ConfEscape::kDefault)}) {
    const ConfTree tree{{"nginx.conf", "log_format j escape=" + std::string(how) + " '{\"s\":$status}';"}};
    const StatusOr<ConfFormats> conf = ReadNginxConf(tree.Path("nginx.conf"));
    ASSERT_TRUE(conf.ok());
    EXPECT_EQ(conf->formats[0].text, "{\"s\":$status}");
    EXPECT_EQ(conf->formats[0].escape, escape);
  }
  EXPECT_THAT(SayNginx("log_format j escape=xml '$status';"),
              ElementsAre(HasSubstr("error: nginx.conf:1: log_format")));
}

TEST(NginxConf, UsesAtAnyDepthAndTheDefaultName) {
  EXPECT_THAT(SayNginx("http { log_format a '$status'; access_log /l/a a buffer=32k;\n"
                       " server { access_log off; location / { access_log syslog:server=[::1] a; } }\n"
                       " server { access_log /l/b; } }\n"),
              ElementsAre("a@nginx.conf:1=$status", "/l/a>a", "syslog:server=[::1]>a", "/l/b>combined"));
}

TEST(NginxConf, CombinedIsBuiltInUnlessDefined) {
  const ConfTree tree{{"nginx.conf", "http { }"}};
  const StatusOr<ConfFormats> conf = ReadNginxConf(tree.Path("nginx.conf"));
  ASSERT_EQ(conf->formats.size(), 1u);
  EXPECT_EQ(conf->formats[0].name, "combined");
  EXPECT_THAT(conf->formats[0].text, HasSubstr("\"$http_user_agent\""));
}

TEST(NginxConf, StreamAndMailHaveOtherLogs) {
  EXPECT_THAT(SayNginx("stream { log_format s '$protocol'; server { access_log /l/s s; } }\n"
                       "http { access_log /l/h; }\n"),
              ElementsAre("/l/h>combined"));
}

TEST(NginxConf, BracesAndSemicolonsInsideWordsEndNothing) {
  EXPECT_THAT(SayNginx("http { map $uri $x { \"~^/a{2};\" 1; default ${y}z; }\n"
                       " content_by_lua_block { local t = { a = \"}\" } -- it's }\n }\n"
                       " log_format x \"${status}#1\"; }"),
              ElementsAre("x@nginx.conf:4=${status}#1"));
}

TEST(NginxConf, IncludesAreRelativeToTheMainFileAlsoFromBelow) {
  const ConfTree tree{{"nginx.conf", "http { include conf.d/*.conf; }"},
                      {"conf.d/b.conf", "access_log /l/b f;"},
                      {"conf.d/a.conf", "include conf.d/deep/x;"},
                      {"conf.d/deep/x", "\nlog_format f '$status';"}};
  EXPECT_THAT(tree.Say(ReadNginxConf(tree.Path("nginx.conf"))), ElementsAre("f@conf.d/deep/x:2=$status", "/l/b>f"));
}

TEST(NginxConf, WhatCannotBeReadIsAGap) {
  EXPECT_THAT(SayNginx("include *.none;\ninclude mime.types;\naccess_log /l/a nope;"),
              ElementsAre("!nginx.conf:2: mime.types: cannot open: No such file or directory",
                          "!nginx.conf:3: access_log uses a format 'nope' that no log_format defines"));
}

TEST(NginxConf, ACircleIsAnErrorWithItsPlace) {
  const ConfTree tree{
      {"nginx.conf", "include a.conf;"}, {"a.conf", "\ninclude b.conf;"}, {"b.conf", "include *.conf;"}};
  EXPECT_THAT(tree.Say(ReadNginxConf(tree.Path("nginx.conf"))),
              ElementsAre("error: b.conf:1: includes a.conf, which is being read: the configuration includes itself"));
}

TEST(NginxConf, ManyFilesThatIncludeEachOtherEnd) {
  std::string all;  // level k includes level k + 1 ten times: 10^20 files in all
  for (int i = 0; i < 10; ++i) all += "include LEVEL;";
  ConfTree tree{{"nginx.conf", "include level0;"}};
  TempDir unused;
  for (int level = 0; level < 20; ++level) {
    std::string text = all;
    for (size_t at; (at = text.find("LEVEL")) != std::string::npos;) {
      text.replace(at, 5, "level" + std::to_string(level + 1));
    }
    std::ofstream(tree.Path("level" + std::to_string(level))) << text;
  }
  std::ofstream(tree.Path("level20")) << "";
  EXPECT_THAT(tree.Say(ReadNginxConf(tree.Path("nginx.conf"))),
              ElementsAre(HasSubstr("more than 10000 files are included")));
}

TEST(NginxConf, BrokenSyntaxIsAnErrorWithItsLine) {
  EXPECT_THAT(SayNginx("\nlog_format x '$status;\n\n"), ElementsAre("error: nginx.conf:2: the quote has no end"));
  EXPECT_THAT(SayNginx("\nhttp {\nserver {\n}\n"), ElementsAre("error: nginx.conf:2: the block has no '}'"));
  EXPECT_THAT(SayNginx("}\n"), ElementsAre("error: nginx.conf:1: '}' without its '{'"));
  EXPECT_THAT(SayNginx("\nuser www\n"), ElementsAre("error: nginx.conf:2: 'user' has no ';' behind it"));
  EXPECT_THAT(SayNginx("log_format x;"), ElementsAre("error: nginx.conf:1: log_format needs a name and a string"));
  EXPECT_THAT(SayNginx("x_by_lua_block {\n {}"), ElementsAre("error: nginx.conf:1: the block has no '}'"));
  EXPECT_THAT(SayNginx(""), IsEmpty());
  EXPECT_THAT(SayNginx("x \\"), ElementsAre("error: nginx.conf:1: 'x' has no ';' behind it"));
}

}  // namespace
}  // namespace logstat
