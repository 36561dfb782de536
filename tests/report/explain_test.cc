#include "src/report/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <climits>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/status_codes.h"

namespace logstat {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) break;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  EXPECT_TRUE(text.empty()) << "no newline at the end: " << text;
  return lines;
}

// The text with every run of spaces and line ends as one space: for words that may be wrapped anywhere.
std::string Unwrapped(std::string_view text) {
  std::string words;
  for (char c : text) {
    if (c == '\n') c = ' ';
    if (c != ' ' || words.empty() || words.back() != ' ') words += c;
  }
  return words;
}

// The part under `heading`, up to the next blank line.
std::string SectionOf(const std::string& text, const std::string& heading) {
  const size_t start = text.find("\n" + heading + "\n");
  if (start == std::string::npos) return "";
  const size_t body = start + heading.size() + 2;
  return Unwrapped(text.substr(body, text.find("\n\n", body) - body));
}

void ExpectFits(const std::string& text, size_t width, int id) {
  size_t blank = 0;
  for (const std::string& line : LinesOf(text)) {
    EXPECT_LE(line.size(), width) << id << ": " << line;
    for (char c : line) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << id << ": " << line;
    if (!line.empty()) {
      EXPECT_NE(line.back(), ' ') << id << ": " << line;
    }
    blank = line.empty() ? blank + 1 : 0;
    EXPECT_LT(blank, 2u) << id;
  }
  EXPECT_NE(text.front(), '\n') << id;
  EXPECT_EQ(text.find("\n\n", text.size() - 2), std::string::npos) << id;
}

TEST(ParseExplainTopicTest, CodesAndClasses) {
  ExplainTopic topic;
  ASSERT_TRUE(ParseExplainTopic("421", &topic));
  EXPECT_EQ(topic.kind, ExplainTopic::Kind::kCode);
  EXPECT_EQ(topic.value, 421);
  for (const char* text : {"4xx", "4XX", "4xX"}) {
    ASSERT_TRUE(ParseExplainTopic(text, &topic)) << text;
    EXPECT_EQ(topic.kind, ExplainTopic::Kind::kClass);
    EXPECT_EQ(topic.value, 4);
  }
  ASSERT_TRUE(ParseExplainTopic("0xx", &topic));
  EXPECT_EQ(topic.value, 0);
  ASSERT_TRUE(ParseExplainTopic("007", &topic));
  EXPECT_EQ(topic.value, 7);
}

TEST(ParseExplainTopicTest, EverySpellingOfNoStatus) {
  for (const char* text : {"0", "000", "-", "-1"}) {
    ExplainTopic topic{ExplainTopic::Kind::kClass, 5};
    ASSERT_TRUE(ParseExplainTopic(text, &topic)) << text;
    EXPECT_EQ(topic.kind, ExplainTopic::Kind::kCode) << text;
    EXPECT_EQ(topic.value, 0) << text;
  }
}

TEST(ParseExplainTopicTest, RefusesAnythingElseAndLeavesTheTopicAlone) {
  using std::string_view_literals::operator""sv;
  for (std::string_view text :
       {""sv, "4"sv, "42"sv, "4210"sv, " 421"sv, "421 "sv, "+42"sv, "-42"sv, "4x1"sv, "xxx"sv, "4xy"sv, "4xxx"sv,
        "42x"sv, "x21"sv, "-0"sv, "00"sv, "4\0x"sv, "421-conn-limit"sv, "\xd9\xa4"sv}) {
    ExplainTopic topic{ExplainTopic::Kind::kClass, 5};
    EXPECT_FALSE(ParseExplainTopic(text, &topic)) << text;
    EXPECT_EQ(topic.kind, ExplainTopic::Kind::kClass);
    EXPECT_EQ(topic.value, 5);
  }
}

TEST(ExplainCodeTest, BothVoicesOf421StandUnderTheirOwnHeadings) {
  const std::string text = ExplainCode(421, 80);
  EXPECT_THAT(text, StartsWith("421 Too many connections from your Internet address\n"));
  const std::string document = SectionOf(text, "The document");
  const std::string today = SectionOf(text, "Today (RFC 9110, IANA registry)");
  EXPECT_THAT(document, HasSubstr("more than one user"));
  EXPECT_THAT(document, Not(HasSubstr("Misdirected")));
  EXPECT_THAT(today, HasSubstr("Misdirected Request"));
  EXPECT_LT(text.find("The document"), text.find("Today (RFC"));
  EXPECT_LE(LinesOf(text).size(), 23u) << "more than one screen";
}

TEST(ExplainCodeTest, EverythingTheCatalogueSaysIsPrinted) {
  for (const StatusCode& entry : AllStatusCodes()) {
    const std::string text = Unwrapped(ExplainCode(entry.code, 100));
    for (std::string_view part : {entry.name, entry.gloss, entry.meaning, entry.client_advice, entry.operator_advice,
                                  entry.practice, entry.rules, entry.standard_note}) {
      EXPECT_THAT(text, HasSubstr(std::string(part))) << entry.code;
    }
  }
}

TEST(ExplainCodeTest, OurOwnAdviceIsNeverUnderTheDocumentsHeading) {
  for (const StatusCode& entry : AllStatusCodes()) {
    if (!entry.in_document) continue;
    const std::string text = ExplainCode(entry.code, 80);
    const std::string_view ours = entry.advice_from_document ? entry.practice : entry.operator_advice;
    if (ours.empty()) continue;
    EXPECT_THAT(SectionOf(text, "The document"), Not(HasSubstr(std::string(ours)))) << entry.code;
    EXPECT_THAT(Unwrapped(text.substr(text.find("\nIn practice\n"))), HasSubstr(std::string(ours))) << entry.code;
  }
}

