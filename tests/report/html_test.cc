// The HTML report: what it holds, that it is well-formed, that nothing of a log can become markup, and that it refers
// to nothing outside. slow_html_test.cc opens it in a browser.
#include "src/report/html.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "src/report/escape.h"
#include "tests/report/torture_report.h"

namespace logstat {
namespace {

using ::logstat::testing::EmptyReport;
using ::logstat::testing::OverBudgetReport;
using ::logstat::testing::SampleReport;
using ::logstat::testing::TortureReport;

std::string Text(const Report& report) { return Render(report, OutputKind::kHtml, {}); }

bool Holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

size_t Occurrences(const std::string& text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(Html, HoldsTheReport) {
  const std::string text = Text(SampleReport());
  EXPECT_TRUE(text.starts_with("<!doctype html>\n<html lang=\"en\">"));
  EXPECT_TRUE(text.ends_with("</html>\n"));
  EXPECT_FALSE(Holds(text, "{{")) << "a slot that nobody filled";
  EXPECT_TRUE(Holds(text, "<title>Access log report: access.log</title>"));
  EXPECT_TRUE(Holds(text, "2,104,551 lines = 2,104,155 counted + 0 filtered + 391 rejected + 5 ignored"));
  EXPECT_TRUE(Holds(text, "<article id=\"code-502\" class=\"server\">"));
  EXPECT_TRUE(Holds(text, "Look at the upstream server")) << "advice";
  EXPECT_TRUE(Holds(text, "<caption>Failing paths</caption>"));
  EXPECT_TRUE(Holds(text, "<th scope=\"row\" class=\"key\">/api/cart</th>"));
  EXPECT_TRUE(Holds(text, "aria-label=\"Requests over time by status class\""));
  EXPECT_TRUE(Holds(text, "13:30: 2,401 server errors (3.07 % of 78,100 requests)"));
}

TEST(Html, ReasonsStandWithTheirCodeAndGloss) {
  const std::string text = Text(SampleReport());
  EXPECT_TRUE(Holds(text,
                    "<th scope=\"row\" class=\"key wide\">SH-- <small>server aborted or refused, awaiting headers"
                    "</small></th>"));
  EXPECT_TRUE(Holds(text, "<th scope=\"row\" class=\"key wide\">LATER_VERSION</th>"));
  EXPECT_EQ(Occurrences(text, "requests</th><th scope=\"col\">reason</th>"), 1u)
      << "a list of nothing but - says nothing";
  EXPECT_TRUE(Holds(Text(OverBudgetReport()), "<th scope=\"col\">reason <small>over --max-memory"));
}

TEST(Html, PolicyForbidsEverythingFromOutside) {
  const std::string text = Text(EmptyReport());
  EXPECT_TRUE(Holds(text, "content=\"default-src 'none'; style-src 'sha256-"));
  EXPECT_TRUE(Holds(text, "; script-src 'sha256-"));
  for (const char* word : {"unsafe-inline", "unsafe-eval", "https:", " *;"}) {
    EXPECT_FALSE(Holds(text.substr(0, text.find("<title>")), word)) << word;
  }
}

TEST(Html, SecretsAreMasked) { EXPECT_FALSE(Holds(Text(TortureReport()), "TOPSECRET")); }

TEST(Html, QuotedTextCannotLeaveItsPlace) {
  EXPECT_EQ(QuoteForHtml("<a href=\"x\" b='y'>&amp;"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
  const std::string text = Text(TortureReport());
  EXPECT_EQ(Occurrences(text, "<script>"), 1u);
  EXPECT_EQ(Occurrences(text, "</script>"), 1u);
  EXPECT_EQ(Occurrences(text, "</style>"), 1u);
  EXPECT_FALSE(Holds(text, "<img"));
  for (const char c : text) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
}

// A slot's name in a log is text: it is not filled.
TEST(Html, SlotsInALogStayText) { EXPECT_TRUE(Holds(Text(TortureReport()), "{{title}}{{script}}")); }

TEST(Html, TimelineOfManyStepsIsDrawnInFewColumns) {
  Report report = SampleReport();
  report.timeline.points.clear();
  report.timeline.interval_seconds = 1;
  for (int i = 0; i < 4'000; ++i) {
    TimelinePoint point;
    point.time = testing::kDayStart + i * 1000;
    point.count = point.classes[2] = 1;
    report.timeline.points.push_back(point);
  }
  EXPECT_LE(Occurrences(Text(report), "<g><title>"), 120u);
  // Years between two lines cost nothing.
  report.timeline.points = {report.timeline.points[0], report.timeline.points[1]};
  report.timeline.points[1].time = kLatestTime / 1000 * 1000;
  EXPECT_LE(Occurrences(Text(report), "<g><title>"), 120u);
}

TEST(Html, WellFormedAndSelfContained) {
  if (std::system("python3 -c '' >/dev/null 2>&1") != 0) GTEST_SKIP() << "python3 is not installed";
  const std::string path = ::testing::TempDir() + "/logstat_" + std::to_string(getpid()) + ".html";
  for (const Report& report : {SampleReport(), EmptyReport(), OverBudgetReport(), TortureReport()}) {
    std::ofstream(path, std::ios::binary) << Text(report);
    const std::string command = "python3 -B " LOGSTAT_SOURCE_DIR "/tests/html/well_formed.py " + path + " 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string said;
    char buffer[4096];
    while (size_t n = fread(buffer, 1, sizeof(buffer), pipe)) said.append(buffer, n);
    EXPECT_EQ(pclose(pipe), 0) << said;
    EXPECT_EQ(said, "well-formed\n");
  }
  std::remove(path.c_str());
}

}  // namespace
}  // namespace logstat
