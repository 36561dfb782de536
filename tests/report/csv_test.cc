// CSV: exact small tables, RFC 4180, no formulas, and that a reader gets back what was put in.
#include "src/report/csv.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "src/report/escape.h"
#include "src/report/keys.h"
#include "tests/report/torture_report.h"

namespace logstat {
namespace {

using ::logstat::testing::EmptyReport;
using ::logstat::testing::OverBudgetReport;
using ::logstat::testing::SampleReport;
using ::logstat::testing::TortureReport;

using Rows = std::vector<std::vector<std::string>>;

std::string File(const Report& report, const std::string& name) {
  std::string out;
  WriteCsvFile(report, name, [&out](std::string_view piece) { out += piece; });
  return out;
}

// A reader as strict as RFC 4180: throws what it does not allow.
Rows Parse(const std::string& text) {
  Rows rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    std::string& field = rows.back().back();
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field += text[++i];
      } else {
        quoted = false;
        if (i + 1 >= text.size() || (text[i + 1] != ',' && text[i + 1] != '\r')) throw "text behind a closing quote";
      }
    } else if (c == '"') {
      if (!field.empty()) throw "a quote inside a field";
      quoted = true;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\r') {
      if (i + 1 >= text.size() || text[++i] != '\n') throw "CR without LF";
      rows.emplace_back(1);
    } else if (c == '\n') {
      throw "LF without CR";
    } else {
      field += c;
    }
  }
  if (quoted || rows.back() != std::vector<std::string>(1)) throw "the last line does not end";
  rows.pop_back();
  return rows;
}

TEST(Csv, SmallTablesAreExact) {
  Report report = SampleReport();
  EXPECT_EQ(File(report, "totals"),
            "lines,counted,filtered,rejected,ignored,bytes_read,response_bytes,first_time,last_time,distinct_clients,"
            "distinct_clients_error,time_unknown,clock_outliers,complete\r\n"
            "2104551,2104155,0,391,5,412300102,6724854607,2026-11-21T00:00:03Z,2026-11-21T23:59:59Z,12345,0.000000,4,0,"
            "true\r\n");
  EXPECT_EQ(File(report, "inputs"),
            "path,state,format,confidence,lines,rejected,bytes,byte_meaning,error,copy_of\r\n"
            "access.log,read,vhost_combined,0.999814,2104551,0,412300102,,,\r\n");
  EXPECT_EQ(File(report, "summary"),
            "first_time,last_time,rps_mean,rps_peak_minute,rps_last_5_minutes,error_rate_overall,error_rate_recent,"
            "error_rate_before,reject_share,top_change_field,top_change_key,top_change_before,top_change_after,"
            "top_change_count,top_change_since,top_change_until,top_change_ongoing\r\n"
            "2026-11-21T00:00:03Z,2026-11-21T23:59:59Z,24.354445,61.250000,12.500000,0.001867,0.000000,0.001880,"
            "0.000186,code,502,0.000100,0.018700,2881,2026-11-21T13:02:00Z,2026-11-21T14:29:00Z,false\r\n");
  report.summary.top_change.reset();
  EXPECT_TRUE(File(report, "summary").ends_with(",0.000186,,,,,,,,\r\n"));
  EXPECT_NE(File(report, "codes").find(",gloss,meaning,standard_note,top_path,"), std::string::npos);
  EXPECT_EQ(File(report, "durations"),
            "list,key,count,p50,p90,p95,p99,p999,max\r\n"
            "paths,/api/report/yearly,1040,30.000000,58.000000,60.000000,60.000000,60.000000,60.001234\r\n"
            "paths,/api/cart,61022,0.120000,0.850000,3.010000,9.000000,31.000000,59.900000\r\n"
            "classes,all,2100000,0.000850,0.048210,0.251000,1.240000,9.994999,60.001234\r\n"
            "classes,2xx,1890211,0.000830,0.045000,0.231000,1.010000,5.120000,31.000000\r\n"
            "classes,5xx,3928,3.000000,30.000000,60.000000,60.000000,60.000000,60.001234\r\n");
  EXPECT_EQ(File(report, "changes"),
            "field,key,before,after,count,since,until,ongoing\r\n"
            "code,502,0.000100,0.018700,2881,2026-11-21T13:02:00Z,2026-11-21T14:29:00Z,false\r\n"
            "path,/api/cart,0.000100,0.011700,1802,2026-11-21T13:02:00Z,2026-11-21T14:29:00Z,false\r\n"
            "client,45.9.148.3,0.000000,0.211000,9813,2026-11-21T23:51:00Z,2026-11-22T00:00:00Z,true\r\n");
}

