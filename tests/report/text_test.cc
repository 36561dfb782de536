// The text of the report: what it must say, its bounds in lines and cells, and that nothing of the log reaches a
// terminal as it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>
#include <regex>
#include <string>
#include <vector>

#include "src/report/escape.h"
#include "src/report/writer.h"
#include "tests/report/sample_report.h"
#include "tests/report/text_lines.h"

namespace logstat {
namespace {

using ::logstat::testing::EmptyReport;
using ::logstat::testing::HostileReport;
using ::logstat::testing::OverBudgetReport;
using ::logstat::testing::SampleReport;
using ::testing::ContainsRegex;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

std::string WithoutColour(const std::string& text) {
  static const std::regex kOurs("\x1b\\[(0|1|2|31|33)m");
  return std::regex_replace(text, kOurs, "");
}

std::vector<WriterSettings> AllSettings() {
  std::vector<WriterSettings> all;
  for (bool colour : {false, true}) {
    for (size_t columns : {40, 80, 81, 110, 120, 160, 250}) {
      for (size_t rows : {10, 24, 40, 60}) all.push_back({colour, columns, rows, true});
      all.push_back({colour, columns, 24, false});
    }
  }
  return all;
}

// For tests of what has the lines that findings leave.
Report WithoutFindings() {
  Report report = SampleReport();
  report.findings = {};
  return report;
}

TEST(Text, NoLineIsWiderThanTheColumns) {
  for (const Report& report : {SampleReport(), HostileReport(), EmptyReport(), OverBudgetReport()}) {
    for (const WriterSettings& settings : AllSettings()) {
      for (const std::string& line : Lines(WithoutColour(Text(report, settings)))) {
        ASSERT_LE(CellCount(line), settings.columns) << line;
      }
    }
  }
}

TEST(Text, ScreenLeavesTheLastRowToThePrompt) {
  for (const Report& report : {SampleReport(), HostileReport(), EmptyReport(), OverBudgetReport()}) {
    for (const WriterSettings& settings : AllSettings()) {
      if (!settings.one_screen) continue;
      ASSERT_LE(Lines(Text(report, settings)).size(), std::max<size_t>(24, settings.rows) - 1) << settings.rows;
    }
  }
}

TEST(Text, ScreenFillsTwentyFourRowsWhenThereIsMoreToSay) {
  EXPECT_EQ(Lines(Text(SampleReport(), Screen(80, 24))).size(), 23u);
}

TEST(Text, NoControlByteOfTheLogGetsThrough) {
  std::vector<WriterSettings> all = AllSettings();
  all.push_back({false, 0, 24, false});
  for (const WriterSettings& settings : all) {
    const std::string text = WithoutColour(Text(HostileReport(), settings));
    for (unsigned char byte : text) ASSERT_TRUE(byte == '\n' || (byte >= 0x20 && byte != 0x7F)) << int{byte};
    for (const char* forbidden : {"\u202E", "\u200B", "\u2028", "\xc2\x9b", "\xed\xa0\x80", "\xff"}) {
      ASSERT_EQ(text.find(forbidden), std::string::npos);
    }
    ASSERT_EQ(EscapeForTerminal(text.substr(0, text.find('\n'))), text.substr(0, text.find('\n')));
  }
}

TEST(Text, CodesBelow100AreUnknownAndPrintedAsLogged) {
  Report report = SampleReport();
  report.codes[0].code = 7;
  for (const WriterSettings& settings : {WriterSettings{false, 0, 24, false}, Screen(160, 60)}) {
    EXPECT_THAT(Text(report, settings), ::testing::ContainsRegex(" 007 .*not in the catalogue \\(no HTTP status\\)"));
  }
}

TEST(Text, OneIsSingular) {
  Report report;
  InputReport input;
  input.path = "a.log";
  input.format = "common";
  input.confidence = 1;
  input.lines = 1;
  input.bytes = 71;
  report.inputs.push_back(input);
  report.totals.lines = report.totals.counted = report.totals.distinct_clients = 1;
  report.columns.client = true;
  report.classes = {ClassRow{2, 1, 1}};
  report.codes = {::logstat::testing::Code(200, 1, 5, {}, {})};
  for (const WriterSettings& settings : {WriterSettings{false, 0, 24, false}, Screen(80, 24)}) {
    const std::string text = Text(report, settings);
    EXPECT_THAT(text, HasSubstr("of 1 line)"));
    EXPECT_THAT(text, HasSubstr(", 1 client\n"));
    EXPECT_THAT(text, Not(::testing::ContainsRegex("[^0-9,]1 (lines|requests|clients|inputs|times)")));
  }
  EXPECT_THAT(Text(report, {false, 0, 24, false}), HasSubstr("1 request, "));
}

TEST(Text, ListThatIsEmptiedByItsBoundSaysTheBound) {
  const Report report = OverBudgetReport();
  const std::string full = Text(report, {false, 0, 24, false});
  EXPECT_THAT(full, HasSubstr("\nBusiest paths (over --max-memory: only what was counted more than 31 times)\n"));
  EXPECT_THAT(full, HasSubstr("\nBusiest clients (over --max-memory: only what was counted more than 1,204 times)\n"));
  EXPECT_THAT(full, HasSubstr("\nFailing clients (over --max-memory: only what was counted more than 7 times)\n"));
  EXPECT_THAT(full, HasSubstr("\nFailing paths\n"));
  EXPECT_THAT(full, HasSubstr("      clients (over --max-memory: only what was counted more than 7 times)\n"));
  for (const WriterSettings& settings : {Screen(80, 24), Screen(160, 40)}) {
    EXPECT_THAT(Text(report, settings), HasSubstr("paths 31, clients 1,204 (failing 7)\n"));
  }
}

TEST(Text, WhatTheFullTextAddsIsNamedAsFarAsItFits) {
  const auto last_line = [](size_t columns) { return Lines(Text(SampleReport(), Screen(columns, 24))).back(); };
  EXPECT_THAT(last_line(160), HasSubstr("agents, durations, changes, rejects"));
  EXPECT_THAT(last_line(120), HasSubstr("referrers and 4 more"));
  EXPECT_THAT(last_line(80), HasSubstr("clients and 8 more"));
}

TEST(Text, PathsThatMemoryLeftOutAreSaidToBe) {
  Report report = SampleReport();
  report.durations.paths.clear();
  report.durations.paths_left_out = true;
  EXPECT_THAT(Render(report, OutputKind::kText, {false, 80, 24, false}),
              HasSubstr("Slowest paths (left out: too many for the memory, see --max-memory)"));
}

TEST(Text, ALogWithoutDurationsDoesNotMentionThem) {
  Report report = SampleReport();
  report.columns.duration = false;
  for (const bool one_screen : {true, false}) {
    EXPECT_THAT(Render(report, OutputKind::kText, {false, 80, 24, one_screen}), Not(HasSubstr("urations")));
  }
}

TEST(Text, ColourChangesNothingButColour) {
  for (bool one_screen : {false, true}) {
    const std::string plain = Text(SampleReport(), {false, 80, 24, one_screen});
    const std::string coloured = Text(SampleReport(), {true, 80, 24, one_screen});
    EXPECT_THAT(plain, Not(HasSubstr("\x1b")));
    EXPECT_THAT(coloured, HasSubstr("\x1b[31m502\x1b[0m"));
    EXPECT_EQ(WithoutColour(coloured), plain);
  }
}

TEST(Text, RareErrorsStandBeforeCommonSuccess) {
  for (size_t rows : {24, 40}) {
    const std::string text = Text(WithoutFindings(), Screen(80, rows));
    const size_t success =
        text.find("200 1,890,211") != std::string::npos ? text.find("200 1,890,211") : text.find("200  1,890,211");
    ASSERT_NE(success, std::string::npos);
    for (const char* code : {"502", "504", "500", "421", "414"}) {
      EXPECT_LT(text.find(std::string(" ") + code + " "), success) << code;
    }
  }
}

TEST(Text, EveryCodeOnTheScreenHasItsGlossUncutAtEightyColumns) {
  const std::string text = Text(WithoutFindings(), Screen(80, 25));
  EXPECT_THAT(text, HasSubstr("One address holds more connections than permitted\n"));
  EXPECT_THAT(text, HasSubstr("The address is longer than the server reads\n"));
}

TEST(Text, CodesWithoutALineAreNamed) {
  EXPECT_THAT(Text(WithoutFindings(), Screen(160, 25)), HasSubstr("+9 more  408 22  400 12  0 2  200 1,890,211  304 "));
}

TEST(Text, CodesWithoutALineAreNamedWholeOrNotAtAll) {
  for (size_t columns = 60; columns < 120; ++columns) {
    const std::vector<std::string> lines = Lines(Text(SampleReport(), Screen(columns, 24)));
    const auto more = std::find_if(lines.begin(), lines.end(), [](const std::string& l) { return l[0] == '+'; });
    ASSERT_NE(more, lines.end());
    EXPECT_TRUE(std::regex_match(*more, std::regex(R"(\+\d+ more (( \d+ |\d+ )[0-9,]+ ?)+( …)?)"))) << *more;
    EXPECT_THAT(*more, Not(EndsWith(" ")));
    EXPECT_LE(CellCount(*more), columns);
    if (columns < 90) {
      EXPECT_THAT(*more, EndsWith("…"));
    }
  }
}

TEST(Text, CodesHaveTitlesWhereThereIsRoom) {
  const std::string tall = Text(SampleReport(), Screen(160, 60));
  EXPECT_THAT(tall, ContainsRegex("\n +count +share  meaning +first – last +top path\ncodes +502 "));
  EXPECT_THAT(Text(SampleReport(), Screen(160, 24)), Not(HasSubstr("meaning")));
  EXPECT_EQ(Lines(tall).size(), Lines(Text(SampleReport(), Screen(160, 61))).size());
}

TEST(Text, ALongTopPathDoesNotMoveColumnsTogether) {
  Report report = SampleReport();
  for (CodeRow& row : report.codes) {
    if (!row.top_paths.empty()) row.top_paths[0].key = "/" + std::string(300, 'x');
  }
  EXPECT_THAT(Text(report, Screen(160, 24)), HasSubstr("  0.14 %  The upstream"));
}

TEST(Text, ATimeSpanOfOneSecondIsATime) {
  Report report = SampleReport();
  report.totals.last_time = *report.totals.first_time + 400;
  EXPECT_THAT(Text(report, Screen(80, 24)), HasSubstr("span     2026-11-21 00:00:03 UTC (0 s), "));
}

TEST(Text, FailingListsStandBeforeTheBusiest) {
  const std::string text = Text(SampleReport(), {false, 80, 24, false});
  EXPECT_LT(text.find("\nFailing paths"), text.find("\nBusiest paths"));
}

TEST(Text, FormatsOfManyInputsAreNamedByTheirNumber) {
  Report report = SampleReport();
  report.inputs.assign(5, report.inputs[0]);
  report.inputs[0].format = "alb";
  report.inputs[3].format = "squid";
  report.inputs[4].format = "squid";
  EXPECT_THAT(Text(report, Screen(80, 24)), HasSubstr(": 2 squid, 2 vhost_combined, 1 alb\n"));
}

TEST(Text, WhatChangedIsOneSentence) {
  Report report = SampleReport();
  const auto has = [&](const char* sentence) {
    EXPECT_THAT(Text(report, Screen(160, 24)), HasSubstr(std::string("changed  ") + sentence + "\n"));
  };
  has("13:02 – 14:29 (over): 502 rose from 0.01 % to 1.87 % of requests, with path /api/cart");
  report.changes[0].ongoing = true;
  report.summary.top_change = report.changes[0];
  has("since 13:02 (ongoing): 502 rose from 0.01 % to 1.87 % of requests, with path /api/cart");
  report.changes[1].count = 20;  // another incident: much smaller
  has("since 13:02 (ongoing): 502 rose from 0.01 % to 1.87 % of requests");
  report.summary.top_change = report.changes[2];
  has("since 23:51 (ongoing): failing requests of client 45.9.148.3 rose from 0 % to 21.1 % of requests");
  EXPECT_THAT(Text(report, Screen(80, 24)),
              HasSubstr("changed  since 23:51 (ongoing): failing client 45.9.148.3, 0 % to 21.1 %\n"));
  report.summary.top_change->ongoing = false;
  report.summary.top_change->until = report.summary.top_change->since + 8 * testing::kMinute;
  report.totals.last_time = *report.totals.last_time + 2 * 86'400'000;  // so that days must be named
  EXPECT_THAT(Text(report, Screen(80, 24)), HasSubstr("changed  11-21 23:51 – 23:59 (over): "));
  report.summary.top_change.reset();
  EXPECT_THAT(Text(report, Screen(160, 24)), Not(HasSubstr("changed  ")));
}

TEST(Text, AKeyOfAChangeIsEscaped) {
  Report report = SampleReport();
  report.changes[2].key = "\x1b[31m" + std::string(200, 'x');
  report.summary.top_change = report.changes[2];
  for (const bool one_screen : {true, false}) {
    EXPECT_THAT(Text(report, {false, 80, 24, one_screen}), Not(HasSubstr("\x1b")));
  }
}

TEST(Text, AccountingIsAlwaysThere) {
  Report report = SampleReport();
  report.options.sections = {Section::kCodes};
  for (bool one_screen : {false, true}) {
    const std::string text = Text(report, {false, 80, 24, one_screen});
    EXPECT_THAT(text, HasSubstr("2,104,551 = 2,104,155 counted + 391 rejected + 5 ignored"));
    EXPECT_THAT(text, HasSubstr("no_status 380"));
    EXPECT_THAT(text, Not(HasSubstr("span ")));
    EXPECT_THAT(text, Not(HasSubstr("/api/checkout/confirm 1,012")));
  }
}

TEST(Text, ProblemsComeFirst) {
  Report report = SampleReport();
  report.complete = false;
  report.errors = {{"old.log", "cannot open: Permission denied; run as a user who may read it"}};
  const std::vector<std::string> lines = Lines(Text(report, Screen(80, 24)));
  EXPECT_EQ(lines[0], "partial  not everything could be read: this is what was read");
  EXPECT_THAT(lines[1], HasSubstr("old.log: cannot open: Permission denied"));
}

TEST(Text, InterruptedRunSaysSo) {
  Report report = SampleReport();
  report.complete = false;
  EXPECT_THAT(Text(report, Screen(80, 24)), HasSubstr("interrupted"));
}

TEST(Text, ErrorsThatAreOverAndErrorsThatGoOn) {
  Report report = SampleReport();
  EXPECT_THAT(Text(report, Screen(80, 24)), HasSubstr("peak 2,401 at 13:30, none since 16:00"));
  report.timeline.points[47].outcomes.server_errors = 1;
  EXPECT_THAT(Text(report, Screen(80, 24)), HasSubstr("peak 2,401 at 13:30, still at the end"));
}

TEST(Text, TimesFollowTheZone) {
  Report report = SampleReport();
  report.options.time_zone = "Europe/Berlin";
  EXPECT_THAT(Text(report, Screen(80, 24)), HasSubstr("2026-11-21 01:00:03 – 2026-11-22 00:59:59 CET"));
}

TEST(Text, PipeHasKeysUncut) {
  Report report = SampleReport();
  report.paths[0].key = "/" + std::string(900, 'x');
  report.paths[0].key_bytes = 901;
  EXPECT_THAT(Text(report, {false, 0, 24, false}), HasSubstr("  /" + std::string(900, 'x') + "\n"));
}

TEST(Text, LongKeyShowsItsLengthHoweverItIsCut) {
  const Report report = HostileReport();
  EXPECT_THAT(Text(report, {false, 0, 24, false}), HasSubstr(std::string(1'024, 'L') + "… (8,190 bytes)\n"));
  EXPECT_THAT(Text(report, Screen(80, 24)), HasSubstr("L… (8,190 bytes) 7"));
}

TEST(Text, CountThatIsABoundSaysSo) {
  Report report = SampleReport();
  report.paths[0].error = 6;
  EXPECT_THAT(Text(report, {false, 80, 24, false}), HasSubstr("412,040+6  "));
}

TEST(Text, ListsOfThousandsKeepTheirColumns) {
  Report report = SampleReport();
  report.paths.assign(2'500, testing::Key("/p", 1'234'567, 0, 0, 10));
  report.paths.back().count = 1;
  const std::string text = Text(report, {false, 80, 24, false});
  size_t rows = 0;
  for (const std::string& line : Lines(text)) rows += line.size() > 2 && line.substr(line.size() - 4) == "  /p";
  EXPECT_EQ(rows, 2'500u);
  EXPECT_EQ(text.find("Busiest paths"), text.rfind("Busiest paths"));
}

TEST(Text, EmptyLogIsAValidReport) {
  EXPECT_EQ(Text(EmptyReport(), Screen(80, 24)), "input    empty.log: empty\nlines    0 = 0 counted\n");
  EXPECT_EQ(Text(EmptyReport(), {false, 0, 24, false}), "input    empty.log: empty\nlines    0 = 0 counted\n");
}

TEST(Text, LogWithoutAnyReadableTimeHasNoTimeline) {
  Report report = SampleReport();
  report.timeline.interval_seconds = 0;
  report.timeline.points.erase(report.timeline.points.begin(), report.timeline.points.end() - 1);
  report.totals.first_time.reset();
  report.totals.last_time.reset();
  EXPECT_THAT(Text(report, Screen(80, 24)), Not(HasSubstr("traffic")));
  EXPECT_THAT(Text(report, {false, 80, 24, false}), HasSubstr("Timeline\n"));
}

TEST(Text, LocaleOfTheProcessHasNoInfluence) {
  const std::string before = Text(SampleReport(), {false, 80, 24, false});
  const char* set = std::setlocale(LC_ALL, "de_DE.UTF-8");
  if (set == nullptr) set = std::setlocale(LC_ALL, "C.UTF-8");
  ASSERT_NE(set, nullptr);
  EXPECT_EQ(Text(SampleReport(), {false, 80, 24, false}), before);
  std::setlocale(LC_ALL, "C");
}

TEST(OutputKind, NamesAreInverse) {
  for (OutputKind kind : {OutputKind::kText, OutputKind::kJson}) {
    EXPECT_EQ(FindOutputKind(OutputKindName(kind)), kind);
  }
  EXPECT_EQ(FindOutputKind("xml"), std::nullopt);
}

}  // namespace
}  // namespace logstat