TEST(ExplainCodeTest, SaysWhatIsNotInTheDocumentAndWhoseItIs) {
  EXPECT_THAT(ExplainCode(499, 80), HasSubstr("\nNot in the document, and no standard: a code of nginx.\n"));
  EXPECT_THAT(ExplainCode(429, 80), HasSubstr("\nNot in the document.\n"));
  EXPECT_THAT(ExplainCode(461, 80), HasSubstr("a private code.\n"));
  for (const StatusCode& entry : AllStatusCodes()) {
    const std::string text = ExplainCode(entry.code, 80);
    EXPECT_EQ(text.find("\nThe document\n") != std::string::npos, entry.in_document) << entry.code;
    EXPECT_EQ(text.find("\nNot in the document") != std::string::npos, !entry.in_document) << entry.code;
  }
}

TEST(ExplainCodeTest, SaysSoWhereTheStandardAgrees) {
  EXPECT_THAT(ExplainCode(500, 80), HasSubstr("\nToday (RFC 9110, IANA registry)\n  Nothing different.\n"));
}

TEST(ExplainCodeTest, UnknownCodeIsExplainedByItsClass) {
  const std::string text = ExplainCode(567, 80);
  EXPECT_THAT(text, StartsWith("567 Unknown code\nNot in the catalogue"));
  EXPECT_THAT(text, HasSubstr("\nIts class, 5xx: Server error\n"));
  EXPECT_THAT(Unwrapped(text), HasSubstr(std::string(FindStatusClass(5).meaning)));
}

TEST(ExplainCodeTest, NumbersBelow100AreNoStatus) {
  EXPECT_THAT(ExplainCode(7, 80), StartsWith("007 Unknown code\n"));
  EXPECT_THAT(ExplainCode(7, 80), HasSubstr("No valid status"));
  EXPECT_THAT(ExplainCode(7, 80), HasSubstr("in class 0xx"));
  for (int code : {1, 7, 99}) EXPECT_THAT(ExplainCode(code, 80), Not(HasSubstr("No status sent"))) << code;
  EXPECT_THAT(ExplainCode(0, 80), StartsWith("000 No status sent\n"));
}

TEST(ExplainCodeTest, NumbersOutsideThreeDigitsAreUnknownToo) {
  for (int code : {INT_MIN, -1, 1000, INT_MAX}) EXPECT_THAT(ExplainCode(code, 80), HasSubstr("Unknown code\n"));
}

TEST(ExplainCodeTest, EveryCodeFitsEveryWidth) {
  for (int code = 0; code <= 999; ++code) {
    for (size_t width : {40, 61, 80, 100}) ExpectFits(ExplainCode(code, width), width, code);
  }
}

TEST(ExplainCodeTest, WidthIsHeldWithinItsBounds) {
  EXPECT_EQ(ExplainCode(414, 0), ExplainCode(414, 80));
  EXPECT_EQ(ExplainCode(414, 1), ExplainCode(414, 40));
  EXPECT_EQ(ExplainCode(414, 100000), ExplainCode(414, 100));
  EXPECT_NE(ExplainCode(414, 100), ExplainCode(414, 80));
}

TEST(ExplainClassTest, ListsItsCodesWithGlossesAndNoOthers) {
  for (int digit = 0; digit <= 9; ++digit) {
    const std::string text = Unwrapped(ExplainClass(digit, 100));
    for (const StatusCode& entry : AllStatusCodes()) {
      const std::string item = std::string(entry.name) + (entry.in_document ? ": " : "");
      if (entry.code / 100 != digit) continue;
      EXPECT_THAT(text, HasSubstr(item)) << entry.code;
      EXPECT_THAT(text, HasSubstr(": " + std::string(entry.gloss))) << entry.code;
    }
  }
  EXPECT_THAT(ExplainClass(4, 80), Not(HasSubstr("\n  500 ")));
  EXPECT_THAT(ExplainClass(8, 80), Not(HasSubstr("\nCodes\n")));
}

TEST(ExplainClassTest, MarksCodesThatAreNotInTheDocument) {
  const std::string text = ExplainClass(4, 100);
  EXPECT_THAT(text, HasSubstr("\n  404   Not Found: "));
  EXPECT_THAT(text, HasSubstr("\n  444*  No Response (nginx): "));
  EXPECT_THAT(text, HasSubstr("\n  * not in the document\n"));
  EXPECT_THAT(ExplainClass(6, 100), Not(HasSubstr("* not in the document")));
}

TEST(ExplainClassTest, SixIsAServerErrorInTheDocumentAndNoClassToday) {
  const std::string text = ExplainClass(6, 80);
  EXPECT_THAT(text, StartsWith("6xx Server error\n"));
  EXPECT_THAT(SectionOf(text, "Today (RFC 9110, IANA registry)"), HasSubstr("No such class"));
  EXPECT_THAT(text, HasSubstr("\n  600   Unparseable Response Headers: "));
}

TEST(ExplainClassTest, EveryDigitFitsEveryWidth) {
  for (int digit = -1; digit <= 10; ++digit) {
    for (size_t width : {40, 61, 80, 100}) ExpectFits(ExplainClass(digit, width), width, digit);
  }
}

TEST(ExplainTest, FollowsTheTopic) {
  EXPECT_EQ(Explain({ExplainTopic::Kind::kCode, 503}, 80), ExplainCode(503, 80));
  EXPECT_EQ(Explain({ExplainTopic::Kind::kClass, 5}, 80), ExplainClass(5, 80));
}

}  // namespace
}  // namespace logstat
