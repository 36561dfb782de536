#include "src/format/apache_conf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "src/format/apache_lines.h"
#include "tests/format/conf_tree.h"

namespace logstat {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> SayApache(std::string_view text) {
  const ConfTree tree{{"httpd.conf", text}};
  return tree.Say(ReadApacheConf(tree.Path("httpd.conf")));
}

TEST(ApacheConf, NamesHaveNoCaseAndLinesGoOn) {
  EXPECT_THAT(SayApache("# LogFormat \"%s\" no \\\n  LogFormat \"%h\" no\n"
                        "LOGFORMAT \"%h \\\\t \\\"%r\\\" \\\n   %>s\" timed\n"
                        "customlog logs/a timed env=!quiet\r\n"),
              ElementsAre("timed@httpd.conf:3=%h \\t \"%r\"    %>s", "logs/a>timed"));
}

TEST(ApacheConf, AStringInCustomLogHasNoName) {
  EXPECT_THAT(SayApache("CustomLog \"|/usr/bin/rotatelogs a 86400\" '%h \"%r\" %s'\n"),
              ElementsAre("@httpd.conf:1=%h \"%r\" %s", "|/usr/bin/rotatelogs a 86400>"));
}

TEST(ApacheConf, TransferLogTakesTheDefaultOfItsScope) {
  EXPECT_THAT(SayApache("TransferLog logs/x\n"), ElementsAre("@httpd.conf:1=%h %l %u %t \"%r\" %>s %b", "logs/x>"));
  EXPECT_THAT(SayApache("TransferLog logs/x\nLogFormat \"%h\" n\nLogFormat n\n"),
              ElementsAre("n@httpd.conf:2=%h", "@httpd.conf:3=n", "logs/x>n"));
  EXPECT_THAT(SayApache("LogFormat \"%s\"\n<VirtualHost *:80>\nTransferLog logs/x\n</VirtualHost>\n"),
              ElementsAre("@httpd.conf:1=%s", "@httpd.conf:3=%s", "logs/x>"));
}

TEST(ApacheConf, AVirtualHostSeesItsOwnAndTheServersFormats) {
  EXPECT_THAT(SayApache("<VirtualHost a>\nCustomLog a x\nCustomLog a2 y\nLogFormat \"%a\" x\n</VirtualHost>\n"
                        "<VirtualHost b>\nCustomLog b x\n</VirtualHost>\nLogFormat \"%h\" x\nLogFormat \"%l\" y\n"),
              ElementsAre("x@httpd.conf:4=%a", "x@httpd.conf:9=%h", "y@httpd.conf:10=%l", "a>x", "a2>y", "b>x"));
}

TEST(ApacheConf, TheLastDefinitionStandsUnlessItIsTheOtherCase) {
  EXPECT_THAT(SayApache("LogFormat \"%h\" x\nLogFormat \"%a\" x\n"), ElementsAre("x@httpd.conf:2=%a"));
  EXPECT_THAT(SayApache("<IfModule logio>\nLogFormat \"%O\" x\n</IfModule>\n"
                        "<IfModule !logio>\nLogFormat \"%b\" x\n</IfModule>\n"),
              ElementsAre("x@httpd.conf:2=%O"));
  EXPECT_THAT(SayApache("<IfDefine A>\nLogFormat \"%O\" x\n<Else>\nLogFormat \"%b\" x\n</Else>\n</IfDefine>\n"),
              ElementsAre("x@httpd.conf:2=%O"));
  EXPECT_THAT(SayApache("<IfModule !logio>\nLogFormat \"%b\" x\n</IfModule>\nLogFormat \"%h\" x\n"),
              ElementsAre("x@httpd.conf:4=%h"));
}

TEST(ApacheConf, DefinesAreReplacedAndOthersStay) {
  EXPECT_THAT(
      SayApache("Define dir /var/log\nDefine none\nCustomLog ${dir}/${APACHE}/a${none} x\nLogFormat \"%h ${dir\" x\n"),
      ElementsAre("x@httpd.conf:4=%h ${dir", "/var/log/${APACHE}/a>x"));
  EXPECT_THAT(SayApache("Define none\n${none}\n"), IsEmpty());
}

TEST(ApacheConf, IncludesAreRelativeToTheServerRoot) {
  const ConfTree tree{{"conf/httpd.conf", "PLACEHOLDER"},
                      {"conf.d/b.conf", "CustomLog b x\n"},
                      {"conf.d/a.conf", "IncludeOptional none.d\n"},
                      {"extra/one/f.conf", "LogFormat \"%h\" x\n"}};
  const std::string root = tree.Path("");
  std::ofstream(tree.Path("conf/httpd.conf"))
      << "ServerRoot \"" << root << "\"\nInclude conf.d/*.conf\nInclude extra/\n";
  EXPECT_THAT(tree.Say(ReadApacheConf(tree.Path("conf/httpd.conf"))), ElementsAre("x@extra/one/f.conf:1=%h", "b>x"));
}

TEST(ApacheConf, IncludesAreRelativeToTheFileIfTheServerRootIsElsewhere) {
  const ConfTree tree{{"httpd.conf", "ServerRoot /nonexistent\nInclude sites/*.conf\nInclude gone.conf\n"},
                      {"sites/a.conf", "LogFormat \"%h\" x\nCustomLog a none\n"}};
  EXPECT_THAT(tree.Say(ReadApacheConf(tree.Path("httpd.conf"))),
              ElementsAre("x@sites/a.conf:1=%h", "!httpd.conf:3: gone.conf: cannot open: No such file or directory",
                          "!sites/a.conf:2: CustomLog uses a format 'none' that no LogFormat defines"));
}

TEST(ApacheConf, ACircleIsAnErrorWithItsPlace) {
  const ConfTree tree{{"httpd.conf", "\nInclude *.conf\n"}};
  EXPECT_THAT(tree.Say(ReadApacheConf(tree.Path("httpd.conf"))),
              ElementsAre(HasSubstr("error: httpd.conf:2: includes httpd.conf, which is being read")));
}

TEST(ApacheConf, SectionsMustEndWhereTheyBegan) {
  EXPECT_THAT(SayApache("\n<IfModule x>\n"), ElementsAre("error: httpd.conf:2: <ifmodule> has no end"));
  EXPECT_THAT(SayApache("</IfModule>\n"), ElementsAre("error: httpd.conf:1: </ifmodule> without its <ifmodule>"));
  EXPECT_THAT(SayApache("<If x>\n</Files>\n"), ElementsAre("error: httpd.conf:2: </files> ends <if> of line 1"));
  EXPECT_THAT(SayApache("<\n</\n"), IsEmpty());
}

TEST(ApacheWords, QuotesOfBothKinds) {
  EXPECT_THAT(ApacheWords(R"(a "b \"c\" \\ \d" 'e "f" \'g\'' h"i)"),
              ElementsAre("a", R"(b "c" \ \d)", R"(e "f" 'g')", "h\"i"));
  EXPECT_THAT(ApacheWords("a \"no end "), ElementsAre("a", "no end "));
  EXPECT_THAT(ApacheWords("a \"\""), ElementsAre("a", ""));
  EXPECT_THAT(ApacheWords(" \t"), IsEmpty());
}

}  // namespace
}  // namespace logstat
