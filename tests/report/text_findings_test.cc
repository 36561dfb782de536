// Findings in the text of the report: whole sentences on any width, and room for the rest of the screen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "src/report/finding_text.h"
#include "src/report/writer.h"
#include "tests/report/sample_report.h"
#include "tests/report/text_lines.h"

namespace logstat {
namespace {

using ::logstat::testing::SampleReport;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(TextFindings, SentencesOfFindingsAreWrappedAndWhole) {
  const std::string text = Text(SampleReport(), Screen(80, 24));
  EXPECT_THAT(text, HasSubstr("finding  high upstream: shop.example.org answered 3,609 of 78,100 requests with\n"
                              "         502 and 504 (4.6 %) (13:02:00 – 14:29:00)\n"));
  EXPECT_THAT(text, HasSubstr("         3 more: medium 421-conn-limit (conn-limit), medium 414-flood"));
  EXPECT_THAT(Text(SampleReport(), Screen(80, 60)),
              HasSubstr("         medium 421-conn-limit (conn-limit): client 203.0.113.200 was refused\n"
                        "         1,640 times for its number of connections (13:02:00 – 14:29:00)\n"));
  EXPECT_THAT(Text(SampleReport(), Screen(80, 60)),
              HasSubstr("         → Look at the upstream that most of them came from: its own log of that\n"));
  for (const std::string& line : Lines(Text(SampleReport(), Screen(80, 60)))) {
    EXPECT_FALSE(line.starts_with("         ") && line.ends_with("re…")) << "a word was cut: " << line;
  }
}

TEST(TextFindings, AWholeLogOfFindingsLeavesRoomForCodes) {
  Report report = SampleReport();
  for (Finding& finding : report.findings.rows) {
    finding.severity = Severity::kHigh;
    finding.sentence += " and so on and on, again and again, " + std::string(400, 'x');
  }
  const std::vector<std::string> lines = Lines(Text(report, Screen(80, 24)));
  EXPECT_EQ(lines.size(), 23u);
  EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line.starts_with("codes"); }));
}

TEST(TextFindings, RulesThatDidNotRunAreCountedAndNamedOnlyIfAsked) {
  Report report = SampleReport();
  WriterSettings settings{false, 80, 24, false};
  EXPECT_THAT(Text(report, settings),
              HasSubstr("  2 of 6 rules did not run: 1 for want of user, query; 1 switched off\n"));
  EXPECT_THAT(Text(report, settings), Not(HasSubstr("cache-bust")));
  settings.rule_ids = true;
  EXPECT_THAT(Text(report, settings), HasSubstr("    no user, query: storage\n    off: cache-bust\n"));
  report.totals.counted = 0;
  EXPECT_THAT(Text(report, {false, 80, 24, false}), HasSubstr("  No rule ran: no line was counted\n"));
}

TEST(TextFindings, AFilterThatKeepsRulesFromRunningIsNamedOnTheScreen) {
  Report report = SampleReport();
  report.findings.detectors[0].state = DetectorState::kSkipped;
  report.findings.detectors[0].reason = "filtered";
  EXPECT_THAT(Text(report, Screen(80, 24)),
              HasSubstr("\n         1 rule did not run, because --where asks for outcomes\n"));
  report.findings.rows.clear();
  EXPECT_THAT(Text(report, Screen(80, 24)),
              HasSubstr("\nfinding  1 rule did not run, because --where asks for outcomes\n"));
}

// The advice of the rule, then that of the code.
TEST(TextFindings, ProxiesAreNamedInEveryOutputAndOnTheScreen) {
  Report report = SampleReport();
  report.findings.proxied = ProxiedClients{{"192.0.2.10", "192.0.2.11"}, 0.798, true};
  const std::string sentence =
      "client-is-proxy: many people stand behind 192.0.2.10 and 1 more, 79.8 % of the lines; count with --client xff";
  for (const OutputKind kind : {OutputKind::kJson, OutputKind::kMarkdown, OutputKind::kHtml}) {
    EXPECT_THAT(Render(report, kind, {}), HasSubstr(sentence));
  }
  EXPECT_THAT(Text(report, {false, 200, 24, false}), HasSubstr("of the lines; count with\n  --client xff\n"));
  EXPECT_THAT(Text(report, Screen(80, 24)), HasSubstr("         client-is-proxy: many people stand behind 192.0.2.10"));
  report.findings.proxied = ProxiedClients{{""}, 0.798, false};
  EXPECT_THAT(
      Text(report, {false, 200, 24, false}),
      HasSubstr("behind one address, 79.8 % of the lines; log X-Forwarded-For and\n  count with --client xff\n"));
}

TEST(TextFindings, AdviceIsTheSameInEveryOutput) {
  const std::string advice = "its timeouts. Look at the upstream server";
  EXPECT_THAT(Text(SampleReport(), Screen(0, 60)), HasSubstr("→ Look at the upstream that most"));
  for (const OutputKind kind : {OutputKind::kJson, OutputKind::kMarkdown, OutputKind::kHtml}) {
    EXPECT_THAT(Render(SampleReport(), kind, {}), HasSubstr(advice)) << OutputKindName(kind);
  }
}

// "Nothing to do" is right of a 200, and wrong of a file with passwords in it that was served with one.
TEST(TextFindings, WhatIsAdvisedForACodeIsSaidOfErrorsOnly) {
  Finding finding;
  finding.advice = "Move the file.";
  for (const auto& [code, more] : {std::pair(200, false), std::pair(206, false), std::pair(304, false),
                                   std::pair(421, true), std::pair(502, true), std::pair(-1, false)}) {
    finding.code = code;
    EXPECT_EQ(AdviceText(finding) != finding.advice, more) << code;
  }
  finding.code = 502;
  finding.advice_is_whole = true;
  EXPECT_EQ(AdviceText(finding), finding.advice);
}

}  // namespace
}  // namespace logstat
