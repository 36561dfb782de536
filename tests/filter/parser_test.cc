#include "src/filter/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/filter/rows.h"

namespace logstat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Rows Statuses(std::initializer_list<int> statuses) {
  Rows rows;
  for (const int status : statuses) rows.Add({.status = static_cast<uint16_t>(status)});
  return rows;
}

TEST(ParseWhere, EveryComparisonOfNumbers) {
  const Rows rows = Statuses({499, 500, 501});
  EXPECT_THAT(rows.Where("status == 500"), ElementsAre(1));
  EXPECT_THAT(rows.Where("status != 500"), ElementsAre(0, 2));
  EXPECT_THAT(rows.Where("status < 500"), ElementsAre(0));
  EXPECT_THAT(rows.Where("status <= 500"), ElementsAre(0, 1));
  EXPECT_THAT(rows.Where("status > 500"), ElementsAre(2));
  EXPECT_THAT(rows.Where("status >= 500"), ElementsAre(1, 2));
  EXPECT_THAT(rows.Where("status>=500"), ElementsAre(1, 2)) << "blanks are not needed";
}

TEST(ParseWhere, ComparisonsBetweenTwoWholeNumbers) {
  const Rows rows = Statuses({499, 500, 501});
  EXPECT_THAT(rows.Where("status == 500.5"), IsEmpty());
  EXPECT_THAT(rows.Where("status != 500.5"), ElementsAre(0, 1, 2));
  EXPECT_THAT(rows.Where("status < 500.5"), ElementsAre(0, 1));
  EXPECT_THAT(rows.Where("status <= 500.5"), ElementsAre(0, 1));
  EXPECT_THAT(rows.Where("status > 500.5"), ElementsAre(2));
  EXPECT_THAT(rows.Where("status >= 500.5"), ElementsAre(2));
}

TEST(ParseWhere, ClassesAndListsOfStatuses) {
  const Rows rows = Statuses({0, 99, 200, 404, 500, 503, 600});
  EXPECT_THAT(rows.Where("status in 5xx"), ElementsAre(4, 5));
  EXPECT_THAT(rows.Where("status == 5xx"), ElementsAre(4, 5));
  EXPECT_THAT(rows.Where("status != 5xx"), ElementsAre(0, 1, 2, 3, 6));
  EXPECT_THAT(rows.Where("status in 0xx"), ElementsAre(0, 1));
  EXPECT_THAT(rows.Where("status in (4xx, 503)"), ElementsAre(3, 5));
  EXPECT_THAT(rows.Where("status not in (4xx, 5xx)"), ElementsAre(0, 1, 2, 6));
  EXPECT_THAT(rows.Where("status in 404"), ElementsAre(3));
  EXPECT_THAT(rows.Where("status in (503, 500, 501)"), ElementsAre(4, 5));
}

TEST(ParseWhere, DurationsAreSecondsUnlessTheyHaveAUnit) {
  Rows rows;
  for (const int64_t us : {1'499'999, 1'500'000, 1'500'001}) rows.Add({.duration_us = us});
  for (const char* amount : {"1.5", "1.5s", "1500ms", "1500000us", "0.025m", "0.025min"}) {
    EXPECT_THAT(rows.Where(std::string("duration > ") + amount), ElementsAre(2)) << amount;
    EXPECT_THAT(rows.Where(std::string("duration == ") + amount), ElementsAre(1)) << amount;
  }
  EXPECT_THAT(rows.Where("duration < 1h"), ElementsAre(0, 1, 2));
  EXPECT_THAT(rows.Where("duration >= 1.5000001"), ElementsAre(2)) << "a fraction of a microsecond";
}

