#include "src/format/wrapped_format.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/format/read_cells.h"

namespace logstat {
namespace {

WrapperStack Stack(const std::vector<std::string_view>& names) {
  WrapperStack stack;
  for (const std::string_view name : names) {
    for (const Wrapper& wrapper : Wrappers()) {
      if (wrapper.name == name) stack.push_back(&wrapper);
    }
  }
  EXPECT_EQ(stack.size(), names.size());
  return stack;
}

std::shared_ptr<const LineFormat> Wrapped(const std::vector<std::string_view>& names,
                                          const std::string& format = "combined") {
  const LineFormat& inner = LineFormatOf(format);
  return InWrappers(Stack(names), std::shared_ptr<const LineFormat>(&inner, [](const LineFormat*) {}));
}

std::string WrappedLine(const std::string& path, int status = 200) {
  return "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET " + path + " HTTP/1.1\" " + std::to_string(status) +
         " 5120 \"-\" \"curl/7.88\"";
}

std::string SyslogLine(const std::string& payload) { return "Nov 22 13:00:01 web1 nginx: " + payload + "\n"; }

std::string Cri(const std::string& stream, const std::string& tag, const std::string& payload) {
  return "2026-11-22T13:00:02.5Z " + stream + " " + tag + " " + payload + "\n";
}

// A part or, with a line end in it, a whole line; `text` without bytes that need an escape, but for quotes.
std::string Docker(const std::string& stream, std::string text, bool goes_on = false) {
  for (size_t i = 0; (i = text.find('"', i)) != std::string::npos; i += 2) text.insert(i, 1, '\\');
  return "{\"log\":\"" + text + (goes_on ? "" : "\\n") + "\",\"stream\":\"" + stream +
         "\",\"time\":\"2026-11-22T13:00:02.5Z\"}\n";
}

std::vector<ReadRow> ReadWrapped(const std::string& text, const LineFormat& format, ColumnSet columns = kEveryColumn) {
  return ReadText(text, format, columns, ReadSettings{.cell_bytes = text.size() + 1});
}

// Whatever the size of the cells, the rows must be those of a single one.
void ExpectWrappedTiles(const std::string& text, const LineFormat& format) {
  const std::vector<ReadRow> expected = ReadWrapped(text, format);
  ReadSettings settings;
  for (settings.cell_bytes = 1; settings.cell_bytes <= text.size(); ++settings.cell_bytes) {
    ASSERT_EQ(DescribeDifference(text, ReadText(text, format, kEveryColumn, settings), expected), "")
        << "cells of " << settings.cell_bytes << " bytes";
  }
}

// The same as if the payload stood there alone, but for where the line begins.
void ExpectReadAsPayload(const std::string& text, const LineFormat& format, const std::string& payload) {
  std::vector<ReadRow> rows = ReadWrapped(text, format);
  std::vector<ReadRow> expected = ReadWrapped(payload + "\n", LineFormatOf("combined"));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(DescribeDifference(payload, rows, expected), "");
}

TEST(WrappedFormat, ALineIsReadAsItsPayload) {
  const std::string line = WrappedLine("/cart?id=7");
  ExpectReadAsPayload(SyslogLine(line), *Wrapped({"syslog"}), line);
  ExpectReadAsPayload(Cri("stdout", "F", line), *Wrapped({"CRI"}), line);
  ExpectReadAsPayload(Docker("stdout", line), *Wrapped({"Docker JSON"}), line);
  ExpectReadAsPayload("web-1  | " + SyslogLine(line), *Wrapped({"compose prefix", "syslog"}), line);
  ExpectReadAsPayload(Docker("stdout", "<6>Nov 22 13:00:01 web1 nginx: " + line), *Wrapped({"Docker JSON", "syslog"}),
                      line);
}

TEST(WrappedFormat, BlanksInFrontOfAWrapperAreTakenOffWithIt) {
  const std::string line = WrappedLine("/cart?id=7");
  for (const std::string& front : {std::string(" "), std::string("\t  "), std::string("\0\0\0", 3)}) {
    ExpectReadAsPayload(front + "<190>" + SyslogLine(line), *Wrapped({"syslog"}), line);
    ExpectReadAsPayload(front + Cri("stdout", "F", line), *Wrapped({"CRI"}), line);
    ExpectReadAsPayload(front + Docker("stdout", line), *Wrapped({"Docker JSON"}), line);
    ExpectReadAsPayload(front + "[pod/web-1/nginx] " + line + "\n", *Wrapped({"pod prefix"}), line);
    ExpectReadAsPayload(front + "2026-11-22T13:00:02.5Z " + line + "\n", *Wrapped({"timestamp"}), line);
    ExpectReadAsPayload(front + "web-1  |   " + SyslogLine(line), *Wrapped({"compose prefix", "syslog"}), line);
    ExpectReadAsPayload(front + line + "\n", *Wrapped({"syslog"}), line);  // as ever
    ExpectWrappedTiles(front + SyslogLine(line) + SyslogLine(line) + front + "\n" + front + SyslogLine(line),
                       *Wrapped({"syslog"}));
  }
}

TEST(WrappedFormat, PayloadsThatStandInTheLineAreNotCopied) {
  const std::string text = SyslogLine(WrappedLine("/a"));
  const OwnedCell owned(text, text.size(), 0);
  CellReader reader(BestKernels());
  RecordBatch batch;
  const auto format = Wrapped({"syslog"});
  reader.Read(owned.block(), *format, kEveryColumn, batch);
  EXPECT_EQ(batch.texts(Field::kPath)[0].offset, text.find("/a "));
}

TEST(WrappedFormat, OtherProgramsLinesAreRejectedWithAReason) {
  const std::vector<ReadRow> rows =
      ReadWrapped(SyslogLine(WrappedLine("/a")) + "Nov 22 13:00:01 web1 sudo: root : TTY=pts/6\n" +
                      "Nov 22 13:00:01 --- last message repeated 2 times ---\n" + WrappedLine("/bare", 404) + "\n\n" +
                      SyslogLine(""),
                  *Wrapped({"syslog"}));
  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows[0].kind, LineKind::kCounted);
  EXPECT_EQ(rows[1].kind, LineKind::kTooFewFields);
  EXPECT_EQ(rows[2].kind, LineKind::kTooFewFields);
  EXPECT_EQ(rows[3].status, 404) << "a line without the wrapper is read as it is";
  EXPECT_EQ(rows[4].kind, LineKind::kIgnored);
  EXPECT_EQ(rows[5].kind, LineKind::kIgnored) << "nothing in a wrapper is a blank line";
}

TEST(WrappedFormat, TheTimeIsThePayloadsAndOnlyThenTheWrappers) {
  constexpr int64_t kPayload = 1795352400000;
  const std::string no_time = R"(192.0.2.7 "GET /a HTTP/1.1" 200 5)";
  const std::string own = R"(%h %l %u "%r" %>s %b)";
  EXPECT_EQ(ReadWrapped(Cri("stdout", "F", WrappedLine("/a")), *Wrapped({"CRI"}))[0].time_ms, kPayload);
  EXPECT_EQ(ReadWrapped(Cri("stdout", "F", no_time), *Wrapped({"CRI"}, own))[0].time_ms, kPayload + 2500);
  EXPECT_EQ(ReadWrapped(Docker("stdout", no_time), *Wrapped({"Docker JSON"}, own))[0].time_ms, kPayload + 2500);
  EXPECT_EQ(ReadWrapped(SyslogLine(no_time), *Wrapped({"syslog"}, own))[0].time_ms, kNoTime) << "a time without a year";
  const std::string nested = Docker("stdout", "<6>Nov 22 13:00:01 web1 nginx: " + no_time);
  EXPECT_EQ(ReadWrapped(nested, *Wrapped({"Docker JSON", "syslog"}, own))[0].time_ms, kPayload + 2500);
  EXPECT_EQ(ReadWrapped(Cri("stdout", "F", no_time), *Wrapped({"CRI"}, own), kStatusOnly)[0].status, 200);
}

TEST(WrappedFormat, PartsAreJoinedPerStream) {
  const std::string a = WrappedLine("/a", 500), b = WrappedLine("/b", 404);
  const std::string first = Cri("stdout", "P", a.substr(0, 20));
  const std::string text = Cri("stdout", "F", WrappedLine("/0")) + first + Cri("stderr", "P", b.substr(0, 30)) +
                           Cri("stdout", "P", a.substr(20, 30)) + Cri("stderr", "F", b.substr(30)) +
                           Cri("stdout", "F", a.substr(50)) + Cri("stdout", "F", WrappedLine("/c"));
  const auto format = Wrapped({"CRI"});
  const std::vector<ReadRow> rows = ReadWrapped(text, *format);
  ASSERT_EQ(rows.size(), 7u);
  for (const size_t part : {1, 2, 3}) EXPECT_EQ(rows[part].kind, LineKind::kIgnored);
  EXPECT_EQ(rows[0].start, std::nullopt);
  EXPECT_EQ(rows[4].status, 404);
  EXPECT_EQ(rows[4].start, rows[2].begin);
  EXPECT_EQ(rows[4].lines_back, 2u);
  EXPECT_EQ(rows[5].status, 500);
  EXPECT_EQ(rows[5].text(Field::kPath), "/a");
  EXPECT_EQ(rows[5].start, rows[1].begin);
  EXPECT_EQ(rows[5].lines_back, 4u);
  EXPECT_EQ(rows[6].start, std::nullopt);
  ExpectWrappedTiles(text, *format);
}

TEST(WrappedFormat, WhatIsNotWrappedIsNoPart) {
  const std::string line = WrappedLine("/a", 500);
  const std::string text = Cri("stdout", "P", line.substr(0, 20)) + "\n" + WrappedLine("/bare") + "\n# comment\n" +
                           Cri("stdout", "F", line.substr(20));
  const auto format = Wrapped({"CRI"});
  const std::vector<ReadRow> rows = ReadWrapped(text, *format);
  EXPECT_EQ(rows[2].text(Field::kPath), "/bare");
  EXPECT_EQ(rows[4].status, 500);
  EXPECT_EQ(rows[4].lines_back, 4u);
  ExpectWrappedTiles(text, *format);
}

TEST(WrappedFormat, DockersPartsAreJoinedAtEveryCut) {
  const std::string line = WrappedLine("/a" + std::string(100, 'x'), 414);
  const std::string text = Docker("stderr", line.substr(0, 40), true) + Docker("stdout", WrappedLine("/b")) +
                           Docker("stderr", line.substr(40, 40), true) + Docker("stderr", line.substr(80)) +
                           Docker("stdout", WrappedLine("/c"));
  const auto format = Wrapped({"Docker JSON"});
  const std::vector<ReadRow> rows = ReadWrapped(text, *format);
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[3].status, 414);
  EXPECT_EQ(rows[3].lines_back, 3u);
  EXPECT_EQ(rows[3].start, 0u);
  ExpectWrappedTiles(text, *format);
}

