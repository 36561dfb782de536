// The chart of durations: bars stand where their percentiles are on the scale, whatever the durations are; that the
// page stays well-formed and its text harmless is in html_test.cc.
#include "src/report/html_durations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>

#include "src/report/writer.h"
#include "tests/report/text_lines.h"
#include "tests/report/torture_report.h"

namespace logstat {
namespace {

using ::logstat::testing::EmptyReport;
using ::logstat::testing::HostileReport;
using ::logstat::testing::SampleReport;
using ::logstat::testing::TortureReport;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Chart(const Report& report) {
  std::string out;
  const Sink sink = [&out](std::string_view piece) { out += piece; };
  {
    Pieces pieces(sink);
    WriteHtmlDurations(report, pieces);
  }
  return out;
}

// A report in which every request took as long.
Report ReportOf(int64_t microseconds) {
  Report report;
  report.columns.duration = true;
  report.durations.overall = {3, microseconds, microseconds, microseconds, microseconds, microseconds, microseconds};
  report.durations.classes = {{2, report.durations.overall}};
  return report;
}

TEST(HtmlDurations, BarsStandWhereTheirPercentilesAre) {
  const std::string chart = Chart(SampleReport());
  // From 100 µs to 100 s, six powers of ten: 850 µs is at 15.5 of 100, 48.21 ms at 44.7, 1.24 s at 68.2.
  EXPECT_THAT(chart, HasSubstr("<rect class=\"fa\" x=\"15.49\" y=\"0.12\" width=\"29.23\" height=\"0.75\"/>"));
  EXPECT_THAT(chart, HasSubstr("<rect class=\"fa\" x=\"44.72\" y=\"0.30\" width=\"23.50\" height=\"0.40\"/>"));
  EXPECT_THAT(chart, HasSubstr("<span>100 µs</span>"));
  EXPECT_THAT(chart, HasSubstr("<span>100 s</span></div>"));
  EXPECT_THAT(chart, HasSubstr("<b>850 µs · 1.24 s</b>"));
}

TEST(HtmlDurations, EveryBarSaysItsPercentiles) {
  const std::string chart = Chart(SampleReport());
  const std::string sentence =
      "/api/cart: 61,022 requests, p50 120 ms, p90 850 ms, p95 3.01 s, p99 9.00 s, p99.9 31.0 s, longest 59.9 s";
  EXPECT_THAT(chart, HasSubstr("aria-label=\"" + sentence + "\"><title>" + sentence + "</title>"));
  EXPECT_EQ(Occurrences(chart, "<title>"), 5u) << "all, 2xx, 5xx, and two paths";
  EXPECT_THAT(Render(SampleReport(), OutputKind::kHtml, {}), HasSubstr("<h2 id=\"durations\">"))
      << "where its link leads";
}

TEST(HtmlDurations, NothingIsDrawnOfWhatWasNotMeasuredOrAskedFor) {
  EXPECT_EQ(Chart(EmptyReport()), "");
  Report report = SampleReport();
  report.options.sections = SectionSet{Section::kCodes};
  EXPECT_EQ(Chart(report), "");
  report = SampleReport();
  report.durations = {};
  EXPECT_EQ(Chart(report), "");
  EXPECT_FALSE(HasDurationChart(report));
}

TEST(HtmlDurations, AloneInTheReport) {
  Report report = SampleReport();
  report.options.sections = SectionSet{Section::kDurations};
  EXPECT_THAT(Render(report, OutputKind::kHtml, {}), HasSubstr("<h2 id=\"charts\">At a glance</h2>"));
  EXPECT_THAT(Render(report, OutputKind::kHtml, {}), HasSubstr("<figure class=\"durations\">"));
}

TEST(HtmlDurations, NoBarLeavesTheScale) {
  std::vector<Report> reports = {SampleReport(), HostileReport()};
  for (const int64_t microseconds :
       {int64_t{0}, int64_t{1}, int64_t{10}, int64_t{999'999}, int64_t{60'000'000}, INT64_MAX}) {
    reports.push_back(ReportOf(microseconds));
  }
  reports.push_back(ReportOf(1'000));
  reports.back().durations.overall.p50_us = 0;  // below what the log resolves
  static const std::regex kBar("<rect class=\"f.\" x=\"(-?[0-9.]+)\" y=\"[0-9.]+\" width=\"([0-9.]+)\"");
  for (const Report& report : reports) {
    const std::string chart = Chart(report);
    size_t bars = 0;
    for (std::sregex_iterator bar(chart.begin(), chart.end(), kBar), end; bar != end; ++bar, ++bars) {
      const double x = std::stod((*bar)[1]), width = std::stod((*bar)[2]);
      EXPECT_GE(x, 0);
      EXPECT_GT(width, 0);
      EXPECT_LE(x + width, 100.01) << (*bar)[0];
    }
    EXPECT_GE(bars, 6u);
    EXPECT_THAT(chart, Not(HasSubstr("nan")));
    EXPECT_THAT(chart, Not(HasSubstr("inf")));
  }
}

TEST(HtmlDurations, LongPathsAreCutAndTextsQuoted) {
  Report report = SampleReport();
  report.durations.paths = {{"/<svg onload=alert(1)>\"" + std::string(300, 'x'), report.durations.overall}};
  const std::string chart = Chart(report);
  EXPECT_THAT(chart, HasSubstr("<code>/&lt;svg onload=alert(1)&gt;&quot;xxx"));
  EXPECT_THAT(chart, HasSubstr("x…</code>"));
  EXPECT_THAT(chart, Not(HasSubstr("<svg onload")));
  EXPECT_EQ(Chart(TortureReport()).find_first_of("\x1b\r"), std::string::npos);
}

}  // namespace
}  // namespace logstat