TEST(ParseWhere, DecimalsAreExact) {
  Rows rows;
  for (const int64_t us : {1'001'000, 100'000, 4'350'000}) rows.Add({.duration_us = us});
  EXPECT_THAT(rows.Where("duration == 1.001"), ElementsAre(0));
  EXPECT_THAT(rows.Where("duration == 0.1"), ElementsAre(1));
  EXPECT_THAT(rows.Where("duration == 4.35"), ElementsAre(2)) << "4.35 * 1e6 is 4349999.9 as a double";
}

TEST(ParseWhere, ByteCountsTakeTheUnitsOfSizes) {
  Rows rows;
  for (const int64_t bytes : {999, 1000, 1024, 1'048'576}) rows.Add({.bytes = bytes});
  EXPECT_THAT(rows.Where("bytes >= 1KB"), ElementsAre(1, 2, 3));
  EXPECT_THAT(rows.Where("bytes >= 1K"), ElementsAre(2, 3));
  EXPECT_THAT(rows.Where("bytes == 1MiB"), ElementsAre(3));
  EXPECT_THAT(rows.Where("bytes in (999, 1000)"), ElementsAre(0, 1));
}

TEST(ParseWhere, TextsAreComparedAsWholes) {
  Rows rows;
  rows.Add({.method = "GET"});
  rows.Add({.method = "get"});
  rows.Add({.method = "GETS"});
  rows.Add({.method = ""});
  EXPECT_THAT(rows.Where("method == \"GET\""), ElementsAre(0));
  EXPECT_THAT(rows.Where("method != 'GET'"), ElementsAre(1, 2, 3));
  EXPECT_THAT(rows.Where("method in ('GET', 'get')"), ElementsAre(0, 1));
  EXPECT_THAT(rows.Where("method not in ('GET', 'get')"), ElementsAre(2, 3));
  EXPECT_THAT(rows.Where("method == ''"), ElementsAre(3)) << "an empty text is not a missing one";
}

TEST(ParseWhere, PatternsMatchAPart) {
  Rows rows;
  rows.Add({.target = "/api/users"});
  rows.Add({.target = "/static/api.js"});
  rows.Add({.target = "/API"});
  EXPECT_THAT(rows.Where(R"(target =~ "api")"), ElementsAre(0, 1));
  EXPECT_THAT(rows.Where(R"(target =~ "^/api/")"), ElementsAre(0));
  EXPECT_THAT(rows.Where(R"(target !~ "api")"), ElementsAre(2));
  EXPECT_THAT(rows.Where(R"(target =~ "(?i)^/api")"), ElementsAre(0, 2));
  EXPECT_THAT(rows.Where(R"(target =~ "\.js$")"), ElementsAre(1));
  EXPECT_THAT(rows.Where(R"(target =~ "")"), ElementsAre(0, 1, 2));
}

TEST(ParseWhere, PatternsMatchBytesThatAreNotUtf8) {
  Rows rows;
  rows.Add({.target = "/caf\xe9/menu"});
  rows.Add({.target = "/caf\xc3\xa9/menu"});
  rows.Add({.target = std::string("/a\0b", 4)});
  EXPECT_THAT(rows.Where(R"(target =~ "menu$")"), ElementsAre(0, 1));
  EXPECT_THAT(rows.Where(R"(target =~ "^/caf\xe9/")"), ElementsAre(0));
  EXPECT_THAT(rows.Where("target =~ '^/caf\xc3\xa9/'"), ElementsAre(1)) << "as it was typed";
  EXPECT_THAT(rows.Where(R"(target =~ "^/caf.{1,2}/")"), ElementsAre(0, 1));
  EXPECT_THAT(rows.Where(R"(target =~ "^/a.b$")"), ElementsAre(2)) << "a NUL is a byte like any other";
}

TEST(ParseWhere, EscapesInTexts) {
  Rows rows;
  rows.Add({.agent = "say \"hi\""});
  rows.Add({.agent = "it's"});
  rows.Add({.agent = "a\\b\tc\x01"});
  EXPECT_THAT(rows.Where(R"(agent == "say \"hi\"")"), ElementsAre(0));
  EXPECT_THAT(rows.Where(R"(agent == 'say "hi"')"), ElementsAre(0));
  EXPECT_THAT(rows.Where(R"(agent == 'it\'s')"), ElementsAre(1));
  EXPECT_THAT(rows.Where(R"(agent == "a\\b\tc\x01")"), ElementsAre(2));
  EXPECT_THAT(rows.Where(R"(agent =~ "\"hi\"")"), ElementsAre(0));
  EXPECT_THAT(rows.Where(R"(agent =~ "^a\\b\tc\x01$")"), ElementsAre(2));
}

TEST(ParseWhere, AddressesAndBlocks) {
  Rows rows;
  rows.Add({.client = "10.1.2.3"});
  rows.Add({.client = "192.0.2.7"});
  rows.Add({.client = "2001:db8::1"});
  rows.Add({.client = "::ffff:10.9.9.9"});
  rows.Add({.client = "[2001:db8::2]:443"});
  rows.Add({.client = "localhost"});
  rows.Add({.client = "-"});
  EXPECT_THAT(rows.Where("client in 10.0.0.0/8"), ElementsAre(0, 3));
  EXPECT_THAT(rows.Where("client in (10.0.0.0/8, 2001:db8::/32)"), ElementsAre(0, 2, 3, 4));
  EXPECT_THAT(rows.Where("client in \"10.0.0.0/8\""), ElementsAre(0, 3)) << "quotes do no harm";
  EXPECT_THAT(rows.Where("client == 192.0.2.7"), ElementsAre(1));
  EXPECT_THAT(rows.Where("client == 2001:0db8:0:0::1"), ElementsAre(2)) << "another spelling";
  EXPECT_THAT(rows.Where("client == \"192.0.2.7\""), ElementsAre(1));
  EXPECT_THAT(rows.Where("not client in 10.0.0.0/8"), ElementsAre(1, 2, 4)) << "what is no address is unknown";
  EXPECT_THAT(rows.Where("client not in (10.0.0.0/8, 'localhost')"), ElementsAre(1, 2, 4));
  EXPECT_THAT(rows.Where("client in (10.0.0.0/8, 'localhost')"), ElementsAre(0, 3, 5));
}

TEST(ParseWhere, Times) {
  constexpr int64_t kOne = 1'795'352'400'000;  // 2026-11-22T13:00:00Z
  Rows rows;
  for (const int64_t ms : {kOne - 1, kOne, kOne + 1, kNoTime, kOutlierTime}) rows.Add({.time_ms = ms});
  EXPECT_THAT(rows.Where("time >= \"2026-11-22T13:00\""), ElementsAre(1, 2));
  EXPECT_THAT(rows.Where("time >= 2026-11-22T14:00:00+01:00"), ElementsAre(1, 2)) << "without quotes";
  EXPECT_THAT(rows.Where("time < '2026-11-22 13:00:00'"), ElementsAre(0));
  EXPECT_THAT(rows.Where("time >= \"2026-11-22T14:00\"", "Europe/Berlin"), ElementsAre(1, 2));
  EXPECT_THAT(rows.Where("not time < \"2026-11-22T13:00\""), ElementsAre(1, 2)) << "no time is unknown";
}

TEST(ParseWhere, AndBindsTighterThanOr) {
  const Rows rows = Statuses({200, 404, 500, 503});
  EXPECT_THAT(rows.Where("status == 200 or status >= 400 and status < 500"), ElementsAre(0, 1));
  EXPECT_THAT(rows.Where("(status == 200 or status >= 400) and status < 500"), ElementsAre(0, 1));
  EXPECT_THAT(rows.Where("status >= 500 and status != 503 or status == 404"), ElementsAre(1, 2));
  EXPECT_THAT(rows.Where("status >= 400 and (status == 404 or status == 503)"), ElementsAre(1, 3));
}

TEST(ParseWhere, NotBindsTighterThanAnd) {
  const Rows rows = Statuses({200, 404, 500});
  EXPECT_THAT(rows.Where("not status == 404 and status >= 400"), ElementsAre(2));
  EXPECT_THAT(rows.Where("not (status == 404 and status >= 400)"), ElementsAre(0, 2));
  EXPECT_THAT(rows.Where("not not status == 404"), ElementsAre(1));
  EXPECT_THAT(rows.Where("NOT status == 404 AND status >= 400 OR status IN (200)"), ElementsAre(0, 2));
}

// The nine cases of two operands with a true, a false and an unknown one: T is `status == 200`, F is `status == 1`, U
// is a test of a duration that the line does not have.
TEST(ParseWhere, ThreeValuedLogic) {
  Rows rows;
  rows.Add({.status = 200});
  const std::string names[] = {"T", "F", "U"};
  const std::string tests[] = {"status == 200", "status == 1", "duration > 1"};
  // As Kleene has it: what the conjunction and the disjunction are, and what their negations are.
  const std::string conjunction[3] = {"TFU", "FFF", "UFU"};
  const std::string disjunction[3] = {"TTT", "TFU", "TUU"};
  const auto value_of = [&](const std::string& text) {
    const bool is_true = !rows.Where(text).empty();
    const bool is_false = !rows.Where("not (" + text + ")").empty();
    EXPECT_FALSE(is_true && is_false) << text;
    return is_true ? 'T' : is_false ? 'F' : 'U';
  };
  for (size_t a = 0; a < 3; ++a) {
    EXPECT_EQ(value_of(tests[a]), names[a][0]);
    for (size_t b = 0; b < 3; ++b) {
      EXPECT_EQ(value_of(tests[a] + " and " + tests[b]), conjunction[a][b]) << names[a] << " and " << names[b];
      EXPECT_EQ(value_of(tests[a] + " or " + tests[b]), disjunction[a][b]) << names[a] << " or " << names[b];
    }
  }
}

TEST(ParseWhere, EveryTestOfAnAbsentFieldIsUnknown) {
  Rows rows;
  rows.Add({});
  for (const char* test : {"duration > 1", "duration != 1", "bytes == 0", "bytes in (1, 2)", "upstream_status in 5xx",
                           "time > 2026-11-22", "agent == 'x'", "agent != 'x'", "agent =~ 'x'", "agent !~ 'x'",
                           "client in 10.0.0.0/8", "client not in ('x')"}) {
    EXPECT_THAT(rows.Where(test), IsEmpty()) << test;
    EXPECT_THAT(rows.Where(std::string("not ") + test), IsEmpty()) << test;
  }
}

// The text that is marked, from the mark on, and the message.
struct Refused {
  std::string message;
  std::string from_mark;
};
Refused Refuse(const std::string& text) {
  const StatusOr<Expression> expression = ParseWhere(text, "UTC");
  if (expression.ok()) return {"(accepted)", ""};
  const std::optional<MarkedText> mark = MarkOf(expression.status());
  EXPECT_TRUE(mark.has_value()) << text;
  EXPECT_EQ(mark->text, text);
  return {Message(expression.status()), mark->text.substr(mark->at)};
}

TEST(ParseWhere, ErrorsMarkThePlace) {
  struct Case {
    const char* text;
    const char* from_mark;
    const char* message;
  };
  const Case cases[] = {
      {"", "", "a test is missing here"},
      {"status >= 500 and", "", "a test is missing here"},
      {"stauts >= 500", "stauts >= 500", "'stauts' is no field; fields are status, time,"},
      {"status", "", "behind status one of == != < <= > >= =~ !~ in is missing"},
      {"status >= ", "", "status takes a status or a class, as 404 or 5xx"},
      {"status >= abc", "abc", "status takes a status or a class"},
      {"status == \"500\"", "\"500\"", "status takes a status or a class"},
      {"status >= 5xx", "5xx", "a class goes with == != or in; write 500"},
      {"status =~ \"^5\"", "=~ \"^5\"", "status is a number: compare it"},
      {"time =~ \"2026\"", "=~ \"2026\"", "time is a time: compare it"},
      {"client < 3", "< 3", "client is text: use == != =~ !~ or in"},
      {"method == GET", "GET", "method takes a text in quotes"},
      {"client == host.example", "host.example", "is no address and no block"},
      {"client in 10.0.0.0/33", "10.0.0.0/33", "is no address and no block"},
      {"duration > 1.5x", "1.5x", "duration takes seconds or a number with a unit"},
      {"bytes > 99999999999999999999", "99999999999999999999", "bytes takes a number of bytes"},
      {"time > 13:00", "13:00", "'13:00' is not a time"},
      {"target =~ \"(\"", "\"(\"", "RE2 does not take this pattern: missing )"},
      {"target =~ /api/", "/api/", "a pattern in quotes is missing here"},
      {"target == \"/a", "\"/a", "has no closing \""},
      {"target == \"a\\d\"", "\\d\"", "this is no escape"},
      {"target == \"\\xg0\"", "\\xg0\"", "this is no escape"},
      {"(status >= 500", "", "a ) is missing here"},
      {"status >= 500)", ")", "there is no ( for this one"},
      {"status >= 500 path == '/'", "path == '/'", "this stands behind a complete test"},
      {"status in (500 502)", "502)", "a , or a ) is missing here"},
      {"status in ()", ")", "status takes a status"},
      {"status = 500", "= 500", "'=' is no operator; write =="},
      {"status >= 500 && status < 600", "&& status < 600", "'&&' is no operator; write and"},
      {"! status >= 500", "! status >= 500", "'!' is no operator; write not"},
      {"status >= 500; status", "; status", "this character has no meaning"},
      {"not", "", "a test is missing here"},
      {"status not 500", "500", "behind status one of"},
      {"and status == 1", "and status == 1", "'and' is no field"},
  };
  for (const Case& one : cases) {
    const Refused refused = Refuse(one.text);
    EXPECT_EQ(refused.from_mark, one.from_mark) << one.text;
    EXPECT_THAT(refused.message, HasSubstr(one.message)) << one.text;
    EXPECT_THAT(refused.message, testing::StartsWith("--where: ")) << one.text;
    EXPECT_EQ(refused.message.find('\n'), std::string::npos) << one.text;
  }
}

TEST(ParseWhere, NestingHasALimitAndNoStackOverflow) {
  const auto nested = [](size_t depth) { return std::string(depth, '(') + "status == 1" + std::string(depth, ')'); };
  EXPECT_TRUE(ParseWhere(nested(100), "UTC").ok());
  EXPECT_THAT(Refuse(nested(101)).message, HasSubstr("nested too deep"));
  EXPECT_THAT(Refuse(nested(20'000)).message, HasSubstr("nested too deep"));
  std::string many = "status == 1";
  for (int i = 0; i < 2000; ++i) many += " or status == 1";
  EXPECT_TRUE(ParseWhere(many, "UTC").ok()) << "a long one is not a deep one";
}

TEST(ParseWhere, SizeHasALimit) {
  EXPECT_FALSE(ParseWhere("status == 1" + std::string(70'000, ' '), "UTC").ok());
  const Refused large = Refuse("target =~ \"" + std::string("((a{100}){100}){100}") + "\"");
  EXPECT_THAT(large.message, HasSubstr("RE2 does not take this pattern"));
}

}  // namespace
}  // namespace logstat
