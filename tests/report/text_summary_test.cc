// The head of the text, and what Markdown and HTML say in its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "src/report/writer.h"
#include "tests/report/sample_report.h"
#include "tests/report/text_lines.h"

namespace logstat {
namespace {

using ::logstat::testing::SampleReport;
using ::testing::HasSubstr;
using ::testing::Not;

const WriterSettings kPiped{false, 0, 24, false};
const WriterSettings kWideScreen{false, 160, 24, true};

std::string TextOf(const Report& report, const WriterSettings& settings) {
  return Render(report, OutputKind::kText, settings);
}

TEST(TextSummary, ErrorsRecentlyStandOnAScreenWhereTheyDiffer) {
  Report report = SampleReport();
  report.summary.recent_error_rate = 0.5;
  EXPECT_THAT(TextOf(report, kWideScreen), HasSubstr("3,928 server (0.19 %), recently 50.0 % (before 0.19 %)  32,042"));
  report.summary.recent_error_rate = 0.00188;
  EXPECT_THAT(TextOf(report, kWideScreen), Not(HasSubstr("recently")));
  report.summary.error_rate_before.reset();
  EXPECT_THAT(TextOf(report, kWideScreen), Not(HasSubstr("recently")));
}

TEST(TextSummary, EveryOtherOutputAlwaysHasTheRates) {
  const Report report = SampleReport();
  EXPECT_THAT(TextOf(report, kPiped), HasSubstr("rates    61.2 requests/s in the peak minute, 12.5 in the last 5 "
                                                "minutes; server errors: 0 % recently, 0.19 % before\n"));
  EXPECT_THAT(TextOf(report, {false, 80, 24, false}),
              HasSubstr("rates    peak 61.2/s, last 5 min 12.5/s; errors 0 % recently, 0.19 % before\n"));
  const std::string markdown = Render(report, OutputKind::kMarkdown, {});
  for (const char* fact : {"- Peak minute: 61.2 requests/s\n", "- Last 5 minutes: 12.5 requests/s\n",
                           "- Server errors recently: 0 %\n", "- Server errors before: 0.19 %\n"}) {
    EXPECT_THAT(markdown, HasSubstr(fact));
  }
  EXPECT_THAT(Render(report, OutputKind::kHtml, {}), HasSubstr("<dt>Server errors before</dt>"));
}

TEST(TextSummary, WithoutItsSectionThereAreNoRates) {
  Report report = SampleReport();
  report.options.sections = SectionSet{Section::kCodes};
  EXPECT_THAT(TextOf(report, kPiped), Not(HasSubstr("rates ")));
  EXPECT_THAT(Render(report, OutputKind::kMarkdown, {}), Not(HasSubstr("Peak minute")));
}

TEST(TextSummary, ASpanOverTheEndOfSummerTimeNamesTheZoneOfEitherEnd) {
  Report report = SampleReport();
  report.options.time_zone = "Europe/Berlin";
  report.totals.first_time = 1'792'882'800'000;  // 2026-10-24T23:00:00Z
  report.totals.last_time = 1'792'888'200'000 + 3'600'000;
  EXPECT_THAT(TextOf(report, kPiped), HasSubstr("span     2026-10-25 01:00:00 CEST – 02:30:00 CET (2 h 30 min)"));
  report.totals.last_time = *report.totals.first_time + 60'000;
  EXPECT_THAT(TextOf(report, kPiped), HasSubstr("span     2026-10-25 01:00:00 – 01:01:00 CEST (1 min"));
}

TEST(TextSummary, TheOnlyFileOfADirectoryThatIsNoAccessLogIsNotCalledEmpty) {
  Report report;
  InputReport input;
  input.path = "logs/notes.txt";
  input.state = InputState::kNotAccessLog;
  report.inputs.push_back(input);
  EXPECT_THAT(TextOf(report, kPiped), HasSubstr("input    logs/notes.txt: not an access log\n"));
}

TEST(TextCodes, TodaysStandardStandsBesideTheDocument) {
  Report report = SampleReport();
  report.codes = {::logstat::testing::Code(421, 7, 5, {}, {})};
  EXPECT_THAT(TextOf(report, kPiped), HasSubstr("Today's standard: "));
}

}  // namespace
}  // namespace logstat
