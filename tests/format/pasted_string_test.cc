#include "src/format/pasted_string.h"

#include <gtest/gtest.h>

#include <string>

#include "src/format/string_format.h"

namespace logstat {
namespace {

std::string PlainPaste(std::string_view text) {
  const StatusOr<std::string> plain = StringOfPasted(text);
  return plain.ok() ? *plain : "refused: " + Message(plain.status());
}

TEST(StringOfPasted, OfApache) {
  const std::string plain = R"(%h %l %u %t "%r" %>s %b)";
  const std::string quoted = R"("%h %l %u %t \"%r\" %>s %b")";
  EXPECT_EQ(PlainPaste(quoted), plain);
  EXPECT_EQ(PlainPaste("LogFormat " + quoted + " combined"), plain);
  EXPECT_EQ(PlainPaste("  logformat " + quoted + "\n"), plain);
  EXPECT_EQ(PlainPaste("CustomLog /var/log/a.log " + quoted + " env=!x"), plain);
  EXPECT_EQ(PlainPaste("CustomLog \"|/bin/rotate a\" " + quoted), plain);
  EXPECT_EQ(PlainPaste("LogFormat \"%h \\\n%>s\" x"), "%h %>s");
}

TEST(StringOfPasted, OfNginx) {
  const std::string plain = R"($remote_addr - "$request" $status)";
  EXPECT_EQ(PlainPaste(R"('$remote_addr - "$request" ' '$status')"), plain);
  EXPECT_EQ(PlainPaste("log_format x '$remote_addr - \"$request\" '\n   '$status';"), plain);
  EXPECT_EQ(PlainPaste(R"(log_format x '$remote_addr - "$request" $status')"), plain);
  EXPECT_EQ(PlainPaste(R"("$remote_addr - \"$request\" $status";)"), plain);
  EXPECT_EQ(PlainPaste(R"(escape=json '{"s":' '$status}')"), R"({"s":$status})");
  EXPECT_EQ(PlainPaste(R"(log_format j escape=json '{"s":' '$status}';)"), R"({"s":$status})");
  EXPECT_EQ(PlainPaste(R"('{"s":$status, "h":"$host"}')"), R"({"s":$status, "h":"$host"})");
}

TEST(StringOfPasted, OfHaproxy) {
  EXPECT_EQ(PlainPaste(R"(log-format "%ci [%tr] %ST %{+Q}r")"), "%ci [%tr] %ST %{+Q}r");
  EXPECT_EQ(PlainPaste(R"(log-format %ci\ [%tr]\ %ST)"), R"(%ci\ [%tr]\ %ST)");
  EXPECT_EQ(PlainPaste(R"(log-format '{"c":"%ci","s":%ST}')"), R"({"c":"%ci","s":%ST})");
}

TEST(StringOfPasted, WhatIsNotPastedStaysAsItIs) {
  for (const char* format :
       {R"("%r" %>s "%h")", R"("$request" $status "$host")", R"('$remote_addr' '$status')", R"("$status")", "$status",
        R"(%h \"%r\" %>s)", " $status;", R"("%h %>s)", "", "'", "'%h' '%>s'"}) {
    EXPECT_EQ(PlainPaste(format), format);
  }
}

TEST(StringOfPasted, RefusesADirectiveWithoutAString) {
  EXPECT_EQ(PlainPaste("CustomLog /var/log/%a.log combined"),
            "refused: format string: this CustomLog holds none; give the LogFormat that it names");
  EXPECT_EQ(PlainPaste("log_format x '$status"),
            "refused: format string: 'log_format' without its strings, or a quote has no end");
}

TEST(CompileLineFormat, TakesAPastedDirective) {
  const std::string_view line = R"(192.0.2.7 "GET /a HTTP/1.1" 200 5)";
  const auto format = CompileLineFormat(R"(LogFormat "%h \"%r\" %>s %b" short)");
  ASSERT_TRUE(format.ok());
  EXPECT_EQ((*format)->CountFits({&line, 1}, Fit::kExact), 1u);
}

}  // namespace
}  // namespace logstat
