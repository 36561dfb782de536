// What the user chose, in the head of every output for people: named where there is something, escaped for the medium,
// absent otherwise.
#include "src/report/choices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "src/report/writer.h"
#include "tests/report/sample_report.h"

namespace logstat {
namespace {

using ::logstat::testing::kDayStart;
using ::logstat::testing::kMinute;
using ::logstat::testing::SampleReport;
using ::testing::HasSubstr;
using ::testing::Not;

Report ChosenReport() {
  Report report = SampleReport();
  report.options.since = kDayStart + 60 * kMinute;
  report.options.until = kDayStart + 120 * kMinute + 250;
  report.options.where = "status >= 500 and path =~ \"^/a|<b>`\"";
  report.options.client_field = "xff";
  report.options.trusted_proxies = {"10.0.0.0/8", "192.0.2.7"};
  report.options.format = "vhost_combined";
  return report;
}

std::string NarrowText(const Report& report) { return Render(report, OutputKind::kText, {false, 0, 24, false}); }

TEST(Choices, OfTheDefaultsThereAreNone) {
  const TimeFormatter times("UTC");
  const Choices choices = MakeChoices(ReportOptions{}, times);
  EXPECT_TRUE(choices.filters.empty());
  EXPECT_TRUE(choices.settings.empty());
  EXPECT_THAT(NarrowText(SampleReport()), Not(HasSubstr("\nonly ")));
  EXPECT_THAT(NarrowText(SampleReport()), Not(HasSubstr("\noptions ")));
  EXPECT_THAT(Render(SampleReport(), OutputKind::kHtml, {}), Not(HasSubstr("class=\"choices\"")));
  EXPECT_THAT(Render(SampleReport(), OutputKind::kMarkdown, {}), Not(HasSubstr("**Only:**")));
}

TEST(Choices, InTextOnALineEach) {
  const std::string text = NarrowText(ChosenReport());
  EXPECT_THAT(text, HasSubstr("\nonly     since 2026-11-21 01:00:00 UTC, until 2026-11-21 02:00:00.250 UTC, "
                              "status >= 500 and path =~ \"^/a|<b>`\"\noptions  client from xff, trusted proxy "
                              "10.0.0.0/8, trusted proxy 192.0.2.7, format vhost_combined\nlines "));
}

TEST(Choices, OnAScreenWhereTheTimesSurviveACut) {
  const std::string text = Render(ChosenReport(), OutputKind::kText, {false, 80, 24, true});
  EXPECT_THAT(text, HasSubstr("until 2026-11-21 02:00:00.250 UTC,"));
}

TEST(Choices, OnAScreenBesideEverythingElseThatCanStandInTheHead) {
  Report report = ::logstat::testing::HostileReport();
  report.options = ChosenReport().options;
  report.path_bounds = ListBounds{31, 7};
  report.totals.clock_outliers = 3;
  const std::string text = Render(report, OutputKind::kText, {false, 80, 24, true});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 23);
  for (const char* label : {"partial ", "only ", "options ", "memory ", "codes ", "paths ", "--full "}) {
    EXPECT_THAT(text, HasSubstr(label));
  }
}

TEST(Choices, TimesAreInTheZoneOfTheReport) {
  Report report = ChosenReport();
  report.options.time_zone = "Europe/Berlin";
  EXPECT_THAT(NarrowText(report), HasSubstr("since 2026-11-21 02:00:00 CET, until 2026-11-21 03:00:00.250 CET"));
}

TEST(Choices, InMarkdownWhatIsGivenIsNoMarkup) {
  EXPECT_THAT(Render(ChosenReport(), OutputKind::kMarkdown, {}),
              HasSubstr("**Only:** since 2026-11-21 01:00:00 UTC, until 2026-11-21 02:00:00.250 UTC, "
                        "`status >= 500 and path =~ \"^/a`&#124;`<b>`&#96;`\"`\n\n**Options:** client from `xff`, "
                        "trusted proxy `10.0.0.0/8`, trusted proxy `192.0.2.7`, format `vhost_combined`\n\n"));
}

TEST(Choices, InHtmlWhatIsGivenIsNoMarkup) {
  EXPECT_THAT(Render(ChosenReport(), OutputKind::kHtml, {}),
              HasSubstr("\n<p class=\"choices\"><b>Only:</b> since 2026-11-21 01:00:00 UTC, until 2026-11-21 "
                        "02:00:00.250 UTC, <code>status &gt;= 500 and path =~ &quot;^/a|&lt;b&gt;`&quot;</code></p>\n"
                        "<p class=\"choices\"><b>Options:</b> client from <code>xff</code>, "));
}

TEST(Choices, ControlBytesOfTheCommandLineAreVisible) {
  Report report = SampleReport();
  report.options.where = "path == \"\x1b]0;owned\x07\"";
  report.options.client_field = "x\x1b[31m";
  report.options.trusted_proxies = {"\r\n"};
  for (const OutputKind kind : {OutputKind::kText, OutputKind::kMarkdown, OutputKind::kHtml}) {
    const std::string text = Render(report, kind, {false, 0, 24, false});
    EXPECT_THAT(text, HasSubstr("\\x1B]0;owned\\x07"));
    EXPECT_EQ(text.find_first_of("\x1b\x07\r"), std::string::npos);
  }
}

}  // namespace
}  // namespace logstat
