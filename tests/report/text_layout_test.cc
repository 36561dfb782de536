#include "src/report/text_layout.h"

#include <gtest/gtest.h>

#include <limits>

#include "src/report/escape.h"

namespace logstat {
namespace {

TEST(Line, NeverWiderThanTheColumns) {
  Line line(Look{10, false});
  line.Add("12345").Add("67890").Add("x");
  EXPECT_EQ(line.text(), "1234567890");
  Line cut(Look{10, false});
  cut.Add("12345").Add("678901").Add("x");
  EXPECT_EQ(cut.text(), "123456789…");
}

TEST(Line, PaddingWithoutTextLeavesNoBlanks) {
  Line line(Look{80, false});
  line.Add("a").PadTo(40);
  EXPECT_EQ(line.text(), "a");
  line.Add("b");
  EXPECT_EQ(line.cells(), 41u);
}

TEST(Line, ColourTakesNoCells) {
  Line line(Look{5, true});
  line.Add("12345", Style::kServerError);
  EXPECT_EQ(line.text(), "\x1b[31m12345\x1b[0m");
  EXPECT_EQ(line.cells(), 5u);
}

TEST(Line, NoLimitNeverCuts) {
  Line line(Look{0, false});
  line.Add(std::string(5'000, 'x'));
  EXPECT_EQ(line.cells(), 5'000u);
}

TEST(Table, NumbersStandRightAndEmptyColumnsVanish) {
  Table table({{"n", Align::kRight}, {"", Align::kRight}, {"key", Align::kLeft}});
  table.Add({{"1"}, {""}, {"a"}});
  table.Add({{"1,000"}, {""}, {"日本"}});
  EXPECT_EQ(table.Titles(Look{80, false}, 2).text(), "      n  key");
  const std::vector<Line> lines = table.TakeLines(Look{80, false}, 2);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].text(), "      1  a");
  EXPECT_EQ(lines[1].text(), "  1,000  日本");
  EXPECT_EQ(table.rows(), 0u);
}

TEST(Table, PortionsKeepTheWidthsReached) {
  Table table({{"", Align::kRight}, {"", Align::kLeft}});
  table.Add({{"1,000"}, {"a"}});
  table.TakeLines(Look{80, false}, 0);
  table.Add({{"1"}, {"b"}});
  EXPECT_EQ(table.TakeLines(Look{80, false}, 0)[0].text(), "    1  b");
}

TEST(Bar, EighthsOfACell) {
  EXPECT_EQ(Bar(0, 10), "");
  EXPECT_EQ(Bar(1, 3), "███");
  EXPECT_EQ(Bar(0.5, 3), "█▌");
  EXPECT_EQ(Bar(0.00001, 3), "▏");
  EXPECT_EQ(Bar(7, 3), "███");
}

TEST(Sparkline, SpikeSurvivesWhenValuesShareACell) {
  std::vector<uint64_t> values(4'096, 1);
  values[3'000] = 1'000'000;
  const std::string line = Sparkline(values, 40);
  EXPECT_EQ(CellCount(line), 40u);
  EXPECT_NE(line.find("█"), std::string::npos);
  EXPECT_NE(line.find("▁"), std::string::npos);
}

TEST(Sparkline, ZeroIsNotTheLowestBlock) {
  EXPECT_EQ(Sparkline({0, 1, 8}, 10), "·▁█");
  EXPECT_EQ(Sparkline({0, 0}, 10), "··");
  EXPECT_EQ(Sparkline({}, 10), "");
  EXPECT_EQ(Sparkline({std::numeric_limits<uint64_t>::max()}, 1), "█");
}

TEST(Wrap, BreaksAtBlanksAndCutsWhatHasNone) {
  const std::vector<Line> lines = Wrap(Look{12, false}, 2, "one two three " + std::string(30, 'x'));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].text(), "  one two");
  EXPECT_EQ(lines[1].text(), "  three");
  EXPECT_EQ(lines[2].text(), "  xxxxxxxxx…");
}

}  // namespace
}  // namespace logstat
