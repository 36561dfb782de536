#include "src/format/field_value.h"

#include <gtest/gtest.h>

#include <climits>
#include <string>

namespace logstat {
namespace {

TEST(ParseStatus, ThreeDigitsAndTheSpellingsOfNone) {
  EXPECT_EQ(ParseStatus("404"), 404);
  EXPECT_EQ(ParseStatus("001"), 1);
  EXPECT_EQ(ParseStatus("999"), 999);
  for (const char* none : {"-", "-1", "0", "000"}) EXPECT_EQ(ParseStatus(none), 0) << none;
  for (const char* wrong : {"", "1", "99", "4040", "4o4", "+40", " 40", "-10", "--", "00", "\xb2\xb0\xb0"}) {
    EXPECT_EQ(ParseStatus(wrong), std::nullopt) << wrong;
  }
}

TEST(ParseByteCount, DigitsThatFit63Bits) {
  EXPECT_EQ(ParseByteCount("0"), 0);
  EXPECT_EQ(ParseByteCount("0005120"), 5120);
  EXPECT_EQ(ParseByteCount("+5120"), 5120) << "HAProxy, that the log was written before the end";
  EXPECT_EQ(ParseByteCount("9223372036854775807"), INT64_MAX);
  for (const char* wrong : {"", "-", "-5", "+", "+-5", "5k", "9223372036854775808"}) {
    EXPECT_EQ(ParseByteCount(wrong), kNoBytes) << wrong;
  }
}

TEST(ParseDuration, UnitsAndFractions) {
  EXPECT_EQ(ParseDuration("1", 1'000'000'000), 1'000'000);
  EXPECT_EQ(ParseDuration("+1", 1'000'000'000), 1'000'000);
  EXPECT_EQ(ParseDuration("0.005", 1'000'000'000), 5'000);
  EXPECT_EQ(ParseDuration("12.5", 1'000'000), 12'500);
  EXPECT_EQ(ParseDuration("1234", 1'000), 1'234);
  EXPECT_EQ(ParseDuration("1234", 1), 1) << "cut off, not rounded";
  EXPECT_EQ(ParseDuration("0.0000009", 1'000'000'000), 0);
  EXPECT_EQ(ParseDuration("3.", 1'000'000'000), 3'000'000);
}

TEST(ParseDuration, AUnitBehindTheNumberWins) {
  EXPECT_EQ(ParseDuration("1.5ms", 1'000'000'000), 1'500);
  EXPECT_EQ(ParseDuration("250\xc2\xb5s", 1'000'000'000), 250);
  EXPECT_EQ(ParseDuration("7us", 1'000'000'000), 7);
  EXPECT_EQ(ParseDuration("2s", 1), 2'000'000);
}

TEST(ParseDuration, MinutesAndHoursAsGoWritesThem) {
  EXPECT_EQ(ParseDuration("1m2.3s", 1), 62'300'000);
  EXPECT_EQ(ParseDuration("1h0m0.5s", 1), 3'600'500'000);
  EXPECT_EQ(ParseDuration("48h5m0s", 1), 173'100'000'000);
  for (const char* wrong : {"1m", "1h", "1ms2s", "m2s", "1m-2s", "1m2", "1h2h3s", "1.5m2s", "1234567m1s", "1ms"}) {
    EXPECT_EQ(ParseDuration(wrong, 1) == kNoNumber, std::string_view(wrong) != "1ms") << wrong;
  }
}

TEST(ParseDuration, TheTimesOfSeveralUpstreamsAreAddedUp) {
  EXPECT_EQ(ParseDuration("0.001, 0.002 : 0.003", 1'000'000'000), 6'000);
  EXPECT_EQ(ParseDuration("-, 0.002", 1'000'000'000), 2'000);
}

TEST(ParseDuration, WhatIsNone) {
  for (const char* wrong : {"", "-", "-1", "-0.5", "x", "1x", "1.x", "1 2", "1,5", "99999999999999999999", ", ", "s"}) {
    EXPECT_EQ(ParseDuration(wrong, 1'000'000'000), kNoNumber) << wrong;
  }
  EXPECT_EQ(ParseDuration("9223372036854775807", 1'000'000'000), kNoNumber);
}

class FieldWriterTest : public testing::Test {
 protected:
  size_t Row(ColumnSet columns) {
    batch_.Reset(nullptr, columns);
    return batch_.AppendRow(0);
  }
  RecordBatch batch_;
  FieldWriter writer_;
};

TEST_F(FieldWriterTest, NumbersAndTimes) {
  const size_t row = Row({Field::kDuration, Field::kTime, Field::kUpstreamStatus, Field::kRequestBytes});
  writer_.Put({Field::kDuration, Reading::kMilliseconds}, "250", row, batch_);
  writer_.Put({Field::kTime, Reading::kTime}, "2026-11-22T13:00:00Z", row, batch_);
  writer_.Put({Field::kUpstreamStatus, Reading::kStatus}, "502, 200", row, batch_);
  writer_.Put({Field::kRequestBytes, Reading::kCount}, "-", row, batch_);
  EXPECT_EQ(batch_.number(Field::kDuration, row), 250'000);
  EXPECT_EQ(batch_.time_ms(row), 1795352400000);
  EXPECT_EQ(batch_.number(Field::kUpstreamStatus, row), 200);
  EXPECT_EQ(batch_.number(Field::kRequestBytes, row), kNoNumber);
}

TEST_F(FieldWriterTest, TextsListsAndPorts) {
  const size_t row = Row({Field::kClient, Field::kUpstream, Field::kReason});
  writer_.Put({Field::kClient, Reading::kWithoutPort}, "192.0.2.7:51234", row, batch_);
  writer_.Put({Field::kUpstream, Reading::kLastOfList}, "10.0.0.1:80, 10.0.0.2:80 : unix:/run/app", row, batch_);
  writer_.Put({Field::kReason, Reading::kText}, "SC--", row, batch_);
  EXPECT_EQ(batch_.View(Field::kClient, row), "192.0.2.7");
  EXPECT_EQ(batch_.View(Field::kUpstream, row), "unix:/run/app");
  EXPECT_EQ(batch_.View(Field::kReason, row), "SC--");
}

TEST_F(FieldWriterTest, ARequestFillsItsColumns) {
  const size_t row = Row({Field::kMethod, Field::kPath, Field::kQuery, Field::kProtocol, Field::kHost, Field::kScheme});
  writer_.Put({Field::kTarget, Reading::kRequest}, "GET http://shop.example:8080/a?b=1 HTTP/1.1", row, batch_);
  EXPECT_EQ(batch_.View(Field::kMethod, row), "GET");
  EXPECT_EQ(batch_.View(Field::kPath, row), "/a");
  EXPECT_EQ(batch_.View(Field::kQuery, row), "b=1");
  EXPECT_EQ(batch_.View(Field::kProtocol, row), "HTTP/1.1");
  EXPECT_EQ(batch_.View(Field::kHost, row), "shop.example");
  EXPECT_EQ(batch_.View(Field::kScheme, row), "http");
}

TEST_F(FieldWriterTest, TheLogsOwnHostAndSchemeWinOverTheTargets) {
  const size_t row = Row({Field::kHost, Field::kScheme, Field::kPath});
  writer_.Put({Field::kHost, Reading::kText}, "own.example", row, batch_);
  writer_.Put({Field::kScheme, Reading::kText}, "https", row, batch_);
  writer_.Put({Field::kTarget, Reading::kTarget}, "http://other.example/a", row, batch_);
  EXPECT_EQ(batch_.View(Field::kHost, row), "own.example");
  EXPECT_EQ(batch_.View(Field::kScheme, row), "https");
  EXPECT_EQ(batch_.View(Field::kPath, row), "/a");
}

TEST_F(FieldWriterTest, AColumnThatNobodyAskedForIsSkipped) {
  const size_t row = Row({Field::kStatus});
  writer_.Put({Field::kTarget, Reading::kRequest}, "GET / HTTP/1.1", row, batch_);
  writer_.Put({Field::kDuration, Reading::kSeconds}, "1", row, batch_);
  writer_.Put({Field::kClient, Reading::kText}, "x", row, batch_);
  EXPECT_EQ(batch_.columns(), ColumnSet{Field::kStatus});
}

TEST(IsWellFormed, WhatTheDefinitionPromises) {
  EXPECT_TRUE(IsWellFormed({Field::kDuration, Reading::kSeconds}, "0.123"));
  EXPECT_TRUE(IsWellFormed({Field::kDuration, Reading::kSeconds}, "-"));
  EXPECT_FALSE(IsWellFormed({Field::kDuration, Reading::kSeconds}, "curl"));
  EXPECT_TRUE(IsWellFormed({Field::kUpstreamStatus, Reading::kStatus}, "502, 200"));
  EXPECT_FALSE(IsWellFormed({Field::kUpstreamStatus, Reading::kStatus}, "20"));
  EXPECT_FALSE(IsWellFormed({Field::kTime, Reading::kTime}, "-"));
  EXPECT_FALSE(IsWellFormed({Field::kClient, Reading::kText}, "-"));
  EXPECT_TRUE(IsWellFormed({Field::kAgent, Reading::kText}, ""));
}

}  // namespace
}  // namespace logstat
