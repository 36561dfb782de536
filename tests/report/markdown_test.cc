// Markdown: that text from outside stays text, and that tables have as many cells as columns. The whole is in golden/.
#include "src/report/markdown.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "src/report/escape.h"
#include "tests/report/torture_report.h"

namespace logstat {
namespace {

using ::logstat::testing::EmptyReport;
using ::logstat::testing::OverBudgetReport;
using ::logstat::testing::SampleReport;
using ::logstat::testing::TortureReport;

std::string MarkdownText(const Report& report) { return Render(report, OutputKind::kMarkdown, {}); }

// The line without its code spans. Text from outside never holds a backtick inside a span, so that one closes it.
std::string WithoutSpans(const std::string& line) {
  std::string out;
  bool inside = false;
  for (const char c : line) {
    if (c == '`') inside = !inside;
    if (!inside && c != '`') out += c;
  }
  EXPECT_FALSE(inside) << line;
  return out;
}

size_t Cells(const std::string& row) {
  size_t cells = 0;
  for (size_t i = 1; i < row.size(); ++i) {
    if (row[i] == '\\') {
      ++i;
    } else if (row[i] == '|') {
      ++cells;
    }
  }
  return cells;
}

TEST(Markdown, CodeSpansOfHostileText) {
  EXPECT_EQ(QuoteForMarkdown("/a_b*c<d>[e](f)"), "`/a_b*c<d>[e](f)`");
  EXPECT_EQ(QuoteForMarkdown("a|b"), "`a`&#124;`b`");
  EXPECT_EQ(QuoteForMarkdown("`"), "&#96;");
  EXPECT_EQ(QuoteForMarkdown("a\\|"), "`a\\`&#124;");
  EXPECT_EQ(QuoteForMarkdown(" a "), "`  a  `");
  EXPECT_EQ(QuoteForMarkdown(""), "");
}

TEST(Markdown, OurWordsStartNoMarkup) {
  EXPECT_EQ(QuoteWordsForMarkdown("a_b | <x> *y*"), "a\\_b \\| \\<x> \\*y\\*");
  EXPECT_EQ(QuoteWordsForMarkdown("The server's program failed (5xx)."), "The server's program failed (5xx).");
}

TEST(Markdown, NothingOfALogIsMarkup) {
  std::istringstream lines(MarkdownText(TortureReport()));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```") || line.starts_with("requests ") || line.starts_with("server errors ")) continue;
    std::string ours = WithoutSpans(line);
    if (const size_t at = ours.find("<0.01 %"); at != std::string::npos) ours.erase(at, 1);
    for (const char* text : {"<", "](", "http:", "www.", "@", "~~", "alert", "owned"}) {
      EXPECT_EQ(ours.find(text), std::string::npos) << line;
    }
    for (const char c : line) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << line;
  }
}

TEST(Markdown, EveryRowHasTheCellsOfItsTable) {
  for (const Report& report : {SampleReport(), EmptyReport(), OverBudgetReport(), TortureReport()}) {
    std::istringstream lines(MarkdownText(report));
    size_t cells = 0;
    size_t tables = 0;
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("|")) {
        cells = 0;
        continue;
      }
      tables += cells == 0 ? 1 : 0;
      if (cells == 0) cells = Cells(line);
      EXPECT_EQ(Cells(line), cells) << line;
    }
    EXPECT_GE(tables, 1u);
  }
}

TEST(Markdown, ReasonsStandWithTheirCodeAndGloss) {
  const std::string text = MarkdownText(SampleReport());
  EXPECT_NE(text.find("**Reasons**\n\n- 2,400 `SH--`: server aborted or refused, awaiting headers\n"),
            std::string::npos);
  EXPECT_NE(text.find("- 18 `LATER_VERSION`\n"), std::string::npos);
  EXPECT_EQ(text.find("702 `-`"), std::string::npos) << "a list of nothing but - says nothing";
}

TEST(Markdown, SecretsAndAccounting) {
  const std::string text = MarkdownText(TortureReport());
  EXPECT_EQ(text.find("TOPSECRET"), std::string::npos);
  EXPECT_NE(text.find("token=***"), std::string::npos);
  EXPECT_NE(MarkdownText(SampleReport())
                .find("2,104,551 lines = 2,104,155 counted + 0 filtered + 391 rejected + 5 ignored\n"),
            std::string::npos);
}

}  // namespace
}  // namespace logstat
