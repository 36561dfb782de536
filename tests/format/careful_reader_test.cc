// What hard lines say, read by the careful path; the fast path is held to the same in fast_path_test.cc.
#include "src/format/careful_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/format/hard_lines.h"
#include "tests/format/read_cells.h"

namespace logstat {
namespace {

constexpr int64_t kTime = 1795352400000;  // 22/Nov/2026:13:00:00 +0000

// A row in the words of hard_lines.h.
std::string Say(const ReadRow& row) {
  if (row.kind == LineKind::kIgnored) return "ignored";
  if (row.kind != LineKind::kCounted) return std::string(RejectReason(row.kind));
  std::string says = std::to_string(row.status) + (row.bytes == kNoBytes ? " -" : " " + std::to_string(row.bytes));
  if (row.time_ms != kTime) says += row.time_ms == kNoTime ? " no time" : " another time";
  constexpr std::pair<const char*, Field> kFields[] = {
      {"client", Field::kClient}, {"user", Field::kUser},         {"host", Field::kHost},
      {"method", Field::kMethod}, {"target", Field::kTarget},     {"path", Field::kPath},
      {"query", Field::kQuery},   {"protocol", Field::kProtocol}, {"referrer", Field::kReferrer},
      {"agent", Field::kAgent},
  };
  for (const auto& [name, field] : kFields) {
    if (row.text(field).has_value()) says += std::string(" ") + name + "<" + *row.text(field) + ">";
  }
  return says;
}

std::string ReadAndSay(std::string_view line, const std::string& format) {
  const ReadSettings careful{.kernels = &ScalarKernels(), .fast_path = false};
  std::string said;
  for (const ReadRow& row : ReadText(line, LineFormatOf(format), kEveryColumn, careful)) {
    said += (said.empty() ? "" : "\n") + Say(row);
  }
  return said;
}

class HardLineTest : public testing::TestWithParam<HardLine> {};

TEST_P(HardLineTest, SaysWhatItSays) {
  const HardLine& hard = GetParam();
  EXPECT_EQ(ReadAndSay(std::string(hard.line) + "\n", hard.format), hard.says);
}

TEST_P(HardLineTest, TheSameWithCarriageReturn) {
  const HardLine& hard = GetParam();
  EXPECT_EQ(ReadAndSay(std::string(hard.line) + "\r\n", hard.format), hard.says);
}

TEST_P(HardLineTest, TheSameWithoutNewlineAtTheEnd) {
  const HardLine& hard = GetParam();
  if (hard.line.empty()) return;  // no bytes, no line
  EXPECT_EQ(ReadAndSay(hard.line, hard.format), hard.says);
}

INSTANTIATE_TEST_SUITE_P(All, HardLineTest, testing::ValuesIn(HardLines()),
                         [](const testing::TestParamInfo<HardLine>& info) { return std::string(info.param.name); });

TEST(CarefulReader, AFormatWithQuotedFieldsBeforeTheRequest) {
  const std::string format = R"("$http_x_forwarded_for" $remote_addr [$time_local] "$request" $status $bytes_sent)";
  EXPECT_EQ(ReadAndSay(R"("198.51.100.2" 192.0.2.7 [22/Nov/2026:13:00:00 +0000] "GET /a HTTP/1.1" 200 5)", format),
            "200 5 client<192.0.2.7> method<GET> target</a> path</a> protocol<HTTP/1.1>");
  EXPECT_EQ(ReadAndSay(R"("a \" 404 7" 192.0.2.7 [22/Nov/2026:13:00:00 +0000] "GET /a HTTP/1.1" 200 5)", format),
            "200 5 client<192.0.2.7> method<GET> target</a> path</a> protocol<HTTP/1.1>");
  EXPECT_EQ(ReadAndSay(R"("198.51.100.2" 404 7 )", format), "too_few_fields");
}

TEST(CarefulReader, AFormatWithoutAClientHasNone) {
  EXPECT_EQ(ReadAndSay(R"(f00d4a "GET /a HTTP/1.1" 200 5)", R"($request_id "$request" $status $bytes_sent)"),
            "200 5 no time method<GET> target</a> path</a> protocol<HTTP/1.1>");
}

TEST(CarefulReader, AFormatWithTheTimeInFront) {
  const std::string format =
      R"([$time_local] $server_name $remote_addr "$request" $status $bytes_sent "$http_referer")";
  EXPECT_EQ(ReadAndSay(R"([22/Nov/2026:13:00:00 +0000] shop.example 192.0.2.7 "GET / HTTP/1.1" 200 5 "-")", format),
            "200 5 client<192.0.2.7> host<shop.example> method<GET> target</> path</> protocol<HTTP/1.1> referrer<->");
}

TEST(CarefulReader, AFormatWithFieldsBetweenReferrerAndAgent) {
  const std::string format = R"(%h - %u %t "%r" %>s %b "%{Referer}i" %D "%{User-agent}i")";
  EXPECT_EQ(ReadAndSay(R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" 0.004 "curl")", format),
            "200 5 client<192.0.2.7> user<-> method<GET> target</> path</> protocol<HTTP/1.1> referrer<-> agent<curl>");
}

TEST(CarefulReader, TheAgentEndsAtItsQuoteThoughAnotherQuotedFieldEndsInFrontOfTheDuration) {
  const std::string head = R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" )";
  const std::string says = "200 5 client<192.0.2.7> user<-> method<GET> target</> path</> protocol<HTTP/1.1> ";
  const auto reads = [&](const std::string& agent) { return ReadAndSay(head + agent + " 0.042", "combined_timed"); };
  EXPECT_EQ(reads(R"("curl" "203.0.113.9")"), says + "referrer<-> agent<curl>");
  EXPECT_EQ(reads(R"("curl" "-" "shop \" example")"), says + "referrer<-> agent<curl>");
  EXPECT_EQ(reads(R"("a "b" c")"), says + R"(referrer<-> agent<a "b" c>)") << "quotes that were not escaped";
  EXPECT_EQ(reads(R"("a "b" "c" d")"), says + R"(referrer<-> agent<a "b" "c" d>)");
}

TEST(CarefulReader, AnAddressHeaderIsTheClientWhereTheFormatHasNoOther) {
  const std::string format = R"(%{X-Forwarded-For}i %l %u %t "%r" %>s %b "%{Referer}i")";
  const std::string rest = R"( [22/Nov/2026:13:00:00 +0000] "GET / HTTP/1.1" 200 5 "-")";
  const std::string says = "method<GET> target</> path</> protocol<HTTP/1.1> referrer<->";
  EXPECT_EQ(ReadAndSay("203.0.113.7, 10.0.0.1 - ann" + rest, format), "200 5 client<203.0.113.7> user<ann> " + says);
  EXPECT_EQ(ReadAndSay("203.0.113.7:4711 - -" + rest, format), "200 5 client<203.0.113.7> user<-> " + says);
  EXPECT_EQ(ReadAndSay(R"([22/Nov/2026:13:00:00 +0000] "GET / HTTP/1.1" 200 5 "203.0.113.7, 10.0.0.1")",
                       R"([$time_local] "$request" $status $body_bytes_sent "$http_x_forwarded_for")"),
            "200 5 client<203.0.113.7> method<GET> target</> path</> protocol<HTTP/1.1>");
}

TEST(CarefulReader, AStatusBeforeTheRequestMakesNoStatusOfTheNumberBehindIt) {
  for (const char* format : {"common", "combined", "combined_timed", "vhost_common", "lighttpd"}) {
    EXPECT_EQ(ReadAndSay(R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] 500 "GET /a HTTP/1.1" 171 42000)", format),
              "no_status");
  }
  EXPECT_EQ(ReadAndSay(R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] 443 "GET /a HTTP/1.1" 200 5)", "common"),
            "200 5 client<192.0.2.7> user<-> method<GET> target</a> path</a> protocol<HTTP/1.1>")
      << "a port";
  EXPECT_EQ(ReadAndSay(R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] web "GET /a HTTP/1.1" 200 5)", "common"),
            "200 5 client<192.0.2.7> user<-> method<GET> target</a> path</a> protocol<HTTP/1.1>");
}

TEST(CarefulReader, TheLogsOwnHostWinsOverTheTargets) {
  EXPECT_EQ(
      ReadAndSay(R"(shop.example 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET http://evil.example/ HTTP/1.1" 200 5)",
                 "vhost_common"),
      "200 5 client<192.0.2.7> user<-> host<shop.example> method<GET> target<http://evil.example/> path</> "
      "protocol<HTTP/1.1>");
}

TEST(IsIgnoredLine, BlanksAndDirectivesAlone) {
  EXPECT_TRUE(IsIgnoredLine(""));
  EXPECT_TRUE(IsIgnoredLine(std::string_view(" \t\r\0", 4)));
  EXPECT_TRUE(IsIgnoredLine("#Version: 1.0"));
  EXPECT_FALSE(IsIgnoredLine(" #"));
  EXPECT_FALSE(IsIgnoredLine("-"));
}

}  // namespace
}  // namespace logstat
