#include "src/format/from_conf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/format/conf_tree.h"

namespace logstat {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// The string that is found, or what is wrong.
std::string Find(const ConfTree& tree, std::string_view path_and_name) {
  const StatusOr<ConfFormat> found = FormatFromConf(tree.Path(path_and_name));
  return tree.Relative(found.ok() ? found->text : Message(found.status()));
}

TEST(FormatFromConf, ByName) {
  const ConfTree tree{{"nginx.conf", "log_format a '$status';\nlog_format b '$request';\n"},
                      {"httpd.conf", "LogFormat \"%s\" a\nLogFormat \"%r\" b\n"}};
  EXPECT_EQ(Find(tree, "nginx.conf:b"), "$request");
  EXPECT_EQ(Find(tree, "httpd.conf:b"), "%r");
  EXPECT_EQ(Find(tree, "httpd.conf:c"),
            "--from-conf: httpd.conf: there is no format 'c'; defined are a (httpd.conf:1); b (httpd.conf:2)");
  EXPECT_THAT(Find(tree, "nginx.conf:c"), HasSubstr("b (nginx.conf:2); combined (built in)"));
  EXPECT_EQ(FormatFromConf(tree.Path("httpd.conf:a"))->dialect, ConfDialect::kApache);
}

TEST(FormatFromConf, TheOneInUse) {
  const ConfTree tree{
      {"nginx.conf", "log_format a '$status';\nlog_format b '$request';\naccess_log x b;access_log y b;"}};
  EXPECT_EQ(Find(tree, "nginx.conf"), "$request");
}

TEST(FormatFromConf, TwoNamesOfOneStringAreOneFormat) {
  const ConfTree tree{{"httpd.conf", "LogFormat \"%s\" a\nLogFormat \"%s\" b\nCustomLog x a\nCustomLog y b\n"}};
  EXPECT_EQ(Find(tree, "httpd.conf"), "%s");
}

TEST(FormatFromConf, SeveralInUseAreAQuestion) {
  const ConfTree tree{{"httpd.conf",
                       "LogFormat \"%s\" a\nLogFormat \"%r\" b\nLogFormat \"%h\" c\n"
                       "CustomLog 1 a\nCustomLog 2 b\nCustomLog 3 b\nCustomLog 4 b\nCustomLog 5 b\nCustomLog 5 b\n"
                       "CustomLog 6 \"%u\"\n"}};
  EXPECT_EQ(Find(tree, "httpd.conf"),
            "--from-conf: which format? the logs have different ones, name one as in httpd.conf:NAME: "
            "a (httpd.conf:1, used by 1); b (httpd.conf:2, used by 2, 3, 4, 1 more); "
            "a string without a name (httpd.conf:10, used by 6)");
}

TEST(FormatFromConf, NoneInUseIsAQuestion) {
  const ConfTree tree{{"nginx.conf", "log_format a '$status';access_log off;"}, {"empty.conf", "# nothing\n"}};
  EXPECT_EQ(Find(tree, "nginx.conf"),
            "--from-conf: which format? no access log is written, name one as in nginx.conf:NAME: a (nginx.conf:1); "
            "combined (built in)");
  EXPECT_EQ(Find(tree, "empty.conf"), "--from-conf: empty.conf: no log format is defined or used in it");
}

TEST(FormatFromConf, AGapMattersOnlyWithoutAName) {
  const ConfTree tree{{"nginx.conf", "include gone;\nlog_format a '$status';access_log x a;"}};
  EXPECT_EQ(Find(tree, "nginx.conf:a"), "$status");
  EXPECT_THAT(Find(tree, "nginx.conf"),
              AllOf(HasSubstr("name it, as in nginx.conf:a"), HasSubstr("nginx.conf:1: gone:")));
  EXPECT_THAT(Find(tree, "nginx.conf:b"), HasSubstr("nginx.conf:1: gone: cannot open"));
}

TEST(FormatFromConf, ANameWithTwoMeanings) {
  const ConfTree tree{{"httpd.conf", "LogFormat \"%s\" a\n<VirtualHost x>\nLogFormat \"%r\" a\n</VirtualHost>\n"}};
  EXPECT_THAT(Find(tree, "httpd.conf:a"), AllOf(HasSubstr("'a' has different definitions"), HasSubstr("httpd.conf:3")));
}

TEST(FormatFromConf, APathWithAColon) {
  const ConfTree tree{{"a:b", "log_format a '$status';access_log x a;"}, {"a", "log_format b '$request';"}};
  EXPECT_EQ(Find(tree, "a:b"), "$status") << "the whole is a file";
  EXPECT_EQ(Find(tree, "a:b:combined").substr(0, 12), "$remote_addr");
  EXPECT_EQ(Find(tree, "a:c").substr(0, 45), "--from-conf: a: there is no format 'c'; defin");
}

TEST(FormatFromConf, AMissingFile) {
  const ConfTree tree{{"a", ""}};
  EXPECT_EQ(Find(tree, "gone:x"), "--from-conf: gone: cannot open: No such file or directory");
  EXPECT_EQ(Find(tree, "gone"), "--from-conf: gone: cannot open: No such file or directory");
  EXPECT_EQ(Find(tree, ""), "--from-conf: : not a regular file");
}

TEST(LooksLikeNginx, TheEndsOfItsLines) {
  EXPECT_TRUE(LooksLikeNginx("# Apache\nlog_format x '$status'\n '$request'; # end\n"));
  EXPECT_TRUE(LooksLikeNginx("http {\n sub_filter '<a>\n<b>' 'c;d';\n}\n"));
  EXPECT_FALSE(LooksLikeNginx("LogFormat \"%h;\" x\nHeader set A \"b; c\"\n"));
  EXPECT_FALSE(LooksLikeNginx("<IfModule a>\nSetEnv x a;\n</IfModule>\n"));
  EXPECT_FALSE(LooksLikeNginx(""));
}

}  // namespace
}  // namespace logstat
