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
#include "tests/report/text_lines.h"
#include "tests/report/torture_report.h"

namespace logstat {
namespace {

using ::logstat::testing::EmptyReport;
using ::logstat::testing::OverBudgetReport;
using ::logstat::testing::SampleReport;
using ::logstat::testing::TortureReport;

std::string HtmlText(const Report& report) { return Render(report, OutputKind::kHtml, {}); }

bool Holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Html, HoldsTheReport) {
  const std::string text = HtmlText(SampleReport());
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
  const std::string text = HtmlText(SampleReport());
  EXPECT_TRUE(Holds(text,
                    "<th scope=\"row\" class=\"key wide\">SH-- <small>server aborted or refused, awaiting headers"
                    "</small></th>"));
  EXPECT_TRUE(Holds(text, "<th scope=\"row\" class=\"key wide\">LATER_VERSION</th>"));
  EXPECT_EQ(Occurrences(text, "requests</th><th scope=\"col\">reason</th>"), 1u)
      << "a list of nothing but - says nothing";
  EXPECT_TRUE(Holds(HtmlText(OverBudgetReport()), "<th scope=\"col\">reason <small>over --max-memory"));
}

TEST(Html, FindingsStandAboveTheChartsWithTheirEvidence) {
  const std::string text = HtmlText(SampleReport());
  EXPECT_TRUE(Holds(text, "<p class=\"worst high\"><a href=\"#findings\">7 findings: 1 high, 2 medium, 4 low</a></p>"));
  EXPECT_LT(text.find("<h2 id=\"findings\">"), text.find("<figure"));
  const size_t begin = text.find("<details class=\"finding high\" id=\"finding-1\" open>");
  ASSERT_NE(begin, std::string::npos);
  const std::string finding = text.substr(begin, text.find("id=\"finding-2\"") - begin);
  for (const char* part : {
           "<span class=\"severity\">high</span> Upstream fails <code>upstream</code></h3>",
           "shop.example.org answered 3,609 of 78,100 requests with 502 and 504 (4.6 %)",
           "host shop.example.org · 2026-11-21 13:02:00 – 14:29:00",
           "<dt>rule</dt><dd>20 events within 1 min</dd>",
           "<dt>peak share</dt><dd>41.2 %</dd>",
           "<dt>duration p50</dt><dd>30,000 ms</dd>",
           "<dt>upstream</dt><dd>10.0.0.5:8080</dd>",
           "/api/checkout/confirm",
           "203.0.113.9",
           "Firefox/133.0",
           "access.log:1204112:241004017",
           "POST /api/cart?token=",
           "<b>502 Bad Gateway:</b>",
           "<b>What to do:</b> Look at the upstream that most of them came from",
           "Look at the upstream server",
           "<b>When it is harmless:</b> Deploys",
           "[finding.upstream] threshold = 20",
       }) {
    EXPECT_TRUE(Holds(finding, part)) << part;
  }
  EXPECT_EQ(Occurrences(finding, "<li>"), 3u);
  EXPECT_FALSE(Holds(text, "SECRET"));
  EXPECT_TRUE(Holds(text, "<details class=\"finding medium\" id=\"finding-2\">\n")) << "closed";
  EXPECT_TRUE(Holds(text, "3 more of 414-flood, the worst of them low"));
  EXPECT_TRUE(Holds(text, "2 of 6 rules did not run: 1 for want of user, query; 1 switched off</summary>"));
  EXPECT_TRUE(Holds(text, "<li>no user, query: <code>storage</code></li>"));
}

TEST(Html, RulesThatAFilterKeepsFromRunningAreNamed) {
  Report report = SampleReport();
  report.findings.rows.clear();
  report.findings.detectors = {{"srv-500", DetectorState::kSkipped, "filtered"}};
  const std::string text = HtmlText(report);
  EXPECT_TRUE(Holds(text, "1 of 1 rule did not run: 1 because --where asks for outcomes"));
  EXPECT_TRUE(Holds(text, "<li>filtered: <code>srv-500</code></li>"));
}

// The evidence is the one place with whole lines of the log.
TEST(Html, HostileEvidenceIsText) {
  const std::string text = HtmlText(TortureReport());
  EXPECT_TRUE(Holds(text, "<code>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;…</code></li>"));
  EXPECT_TRUE(Holds(text, "<span class=\"sentence\">&quot; onmouseover=&quot;alert(1)</span>"));
  EXPECT_TRUE(Holds(text, "<dt>page</dt><dd>&lt;img src=http://outside.example/x.png&gt;</dd>"));
}

TEST(Html, PolicyForbidsEverythingFromOutside) {
  const std::string text = HtmlText(EmptyReport());
  EXPECT_TRUE(Holds(text, "content=\"default-src 'none'; style-src 'sha256-"));
  EXPECT_TRUE(Holds(text, "; script-src 'sha256-"));
  for (const char* word : {"unsafe-inline", "unsafe-eval", "https:", " *;"}) {
    EXPECT_FALSE(Holds(text.substr(0, text.find("<title>")), word)) << word;
  }
}

TEST(Html, SecretsAreMasked) { EXPECT_FALSE(Holds(HtmlText(TortureReport()), "TOPSECRET")); }

TEST(Html, QuotedTextCannotLeaveItsPlace) {
  EXPECT_EQ(QuoteForHtml("<a href=\"x\" b='y'>&amp;"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
  const std::string text = HtmlText(TortureReport());
  EXPECT_EQ(Occurrences(text, "<script>"), 1u);
  EXPECT_EQ(Occurrences(text, "</script>"), 1u);
  EXPECT_EQ(Occurrences(text, "</style>"), 1u);
  EXPECT_FALSE(Holds(text, "<img"));
  for (const char c : text) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
}

// A slot's name in a log is text: it is not filled.
TEST(Html, SlotsInALogStayText) { EXPECT_TRUE(Holds(HtmlText(TortureReport()), "{{title}}{{script}}")); }

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
  EXPECT_LE(Occurrences(HtmlText(report), "<g><title>"), 120u);
  // Years between two lines cost nothing.
  report.timeline.points = {report.timeline.points[0], report.timeline.points[1]};
  report.timeline.points[1].time = kLatestTime / 1000 * 1000;
  EXPECT_LE(Occurrences(HtmlText(report), "<g><title>"), 120u);
}

TEST(Html, WellFormedAndSelfContained) {
  if (std::system("python3 -c '' >/dev/null 2>&1") != 0) GTEST_SKIP() << "python3 is not installed";
  const std::string path = ::testing::TempDir() + "/logstat_" + std::to_string(getpid()) + ".html";
  for (const Report& report : {SampleReport(), EmptyReport(), OverBudgetReport(), TortureReport()}) {
    std::ofstream(path, std::ios::binary) << HtmlText(report);
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
