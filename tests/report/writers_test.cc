// What holds for every writer: no byte of a log leaves its place raw, no secret is printed, pieces make up the whole.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "src/report/escape.h"
#include "src/report/writer.h"
#include "tests/report/torture_report.h"

namespace logstat {
namespace {

using ::logstat::testing::SampleReport;
using ::logstat::testing::TortureReport;

class EveryWriter : public ::testing::TestWithParam<OutputKind> {
 protected:
  static std::string Text(const Report& report) {
    // All sections do not fit into one table.
    if (GetParam() != OutputKind::kCsv) return Render(report, GetParam(), {false, 0, 24, false});
    std::string out;
    for (const Section section : {Section::kCodes, Section::kPaths, Section::kRejects}) {
      Report part = report;
      part.options.sections = SectionSet{section};
      out += Render(part, GetParam(), {});
    }
    return out;
  }
};

// Escaping what is printable changes nothing but backslashes.
TEST_P(EveryWriter, PrintsOnlyPrintableUtf8) {
  std::string text = Text(TortureReport());
  ASSERT_GT(text.size(), 1'000u);
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == '\\'; });
  EXPECT_TRUE(EscapeForTerminal(text) == text);
}

TEST_P(EveryWriter, EndsItsLastLine) { EXPECT_TRUE(Text(SampleReport()).ends_with("\n")); }

TEST_P(EveryWriter, PrintsNoSecret) {
  const std::string text = Text(TortureReport());
  EXPECT_EQ(text.find("TOPSECRET"), std::string::npos);
  EXPECT_NE(text.find("token=***"), std::string::npos);
}

TEST_P(EveryWriter, GivesLargeReportsInPieces) {
  Report report = SampleReport();
  report.options.sections = SectionSet{Section::kPaths};
  report.paths.assign(20'000, report.paths[0]);
  size_t largest = 0;
  std::string all;
  MakeWriter(GetParam(), {false, 0, 24, false})->Write(report, [&](std::string_view piece) {
    largest = std::max(largest, piece.size());
    all += piece;
  });
  EXPECT_LT(largest, 200'000u);
  EXPECT_EQ(all, Render(report, GetParam(), {false, 0, 24, false}));
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryWriter, ::testing::ValuesIn(kOutputKinds),
                         [](const ::testing::TestParamInfo<OutputKind>& info) {
                           return std::string(OutputKindName(info.param));
                         });

}  // namespace
}  // namespace logstat
