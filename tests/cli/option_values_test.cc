#include "src/cli/option_values.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace logstat {
namespace {

using testing::HasSubstr;

template <typename T>
std::string Complaint(const StatusOr<T>& value) {
  return value.ok() ? "" : Message(value.status());
}

TEST(ParseSize, BinaryAndDecimalUnits) {
  EXPECT_EQ(*ParseSize("--max-memory", "64MiB", 0), 64u << 20);
  EXPECT_EQ(*ParseSize("--max-memory", "64M", 0), 64u << 20);
  EXPECT_EQ(*ParseSize("--max-memory", "64MB", 0), 64000000u);
  EXPECT_EQ(*ParseSize("--max-memory", "1G", 0), 1u << 30);
  EXPECT_EQ(*ParseSize("--max-memory", "2T", 0), uint64_t{2} << 40);
  EXPECT_EQ(*ParseSize("--max-memory", "3k", 0), 3072u);
  EXPECT_EQ(*ParseSize("--max-memory", "4096", 0), 4096u);
  EXPECT_EQ(*ParseSize("--max-memory", "4096B", 0), 4096u);
}
TEST(ParseSize, RefusedWithTheText) {
  for (const char* text : {"", "0", "M", "1X", "1MiBs", "1Mi", "-1", "1.5G", "1 G", "0x10"}) {
    EXPECT_THAT(Complaint(ParseSize("--max-memory", text, 0)), HasSubstr("'" + std::string(text) + "'")) << text;
  }
}
TEST(ParseSize, OverflowIsRefusedNotWrapped) {
  EXPECT_FALSE(ParseSize("--max-memory", "99999999999999999999", 0).ok());
  EXPECT_FALSE(ParseSize("--max-memory", "17000000T", 0).ok());
  EXPECT_EQ(*ParseSize("--max-memory", "16777215T", 0), uint64_t{16777215} << 40);
  EXPECT_EQ(*ParseSize("--max-memory", "16M", 16u << 20), 16u << 20);
  EXPECT_EQ(Complaint(ParseSize("--max-memory", "16383k", 16u << 20)),
            "--max-memory: '16383k' is too little; the least is 16MiB");
}

TEST(ParseInterval, EveryStepOfTheTimelineInItsUnits) {
  EXPECT_EQ(*ParseInterval("--interval", "1s"), 1);
  EXPECT_EQ(*ParseInterval("--interval", "30s"), 30);
  EXPECT_EQ(*ParseInterval("--interval", "1m"), 60);
  EXPECT_EQ(*ParseInterval("--interval", "1min"), 60);
  EXPECT_EQ(*ParseInterval("--interval", "60s"), 60);
  EXPECT_EQ(*ParseInterval("--interval", "6h"), 21600);
  EXPECT_EQ(*ParseInterval("--interval", "28d"), 28 * 86400);
}
TEST(ParseInterval, AnythingElseListsTheSteps) {
  for (const char* text : {"7m", "", "m", "10", "0s", "2d", "1w", "-1s", "1.5h", "18446744073709551615d", "1 m"}) {
    EXPECT_THAT(Complaint(ParseInterval("--interval", text)),
                HasSubstr("1s, 10s, 30s, 1m, 10m, 30m, 1h, 6h, 1d, 7d, 28d"))
        << text;
  }
}

TEST(ParseSections, ListInAnyOrder) {
  EXPECT_EQ(*ParseSections("--sections", "paths,codes"), (SectionSet{Section::kCodes, Section::kPaths}));
}
TEST(ParseSections, UnknownOrEmptyNamesListTheKnown) {
  for (const char* text : {"nonsense", "codes,", ",codes", "codes,,paths", "codes paths", "Codes"}) {
    EXPECT_THAT(Complaint(ParseSections("--sections", text)), HasSubstr("known: summary, findings, classes, codes,"))
        << text;
  }
}

TEST(ParsePercent, WithOrWithoutSign) {
  EXPECT_EQ(*ParsePercent("--max-rejects", "5"), 5);
  EXPECT_EQ(*ParsePercent("--max-rejects", "0.5%"), 0.5);
  EXPECT_EQ(*ParsePercent("--max-rejects", "0"), 0);
  EXPECT_EQ(*ParsePercent("--max-rejects", "100"), 100);
}
TEST(ParsePercent, OutsideOrNotANumber) {
  for (const char* text : {"", "%", "101", "-1", "nan", "inf", "5x", "5%%"}) {
    EXPECT_FALSE(ParsePercent("--max-rejects", text).ok()) << text;
  }
}

TEST(ParseCount, BoundsAreInclusive) {
  EXPECT_EQ(*ParseCount("-j", "1", 1, 1024), 1u);
  EXPECT_EQ(*ParseCount("-j", "1024", 1, 1024), 1024u);
  for (const char* text : {"0", "1025", "", "two", "2x", "-2", "+2", "99999999999999999999999"}) {
    EXPECT_FALSE(ParseCount("-j", text, 1, 1024).ok()) << text;
  }
}

TEST(ParseOutput, KindAlone) {
  EXPECT_EQ(ParseOutput("-o", "json")->kind, OutputKind::kJson);
  EXPECT_EQ(ParseOutput("-o", "json")->path, "");
}
TEST(ParseOutput, KindAndPath) {
  EXPECT_EQ(ParseOutput("-o", "json=a=b.txt")->kind, OutputKind::kJson);
  EXPECT_EQ(ParseOutput("-o", "json=a=b.txt")->path, "a=b.txt");
  EXPECT_EQ(ParseOutput("-o", "text=-")->path, "");
}
TEST(ParseOutput, KindByExtension) {
  EXPECT_EQ(ParseOutput("-o", "out/report.json")->kind, OutputKind::kJson);
  EXPECT_EQ(ParseOutput("-o", "out/report.json")->path, "out/report.json");
  EXPECT_EQ(ParseOutput("-o", "report.txt")->kind, OutputKind::kText);
  EXPECT_EQ(ParseOutput("-o", "report.csv")->kind, OutputKind::kCsv);
  EXPECT_EQ(ParseOutput("-o", "report.md")->kind, OutputKind::kMarkdown);
  EXPECT_EQ(ParseOutput("-o", "report.html")->kind, OutputKind::kHtml);
  EXPECT_EQ(ParseOutput("-o", "report.prom")->kind, OutputKind::kPrometheus);
}
TEST(ParseOutput, EveryKindByItsName) {
  for (const OutputKind kind : kOutputKinds) {
    EXPECT_EQ(ParseOutput("-o", OutputKindName(kind))->kind, kind) << OutputKindName(kind);
  }
}
TEST(ParseOutput, Refused) {
  for (const char* text : {"", "jsn", "json=", "report", "report.jsonl", ".json", "=x", "md", "prom", "report.htm"}) {
    EXPECT_FALSE(ParseOutput("-o", text).ok()) << text;
  }
}

}  // namespace
}  // namespace logstat
