#include "src/format/ltsv_format.h"

#include <gtest/gtest.h>

#include "tests/format/read_cells.h"

namespace logstat {
namespace {

RecordBatch ReadLtsv(std::string_view line) {
  RecordBatch batch;
  batch.Reset(nullptr, kEveryField);
  batch.AppendRow(0);
  LineFormatOf("ltsv").MakeReader()->Read(line, 0, batch);
  return batch;
}

TEST(LtsvFormat, LabelsInAnyOrder) {
  const RecordBatch batch = ReadLtsv(
      "status:404\tunknown:x:y\ttime:[22/Nov/2026:13:00:00 +0000]\thost:192.0.2.7\treq:GET /a?b HTTP/1.1\tsize:12\t"
      "reqtime:0.5\tvhost:shop.example:443\tua:Mozilla/5.0 (a:b)\treferer:-");
  EXPECT_EQ(batch.kind(0), LineKind::kCounted);
  EXPECT_EQ(batch.status(0), 404);
  EXPECT_EQ(batch.time_ms(0), 1795352400000);
  EXPECT_EQ(batch.bytes(0), 12);
  EXPECT_EQ(batch.number(Field::kDuration, 0), 500000);
  EXPECT_EQ(batch.View(Field::kClient, 0), "192.0.2.7");
  EXPECT_EQ(batch.View(Field::kHost, 0), "shop.example");
  EXPECT_EQ(batch.View(Field::kPath, 0), "/a");
  EXPECT_EQ(batch.View(Field::kMethod, 0), "GET");
  EXPECT_EQ(batch.View(Field::kAgent, 0), "Mozilla/5.0 (a:b)");
  EXPECT_EQ(batch.View(Field::kReferrer, 0), "-");
  EXPECT_TRUE(batch.IsMissing(Field::kUser, 0));
}

TEST(LtsvFormat, KindsOfLines) {
  EXPECT_EQ(ReadLtsv("time:x\tstatus:200").status(0), 200);
  EXPECT_EQ(ReadLtsv("status:-\ta:b").kind(0), LineKind::kCounted);
  EXPECT_EQ(ReadLtsv("status:\ta:b").kind(0), LineKind::kCounted);
  EXPECT_EQ(ReadLtsv("status:20\ta:b").kind(0), LineKind::kNoStatus);
  EXPECT_EQ(ReadLtsv("time:x\thost:y\tsta").kind(0), LineKind::kNoStatus);
  EXPECT_EQ(ReadLtsv("no label here").kind(0), LineKind::kTooFewFields);
  EXPECT_EQ(ReadLtsv("a b:c\t:d").kind(0), LineKind::kTooFewFields);
  EXPECT_EQ(ReadLtsv(" \t ").kind(0), LineKind::kIgnored);
}

TEST(LtsvFormat, WhatWasReadBeforeAndCellsOfAnySizeChangeNothing) {
  std::string text;
  for (const char* line :
       {"status:200\thost:a\turi:/x\tsize:5", "host:b\tstatus:404\turi:/y", "uri:/z\tbad\tstatus:500", "",
        "host:\tstatus:301\turi:", ":x\tstatus:302", "# x", "status:200\thost:c\turi:/x\tsize:6"}) {
    text += std::string(line) + "\n";
  }
  const LineFormat& format = LineFormatOf("ltsv");
  const std::vector<ReadRow> whole = ReadText(text, format, kEveryColumn, ReadSettings{});
  for (size_t cell_bytes = 1; cell_bytes < text.size(); ++cell_bytes) {
    EXPECT_EQ(DescribeDifference(text, ReadText(text, format, kEveryColumn, {.cell_bytes = cell_bytes}), whole), "");
  }
  for (const ReadRow& row : whole) {
    const std::string line = text.substr(row.begin, text.find('\n', row.begin) + 1 - row.begin);
    ReadRow alone = ReadText(line, format, kEveryColumn, ReadSettings{}).front();
    alone.begin = row.begin;
    EXPECT_EQ(alone, row) << line;
  }
}

TEST(LtsvFormat, DetectionWantsLabelsThroughout) {
  const LineFormat& format = LineFormatOf("ltsv");
  const auto fits = [&](std::string_view line, Fit fit) { return format.CountFits(std::array{line}, fit); };
  EXPECT_EQ(fits("time:22/Nov/2026:13:00:00 +0000\tstatus:200\turi:/", Fit::kExact), 1u);
  EXPECT_EQ(fits("time:x\tstatus:200\turi:/", Fit::kExact), 0u);
  EXPECT_EQ(fits("time:x\tstatus:200\turi:/", Fit::kTolerant), 1u);
  EXPECT_EQ(fits("status:200\turi:/", Fit::kTolerant), 0u);
  EXPECT_EQ(fits("status:200\turi:/\tsize:1\tx", Fit::kExact), 0u);
}

}  // namespace
}  // namespace logstat