TEST(Csv, SectionAloneHasItsListsInOneTable) {
  Report report = SampleReport();
  report.options.sections = SectionSet{Section::kHosts};
  EXPECT_EQ(Render(report, OutputKind::kCsv, {}),
            "list,key,missing,count,error,bound,server_errors,client_errors,aborted,share,bytes,first_time,last_time,"
            "0xx,1xx,2xx,3xx,4xx,5xx,6xx,7xx,8xx,9xx\r\n"
            "failing,shop.example.org,false,2040101,0,0,3928,30000,0,0.969558,6400000000,2026-11-21T00:00:03Z,"
            "2026-11-21T23:59:53Z,0,0,1805556,200617,30000,3928,0,0,0,0\r\n"
            "busiest,shop.example.org,false,2040101,0,0,3928,30000,0,0.969558,6400000000,2026-11-21T00:00:03Z,"
            "2026-11-21T23:59:53Z,0,0,1805556,200617,30000,3928,0,0,0,0\r\n");
}

TEST(Csv, ReasonsHaveTheirGlossWhereItIsKnown) {
  EXPECT_EQ(File(SampleReport(), "codes_reasons"),
            "code,key,missing,count,error,bound,gloss\r\n"
            "502,SH--,false,2400,0,0,\"server aborted or refused, awaiting headers\"\r\n"
            "502,sH--,false,489,0,0,\"server timed out, awaiting headers\"\r\n"
            "502,LATER_VERSION,false,18,0,0,\r\n"
            "504,'-,false,702,0,0,no reason given\r\n");
}

TEST(Csv, FilesFollowFromTheSectionsAlone) {
  const std::vector<std::string> names = {"totals",        "inputs",        "codes", "codes_paths",
                                          "codes_clients", "codes_reasons", "hosts"};
  EXPECT_EQ(CsvFiles(SectionSet{Section::kCodes, Section::kHosts}), names);
}

TEST(Csv, EveryTableIsAsWideAsItsHeader) {
  for (const Report& report : {SampleReport(), EmptyReport(), OverBudgetReport(), TortureReport()}) {
    for (const std::string& name : CsvFiles(report.options.sections)) {
      const Rows rows = Parse(File(report, name));
      ASSERT_FALSE(rows.empty()) << name;
      for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size()) << name;
    }
  }
}

TEST(Csv, ColumnsThatWereNotReadAreEmpty) {
  Report report = SampleReport();
  report.columns = {};
  report.totals.first_time = report.totals.last_time = std::nullopt;
  const Rows rows = Parse(File(report, "totals"));
  for (size_t i = 6; i < 13; ++i) EXPECT_EQ(rows[1][i], "") << rows[0][i];
}

TEST(Csv, TimelineHasEveryCodeFrom400On) {
  const Rows rows = Parse(File(SampleReport(), "timeline"));
  EXPECT_EQ(rows[0], (std::vector<std::string>{
                         "time", "count", "server_errors", "error_rate", "client_errors", "aborted", "bytes",
                         "0xx",  "1xx",   "2xx",           "3xx",        "4xx",           "5xx",     "6xx",
                         "7xx",  "8xx",   "9xx",           "400",        "404",           "499",     "502"}));
  EXPECT_EQ(rows[28][0], "2026-11-21T13:30:00Z");
  EXPECT_EQ(rows[28].back(), "2401");
  EXPECT_EQ(rows.back()[0], "") << "lines without a time";
  EXPECT_EQ(rows.back()[17], "4");
}

TEST(Csv, KeysComeBackAsTheyAreVisible) {
  const Report report = TortureReport();
  const Rows rows = Parse(File(report, "clients"));
  ASSERT_EQ(rows.size(), 1 + report.failing_clients.size() + report.clients.size());
  for (size_t i = 0; i < report.failing_clients.size(); ++i) {
    const std::string want = PrintableKey(report.failing_clients[i], KeyKind::kOther, 0);
    const bool formula = std::string("=+-@").find(want[0]) != std::string::npos;
    EXPECT_EQ(rows[1 + i][1], formula ? "'" + want : want);
  }
}

TEST(Csv, NoFieldIsAFormulaAndNumbersAreNumbers) {
  const Report report = TortureReport();
  for (const std::string& name : CsvFiles(report.options.sections)) {
    for (const auto& row : Parse(File(report, name))) {
      for (const std::string& field : row) {
        EXPECT_TRUE(field.empty() || std::string("=+-@\t\r").find(field[0]) == std::string::npos) << field;
      }
    }
  }
  EXPECT_EQ(QuoteForCsv("=1+1"), "'=1+1");
  EXPECT_EQ(QuoteForCsv("-"), "'-");
  EXPECT_EQ(QuoteForCsv("＝1"), "'＝1");
  EXPECT_EQ(QuoteForCsv("@a,\"b\""), "\"'@a,\"\"b\"\"\"");
  EXPECT_EQ(QuoteForCsv("1-1"), "1-1");
}

}  // namespace
}  // namespace logstat