TEST(WrappedFormat, TheLastLineOfTheInputEndsItsRecord) {
  for (const char* end : {"", "\n", "\r\n"}) {
    std::string text = Docker("stdout", WrappedLine("/a")) + Docker("stdout", WrappedLine("/b", 503), true);
    text.replace(text.size() - 1, 1, end);
    const auto format = Wrapped({"Docker JSON"});
    const std::vector<ReadRow> rows = ReadWrapped(text, *format);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[1].kind, LineKind::kCounted);
    EXPECT_EQ(rows[1].status, 503);
    ExpectWrappedTiles(text, *format);
  }
}

TEST(WrappedFormat, APartThatNeverGoesOnIsIgnored) {
  const auto format = Wrapped({"CRI"});
  const std::string text = Cri("stderr", "P", WrappedLine("/lost")) + Cri("stdout", "F", WrappedLine("/a")) + "\n";
  const std::vector<ReadRow> rows = ReadWrapped(text, *format);
  EXPECT_EQ(rows[0].kind, LineKind::kIgnored);
  EXPECT_EQ(rows[1].kind, LineKind::kCounted);
  ExpectWrappedTiles(text, *format);
}

TEST(WrappedFormat, JoinedLinesAreBounded) {
  const auto format = Wrapped({"CRI", "syslog"});
  const std::string head = "Nov 22 13:00:01 web1 nginx: 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET /";
  const std::string tail = " HTTP/1.1\" 200 5 \"-\" \"-\"";
  for (const size_t more : {0, 1, 3 << 20}) {
    const size_t padding = kMaxLineBytes - head.size() - tail.size() + more;
    std::string text = Cri("stdout", "P", head);
    constexpr size_t kPart = 16384;
    for (size_t done = 0; done < padding; done += kPart) {
      text += Cri("stdout", "P", std::string(std::min(kPart, padding - done), 'x'));
    }
    text += Cri("stdout", "F", tail) + Cri("stdout", "F", WrappedLine("/next"));
    const std::vector<ReadRow> rows = ReadWrapped(text, *format, kReportColumns);
    const ReadRow& joined = rows[rows.size() - 2];
    EXPECT_EQ(joined.kind, more == 0 ? LineKind::kCounted : LineKind::kTooLong) << more;
    EXPECT_EQ(joined.start, 0u);
    EXPECT_EQ(rows.back().kind, LineKind::kCounted);
    for (const size_t cell_bytes : {size_t{1} << 20, size_t{100'000}}) {
      EXPECT_EQ(DescribeDifference(text, ReadText(text, *format, kReportColumns, {.cell_bytes = cell_bytes}), rows),
                "");
    }
  }
}

TEST(WrappedFormat, ColumnsDoNotChangeWhatIsCounted) {
  const std::string a = WrappedLine("/a", 500);
  const std::string text = Cri("stdout", "P", a.substr(0, 20)) + Cri("stdout", "F", a.substr(20)) +
                           Cri("stdout", "F", "noise") + Cri("stdout", "F", WrappedLine("/b"));
  const auto format = Wrapped({"CRI"});
  const std::vector<ReadRow> all = ReadWrapped(text, *format);
  const std::vector<ReadRow> few = ReadWrapped(text, *format, kStatusOnly);
  ASSERT_EQ(few.size(), all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(few[i].kind, all[i].kind);
    EXPECT_EQ(few[i].status, all[i].status);
  }
}

TEST(WrappedFormat, WithoutWrappersItIsTheFormatItself) {
  const auto inner = FindPreset("combined")->format;
  EXPECT_EQ(InWrappers({}, inner), inner);
}

}  // namespace
}  // namespace logstat
