#include "src/format/w3c_format.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "src/format/wrapped_format.h"
#include "tests/format/read_cells.h"

namespace logstat {
namespace {

constexpr ColumnSet kAll =
    kEveryColumn | ColumnSet{Field::kDuration, Field::kRequestBytes, Field::kScheme, Field::kTls,
                             Field::kCache,    Field::kXff,          Field::kReason, Field::kRequestId};
constexpr int64_t kOneOClock = 1795352400000;  // 2026-11-22 13:00:00

const char kIis[] =
    "#Software: Microsoft Internet Information Services 10.0\r\n"
    "#Version: 1.0\r\n"
    "#Date: 2026-11-22 13:00:00\r\n"
    "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) "
    "sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken\r\n"
    "2026-11-22 13:00:00 192.0.2.1 GET /cart.aspx id=7&x=%20 443 SHOP\\ann 198.51.100.7 Mozilla/5.0+(X11;+Linux) "
    "https://shop.example/ 404 2 64 5120 312 1250\r\n"
    "2026-11-22 13:00:01 192.0.2.1 POST / - 443 - 198.51.100.8 - - 500 19 0 0 20 3\r\n";

const char kCloudFront[] =
    "#Version: 1.0\n"
    "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) "
    "cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes "
    "time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status "
    "fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len "
    "sc-range-start sc-range-end\n"
    "2026-11-22\t13:00:00\tFRA2-C1\t1045\t192.0.2.7\tGET\td111.cloudfront.example\t/a.png\t000\t-\tcurl/7.88%20x\tv=1\t"
    "-\tError\tabc==\twww.shop.example\thttps\t217\t0.5\t203.0.113.9\tTLSv1.3\tTLS_AES\tError\tHTTP/2.0\t-\t-\t4711\t"
    "0.5\tClientCommError\t-\t-\t-\t-\n";

std::vector<ReadRow> ReadW3c(const std::string& text, ColumnSet columns = kAll) {
  return ReadText(text, W3cFormat(), columns, ReadSettings{.cell_bytes = text.size() + 1});
}

// The only row of a line behind this directive.
ReadRow ReadLine(const std::string& fields, const std::string& line) {
  return ReadW3c("#Fields: " + fields + "\n" + line + "\n").at(1);
}

// A number that ReadRow does not have.
int64_t NumberOf(const std::string& fields, const std::string& line, Field field) {
  const std::string text = "#Fields: " + fields + "\n" + line + "\n";
  const OwnedCell owned(text, text.size(), 0);
  CellReader reader(BestKernels());
  RecordBatch batch;
  const W3cFormat format;
  reader.Read(owned.block(), format, ColumnSet{field}, batch);
  return batch.number(field, 1);
}

void ExpectW3cTiles(const std::string& text, const LineFormat& format) {
  const std::vector<ReadRow> expected = ReadText(text, format, kAll, ReadSettings{.cell_bytes = text.size() + 1});
  ReadSettings settings;
  for (settings.cell_bytes = 1; settings.cell_bytes <= text.size(); ++settings.cell_bytes) {
    ASSERT_EQ(DescribeDifference(text, ReadText(text, format, kAll, settings), expected), "")
        << "cells of " << settings.cell_bytes << " bytes";
  }
}

TEST(W3cFormat, Iis) {
  const std::vector<ReadRow> rows = ReadW3c(kIis);
  ASSERT_EQ(rows.size(), 6u);
  for (size_t i = 0; i < 4; ++i) EXPECT_EQ(rows[i].kind, LineKind::kIgnored);
  const ReadRow& row = rows[4];
  EXPECT_EQ(row.kind, LineKind::kCounted);
  EXPECT_EQ(row.status, 404) << "neither the sub-status nor the Windows one";
  EXPECT_EQ(row.time_ms, kOneOClock);
  EXPECT_EQ(row.bytes, 5120);
  EXPECT_EQ(row.text(Field::kClient), "198.51.100.7");
  EXPECT_EQ(row.text(Field::kUser), "SHOP\\ann");
  EXPECT_EQ(row.text(Field::kMethod), "GET");
  EXPECT_EQ(row.text(Field::kPath), "/cart.aspx");
  EXPECT_EQ(row.text(Field::kQuery), "id=7&x=%20");
  EXPECT_EQ(row.text(Field::kTarget), "/cart.aspx?id=7&x=%20");
  EXPECT_EQ(row.text(Field::kAgent), "Mozilla/5.0+(X11;+Linux)");
  EXPECT_EQ(row.text(Field::kReferrer), "https://shop.example/");
  EXPECT_EQ(row.text(Field::kHost), std::nullopt);
  EXPECT_EQ(rows[5].status, 500);
  EXPECT_EQ(rows[5].text(Field::kTarget), "/");
  EXPECT_EQ(rows[5].text(Field::kQuery), std::nullopt);
  EXPECT_EQ(rows[5].text(Field::kAgent), "-") << "the client sent none, which is not the same as a log without agents";
  EXPECT_EQ(NumberOf("time-taken sc-status", "1250 200", Field::kDuration), 1'250'000);
  EXPECT_EQ(NumberOf("cs-bytes sc-status", "312 200", Field::kRequestBytes), 312);
}

TEST(W3cFormat, CloudFront) {
  const std::vector<ReadRow> rows = ReadW3c(kCloudFront);
  ASSERT_EQ(rows.size(), 3u);
  const ReadRow& row = rows[2];
  EXPECT_EQ(row.kind, LineKind::kCounted);
  EXPECT_EQ(row.status, 0) << "000: nothing was sent";
  EXPECT_EQ(row.time_ms, kOneOClock);
  EXPECT_EQ(row.bytes, 1045);
  EXPECT_EQ(row.text(Field::kClient), "192.0.2.7");
  EXPECT_EQ(row.text(Field::kHost), "www.shop.example") << "what the viewer asked for, not the distribution's name";
  EXPECT_EQ(row.text(Field::kTarget), "/a.png?v=1");
  EXPECT_EQ(row.text(Field::kAgent), "curl/7.88%20x") << "as logged";
  EXPECT_EQ(row.text(Field::kScheme), "https");
  EXPECT_EQ(row.text(Field::kProtocol), "HTTP/2.0");
  EXPECT_EQ(row.text(Field::kTls), "TLSv1.3");
  EXPECT_EQ(row.text(Field::kXff), "203.0.113.9");
  EXPECT_EQ(row.text(Field::kCache), "Error");
  EXPECT_EQ(row.text(Field::kReason), "ClientCommError");
  EXPECT_EQ(row.text(Field::kRequestId), "abc==");
  EXPECT_EQ(NumberOf("x-edge-location time-taken sc-status", "FRA\t2\t200", Field::kDuration), 2'000'000);
  EXPECT_EQ(NumberOf("time-taken sc-status", "0.25 200", Field::kDuration), 250'000) << "a fraction is of a second";
}

TEST(W3cFormat, CellsTileTheLogsOfBoth) {
  ExpectW3cTiles(kIis, W3cFormat());
  ExpectW3cTiles(kCloudFront, W3cFormat());
}

TEST(W3cFormat, FieldsChangeInTheMiddle) {
  const std::string text =
      "\xef\xbb\xbf#Fields: sc-status cs-uri-stem\n200 /a#Fields:\n#Fields: x\n\n404 /none\n"
      "#Date: 2026-11-21 00:00:00\n#Fields: cs-uri-stem time sc-status\n/b 13:00:00 404\n#Remark: #Fields: y\n"
      "#Date: 2026-11-22\n/c 13:00:00 500\n#fields: sc-status cs-uri-stem\n503 /d";
  const std::vector<ReadRow> rows = ReadW3c(text);
  ASSERT_EQ(rows.size(), 13u);
  EXPECT_EQ(rows[1].text(Field::kPath), "/a#Fields:");
  EXPECT_EQ(rows[4].kind, LineKind::kNoStatus);
  EXPECT_EQ(rows[7].status, 404);
  EXPECT_EQ(rows[7].text(Field::kPath), "/b");
  EXPECT_EQ(rows[7].time_ms, kOneOClock - 86'400'000);
  EXPECT_EQ(rows[10].status, 500);
  EXPECT_EQ(rows[10].time_ms, kOneOClock);
  EXPECT_EQ(rows[12].status, 503);
  EXPECT_EQ(rows[12].text(Field::kPath), "/d");
  ExpectW3cTiles(text, W3cFormat());
}

TEST(W3cFormat, BeforeAnyFieldsNothingIsKnown) {
  const std::vector<ReadRow> rows = ReadW3c("200 /a\n# Fields: sc-status\n200 /b\n#Fields: sc-status\n200 /c\n");
  EXPECT_EQ(rows[0].kind, LineKind::kNoFields);
  EXPECT_EQ(rows[2].kind, LineKind::kNoFields);
  EXPECT_EQ(rows[4].status, 200);
}

TEST(W3cFormat, AStatusIsWhereTheDirectiveHasItOrNowhere) {
  EXPECT_EQ(ReadLine("date cs-uri-stem", "2026-11-22 /a 404").kind, LineKind::kNoStatus);
  EXPECT_EQ(ReadLine("cs-uri-stem sc-status", "/a").kind, LineKind::kTooFewFields);
  EXPECT_EQ(ReadLine("cs-uri-stem sc-status", "/a -").status, 0);
  EXPECT_EQ(ReadLine("cs-uri-stem sc-status", "/a -").kind, LineKind::kCounted);
  EXPECT_EQ(ReadLine("cs-uri-stem sc-status", "/a 40").kind, LineKind::kNoStatus);
  EXPECT_EQ(ReadLine("cs-uri-stem sc-status", "/a \"\"").kind, LineKind::kNoStatus);
  EXPECT_EQ(ReadLine("cs-uri-stem sc-status c-ip", "/a 404").status, 404) << "a line that was cut off behind it";
  EXPECT_EQ(ReadLine("cs-uri-stem sc-status", "/a 404 more and more").status, 404);
}

TEST(W3cFormat, QuotedValuesHoldSpaces) {
  const std::string fields = "c-ip cs(User-Agent) sc-status cs(Referer)";
  const ReadRow row = ReadLine(fields, R"("192.0.2.7"   "a ""b"" c" "404" "")");
  EXPECT_EQ(row.text(Field::kClient), "192.0.2.7");
  EXPECT_EQ(row.text(Field::kAgent), "a \"b\" c");
  EXPECT_EQ(row.status, 404);
  EXPECT_EQ(row.text(Field::kReferrer), std::nullopt);
  EXPECT_EQ(ReadLine(fields, "192.0.2.7\t\"a b\"\t404\t-").text(Field::kAgent), "a b");
  EXPECT_EQ(ReadLine(fields, "\"192 .0\" \"a b\" 404 -").text(Field::kClient), "192 .0");
}

TEST(W3cFormat, AQuoteThatAClientSentShiftsNothing) {
  const std::string fields = "c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus";
  for (const char* agent : {"\"", "\"x", "x\"", "\"\"\"", "\"x\"y"}) {
    for (const char* referrer : {"\"", "y\"", "\"+500+0"}) {
      const ReadRow row = ReadLine(fields, std::string("192.0.2.7 ") + agent + " " + referrer + " 200 0");
      EXPECT_EQ(row.status, 200) << agent << " " << referrer;
      EXPECT_EQ(row.text(Field::kAgent), agent);
      EXPECT_EQ(row.text(Field::kReferrer), referrer);
    }
  }
}

TEST(W3cFormat, AnEmptyValueBetweenTabsIsAValue) {
  const ReadRow row = ReadLine("c-ip cs-method sc-status", "192.0.2.7\t\t404");
  EXPECT_EQ(row.status, 404);
  EXPECT_EQ(row.text(Field::kMethod), std::nullopt);
}

TEST(W3cFormat, TimesAreUtcAndNeedADay) {
  EXPECT_EQ(ReadLine("date time sc-status", "2026-11-22 13:00:00.25 200").time_ms, kOneOClock + 250);
  EXPECT_EQ(ReadLine("time date sc-status", "13:00:00 2026-11-22 200").time_ms, kOneOClock) << "in any order";
  EXPECT_EQ(ReadLine("date time sc-status", "\"2026-11-22\" \"13:00:00\" 200").time_ms, kOneOClock);
  EXPECT_EQ(ReadLine("date sc-status", "2026-11-22 200").time_ms, kNoTime) << "a day is no time";
  EXPECT_EQ(ReadLine("time sc-status", "13:00:00 200").time_ms, kNoTime) << "no day is known";
  EXPECT_EQ(ReadLine("date time sc-status", "2026-11-22 - 200").time_ms, kNoTime);
  EXPECT_EQ(ReadLine("date time sc-status", "- 13:00:00 200").time_ms, kNoTime);
  EXPECT_EQ(ReadLine("timestamp(ms) sc-status", "1795352400250 200").time_ms, kOneOClock + 250);
}

TEST(W3cFormat, AWholeTargetInOneColumn) {
  const ReadRow row = ReadLine("cs-uri sc-status cs-host", "http://a.example/x?y 200 b.example:8080");
  EXPECT_EQ(row.text(Field::kPath), "/x");
  EXPECT_EQ(row.text(Field::kQuery), "y");
  EXPECT_EQ(row.text(Field::kTarget), "http://a.example/x?y");
  EXPECT_EQ(row.text(Field::kHost), "b.example") << "the log's own host wins";
  EXPECT_EQ(ReadLine("cs-uri cs-uri-query sc-status", "/x?y y 200").text(Field::kTarget), "/x?y");
  EXPECT_EQ(ReadLine("cs-uri-stem sc-status", "- 400").text(Field::kPath), std::nullopt);
}

TEST(W3cFormat, ADirectiveThatIsTooLongSaysNothing) {
  const std::string text = "#Fields: sc-status\n#Fields: c-ip " + std::string(kMaxLineBytes, ' ') + "sc-status\n404\n";
  for (const size_t cell_bytes : {size_t{100'000}, text.size()}) {
    const std::vector<ReadRow> rows = ReadText(text, W3cFormat(), kAll, {.cell_bytes = cell_bytes});
    EXPECT_EQ(rows[1].kind, LineKind::kTooLong);
    EXPECT_EQ(rows[2].status, 404);
  }
}

TEST(W3cFormat, InAWrapperWithItsDirectives) {
  std::string text;
  for (const char* line : {"#Fields: sc-status cs-uri-stem", "404 /a", "#Fields: cs-uri-stem sc-status", "/b 500"}) {
    text += std::string("2026-11-22T13:00:00Z stdout F ") + line + "\n";
  }
  WrapperStack cri;
  for (const Wrapper& wrapper : Wrappers()) {
    if (wrapper.name == "CRI") cri.push_back(&wrapper);
  }
  const auto format = InWrappers(cri, FindPreset("w3c")->format);
  const std::vector<ReadRow> rows = ReadText(text, *format, kAll, {.cell_bytes = text.size()});
  EXPECT_EQ(rows[1].status, 404);
  EXPECT_EQ(rows[1].time_ms, kOneOClock);
  EXPECT_EQ(rows[3].status, 500);
  ExpectW3cTiles(text, *format);
}

TEST(W3cFormat, FitsOnlyBehindADirective) {
  const W3cFormat format;
  const std::string_view lines[] = {
      "192.0.2.7 200", "#Fields: c-ip sc-status", "192.0.2.7 200", "192.0.2.7 200 more", "- -", "192.0.2.7 x", "", "x"};
  EXPECT_EQ(format.CountFits(lines, Fit::kExact), 2u);
  EXPECT_EQ(format.CountFits(lines, Fit::kTolerant), 3u);
}

}  // namespace
}  // namespace logstat
