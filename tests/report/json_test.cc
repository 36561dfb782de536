// The JSON report: its keys, their order, what is absent, and that it is valid by schema/report.schema.json.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "logstat/status_codes.h"
#include "src/report/writer.h"
#include "tests/report/sample_report.h"

namespace logstat {
namespace {

using ::logstat::testing::EmptyReport;
using ::logstat::testing::HostileReport;
using ::logstat::testing::HostileTexts;
using ::logstat::testing::OverBudgetReport;
using ::logstat::testing::SampleReport;
using Json = nlohmann::ordered_json;

std::string JsonText(const Report& report) { return Render(report, OutputKind::kJson, {}); }
Json ParseJson(const Report& report) { return Json::parse(JsonText(report)); }

std::vector<std::string> Keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

using Names = std::vector<std::string>;

TEST(Json, ChangesAndRates) {
  Report report = SampleReport();
  Json json = ParseJson(report);
  EXPECT_EQ(Keys(json["changes"][0]),
            (Names{"field", "key", "metric", "before", "after", "count", "since", "until", "ongoing"}));
  EXPECT_EQ(json["changes"][1]["field"], "path");
  EXPECT_EQ(json["changes"][1]["key"], "/api/cart");
  EXPECT_EQ(json["changes"][2]["ongoing"], true);
  EXPECT_EQ(json["summary"]["top_change"], json["changes"][0]);
  EXPECT_EQ(Keys(json["summary"]["rps"]), (Names{"mean", "peak_minute", "last_5_minutes"}));
  EXPECT_EQ(Keys(json["summary"]["error_rate"]), (Names{"overall", "recent", "before"}));
  report.summary.top_change.reset();
  report.summary.error_rate_before.reset();
  json = ParseJson(report);
  EXPECT_TRUE(json["summary"]["top_change"].is_null());
  EXPECT_TRUE(json["summary"]["error_rate"]["before"].is_null());
}

TEST(Json, AFindingMeansWhatItsCodeMeansElseWhatItsRuleDoes) {
  Report report = SampleReport();
  std::vector<Finding>& findings = report.findings.rows;
  findings.resize(3);
  findings[0].code = 502;
  findings[0].meaning = "Of the rule.";
  findings[1].code = -1;
  findings[1].meaning = "Of the rule.";
  findings[2].code = 299;  // in no catalogue, of a rule that has no other meaning
  findings[2].meaning = "";
  const Json json = ParseJson(report);
  EXPECT_EQ(json["findings"][0]["meaning"], std::string(FindStatusCode(502)->meaning));
  EXPECT_EQ(json["findings"][0]["code"], 502);
  EXPECT_EQ(json["findings"][1]["meaning"], "Of the rule.");
  EXPECT_FALSE(json["findings"][1].contains("code"));
  EXPECT_EQ(json["findings"][1]["standard_note"], "");
  EXPECT_EQ(json["findings"][2]["meaning"], std::string(findings[2].title));
}

TEST(Json, KeysAndTheirOrderAreThoseThatScriptsRelyOn) {
  const Json json = ParseJson(SampleReport());
  EXPECT_EQ(Keys(json), (Names{"schema_version",
                               "generator",
                               "complete",
                               "worst_severity",
                               "errors",
                               "options",
                               "inputs",
                               "totals",
                               "summary",
                               "detectors",
                               "findings_late_lines",
                               "findings_unlisted",
                               "findings",
                               "rejects",
                               "classes",
                               "codes",
                               "timeline",
                               "paths",
                               "clients",
                               "upstreams",
                               "methods",
                               "hosts",
                               "referrers",
                               "agent_kinds",
                               "agents",
                               "failing_paths",
                               "failing_clients",
                               "failing_upstreams",
                               "failing_hosts",
                               "durations",
                               "changes"}));
  EXPECT_EQ(Keys(json["totals"]),
            (Names{"lines", "counted", "filtered", "rejected", "ignored", "bytes_read", "response_bytes", "first_time",
                   "last_time", "distinct_clients", "distinct_clients_error", "time_unknown", "clock_outliers"}));
  EXPECT_EQ(Keys(json["paths"][0]),
            (Names{"key", "count", "share", "static", "bytes", "2xx", "3xx", "4xx", "5xx", "server_errors",
                   "client_errors", "aborted", "first_time", "last_time", "p95"}));
  EXPECT_EQ(Keys(json["agent_kinds"][0]),
            (Names{"kind", "agents", "count", "share", "bytes", "server_errors", "client_errors", "aborted"}));
  EXPECT_EQ(Keys(json["durations"]), (Names{"unit", "overall", "classes", "paths"}));
  EXPECT_EQ(Keys(json["durations"]["paths"][0]), (Names{"key", "count", "p50", "p90", "p95", "p99", "p999", "max"}));
  EXPECT_EQ(Keys(json["timeline"]["points"][0]), (Names{"time", "count", "bytes", "0xx", "1xx", "2xx", "3xx", "4xx",
                                                        "5xx", "6xx", "other", "error_rate", "codes"}));
}

TEST(Json, AgentsSayTheirKindAndPathsWhetherTheyAreStatic) {
  Report report = SampleReport();
  Json json = ParseJson(report);
  EXPECT_EQ(json["agents"][1]["kind"], "tool");
  EXPECT_EQ(json["agent_kinds"][2]["kind"], "scanner");
  EXPECT_EQ(json["agent_kinds"][2]["client_errors"], 9'812);
  EXPECT_EQ(json["paths"][0]["static"], false);
  EXPECT_EQ(json["paths"][3]["static"], true);
  EXPECT_FALSE(json["paths"].back().contains("static")) << "no request, no path";
  for (const char* other : {"clients", "hosts", "referrers"}) {
    EXPECT_FALSE(json[other][0].contains("static") || json[other][0].contains("kind")) << other;
  }
  report.agent_kinds[0].error = 17;
  EXPECT_EQ(ParseJson(report)["agent_kinds"][0]["error"], 17);
  report.options.sections = SectionSet{Section::kPaths};
  EXPECT_FALSE(ParseJson(report).contains("agent_kinds"));
}

TEST(Json, DurationsAreSeconds) {
  Report report = SampleReport();
  report.durations.overall.max_us = 1;
  Json json = ParseJson(report)["durations"];
  EXPECT_EQ(json["unit"], "s");
  EXPECT_EQ(json["overall"].dump(), R"({"count":2100000,"p50":0.00085,"p90":0.04821,"p95":0.251,"p99":1.24,)"
                                    R"("p999":9.994999,"max":1e-06})");
  EXPECT_EQ(Keys(json["classes"]), (Names{"2xx", "5xx"}));
  EXPECT_EQ(json["classes"]["5xx"]["max"].dump(), "60.001234");
  EXPECT_EQ(json["paths"][1]["key"], "/api/cart");
  EXPECT_EQ(ParseJson(report)["paths"][2]["p95"], 3.01);
  EXPECT_FALSE(ParseJson(report)["paths"][1].contains("p95")) << "no request was timed";
  report.durations.paths.clear();
  report.durations.paths_left_out = true;
  json = ParseJson(report)["durations"];
  EXPECT_EQ(json["paths_left_out"], true);
  EXPECT_EQ(json["paths"], Json::array());
}

TEST(Json, ValuesAreThoseOfTheReport) {
  const Json json = ParseJson(SampleReport());
  EXPECT_EQ(json["schema_version"], 1);
  EXPECT_EQ(json["totals"]["lines"], 2'104'551);
  EXPECT_EQ(json["codes"][0]["code"], 200);
  EXPECT_EQ(json["codes"][7]["code"], 421);
  EXPECT_EQ(json["codes"][7]["class"], "4xx");
  EXPECT_EQ(json["codes"][7]["in_document"], true);
  EXPECT_EQ(json["codes"][7]["top_paths"][0]["key"], "/live/stream.m3u8");
  EXPECT_EQ(json["codes"].back()["class"], "0xx");
  EXPECT_EQ(json["classes"][4]["class"], "5xx");
  EXPECT_EQ(json["classes"][4]["count"], 3'928);
  EXPECT_EQ(json["timeline"]["points"][27]["codes"]["502"], 2'401);
  EXPECT_TRUE(json["timeline"]["points"].back()["time"].is_null());
  EXPECT_EQ(json["summary"]["first_time"], "2026-11-21T00:00:03Z");
  EXPECT_EQ(json["rejects"][0]["samples"][1]["offset"], 8'812'004);
}

TEST(Json, SharesHaveAtMostSixDecimals) {
  Report report = SampleReport();
  report.codes[0].share = 1.0 / 3;
  report.codes[1].share = 0.1;
  report.summary.mean_requests_per_second = 0.0 / 1.0;
  const std::string text = JsonText(report);
  EXPECT_NE(text.find("\"share\":0.333333,"), std::string::npos);
  EXPECT_NE(text.find("\"share\":0.1,"), std::string::npos);
}

TEST(Json, SectionsNotAskedForAreAbsent) {
  Report report = SampleReport();
  report.options.sections = {Section::kCodes};
  EXPECT_EQ(Keys(ParseJson(report)),
            (Names{"schema_version", "generator", "complete", "errors", "options", "inputs", "totals", "codes"}));
}

TEST(Json, KeysOfColumnsNotReadAreAbsentNotZero) {
  Report report = SampleReport();
  report.columns = {};
  report.totals.first_time.reset();
  report.totals.last_time.reset();
  const Json json = ParseJson(report);
  EXPECT_EQ(Keys(json["totals"]), (Names{"lines", "counted", "filtered", "rejected", "ignored", "bytes_read"}));
  for (const char* key : {"timeline", "paths", "clients", "hosts", "methods", "failing_paths"}) {
    EXPECT_FALSE(json.contains(key)) << key;
  }
  EXPECT_FALSE(json["codes"][0].contains("bytes"));
  EXPECT_FALSE(json["codes"][0].contains("top_paths"));
  EXPECT_FALSE(json["summary"].contains("rps"));
}

TEST(Json, HostileTextIsValidUtf8AndDistinct) {
  const std::string text = JsonText(HostileReport());
  for (unsigned char byte : text) ASSERT_TRUE(byte == '\n' || byte >= 0x20) << int{byte};
  const Json json = Json::parse(text);  // throws on invalid UTF-8
  std::vector<std::string> keys;
  for (const Json& row : json["paths"]) keys.push_back(row["key"]);
  ASSERT_EQ(keys.size(), HostileTexts().size() + 1);
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
  EXPECT_EQ(json["paths"][0]["key"], std::string(1'024, 'L') + "… (8,190 bytes)");
  EXPECT_EQ(json["paths"][1]["key"], "\\x1B]0;owned\\x07");
}

TEST(Json, MissingFieldIsMarked) {
  const Json row = ParseJson(SampleReport())["paths"].back();
  EXPECT_EQ(row["key"], "(no request)");
  EXPECT_EQ(row["missing"], true);
}

TEST(Json, ReasonsHaveTheirGlossWhereItIsKnown) {
  const Json reasons = ParseJson(SampleReport())["codes"][5]["top_reasons"];
  ASSERT_EQ(reasons.size(), 3u);
  EXPECT_EQ(reasons[0],
            (Json{{"key", "SH--"}, {"count", 2400}, {"gloss", "server aborted or refused, awaiting headers"}}));
  EXPECT_EQ(reasons[2], (Json{{"key", "LATER_VERSION"}, {"count", 18}}));
  Report report = SampleReport();
  report.columns.reason = false;
  EXPECT_FALSE(ParseJson(report)["codes"][5].contains("top_reasons")) << "absent, not empty";
}

TEST(Json, BoundCarriesItsError) {
  Report report = SampleReport();
  report.paths[0].error = 6;
  report.codes[0].top_paths[0].error = 7;
  const Json json = ParseJson(report);
  EXPECT_EQ(json["paths"][0]["error"], 6);
  EXPECT_EQ(json["codes"][0]["top_paths"][0]["error"], 7);
  EXPECT_FALSE(json["paths"][1].contains("error"));
}

// 0xx is the class of the lines without a status, and no word of theirs may stand at a number that was sent.
TEST(Json, CodesBelow100AreNotNoStatusSent) {
  Report report = SampleReport();
  for (int code : {1, 99}) {
    report.codes[0].code = code;
    const Json row = ParseJson(report)["codes"][0];
    EXPECT_EQ(row["code"], code);
    EXPECT_EQ(row["class"], "0xx");
    EXPECT_EQ(row["name"], "");
    EXPECT_EQ(row["gloss"], "not in the catalogue (no HTTP status)");
  }
}

TEST(Json, ListThatLeavesKeysOutSaysItsBoundAlsoIfItIsEmpty) {
  EXPECT_FALSE(ParseJson(SampleReport()).contains("bounds"));
  const Report report = OverBudgetReport();
  const Json json = ParseJson(report);
  EXPECT_EQ(json["clients"].size(), 0u);
  EXPECT_EQ(json["bounds"], (Json{{"paths", 31}, {"clients", 1204}, {"failing_clients", 7}}));
  EXPECT_EQ(json["codes"][0]["top_clients_bound"], 5);
  EXPECT_FALSE(json["codes"][0].contains("top_paths_bound"));
}

TEST(Json, ComesInPiecesThatMakeTheWhole) {
  Report report = SampleReport();
  report.paths.assign(5'000, report.paths[0]);
  std::string text;
  size_t pieces = 0;
  MakeWriter(OutputKind::kJson, {})->Write(report, [&](std::string_view piece) {
    text += piece;
    ++pieces;
  });
  EXPECT_GT(pieces, 5u);
  EXPECT_EQ(text, JsonText(report));
}

// Runs the validator of Debian's python3-jsonschema over all `texts` at once; returns what it says about them, nothing
// if all are valid.
std::string SchemaErrors(const std::vector<std::string>& texts) {
  const std::string path = ::testing::TempDir() + "/logstat_schema_" + std::to_string(getpid()) + ".json";
  std::ofstream file(path, std::ios::binary);
  for (size_t i = 0; i < texts.size(); ++i) file << (i == 0 ? "[" : ",") << texts[i];
  file << "]";
  file.close();
  const std::string program =
      "import json,sys,jsonschema\n"
      "schema=json.load(open(sys.argv[1],encoding=\"utf-8\"))\n"
      "jsonschema.Draft7Validator.check_schema(schema)\n"
      "for text in json.load(open(sys.argv[2],encoding=\"utf-8\")):\n"
      "  for e in jsonschema.Draft7Validator(schema).iter_errors(text):\n"
      "    print(text[\"options\"],list(e.path),ascii(e.message[:300]))\n"
      "print(\"validated\")\n";
  const std::string command =
      "python3 -c '" + program + "' " + LOGSTAT_SOURCE_DIR + "/schema/report.schema.json " + path + " 2>&1";
  std::string said;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return "cannot run python3";
  char buffer[4096];
  while (size_t n = fread(buffer, 1, sizeof(buffer), pipe)) said.append(buffer, n);
  const int status = pclose(pipe);
  std::remove(path.c_str());
  if (status == 0 && said == "validated\n") return {};
  return said.empty() ? "python3 failed" : said;
}

class JsonSchema : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("python3 -c 'import jsonschema' >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "python3-jsonschema is not installed: apt-get install python3-jsonschema";
    }
  }
};

TEST_F(JsonSchema, FullHostileAndEmptyReportsAreValid) {
  EXPECT_EQ(SchemaErrors({JsonText(SampleReport()), JsonText(HostileReport()), JsonText(EmptyReport()),
                          JsonText(OverBudgetReport())}),
            "");
}

TEST_F(JsonSchema, EverySectionAloneIsValid) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < kSectionCount; ++i) {
    for (bool all_columns : {true, false}) {
      Report report = SampleReport();
      report.options.sections = SectionSet{static_cast<Section>(i)};
      if (!all_columns) report.columns = {};
      report.options.interval_seconds = 60;
      report.paths[0].error = 1;
      report.timeline.coarsened = true;
      texts.push_back(JsonText(report));
    }
  }
  EXPECT_EQ(SchemaErrors(texts), "");
}

TEST_F(JsonSchema, UnknownKeyMissingKeyAndWrongTypeAreFound) {
  const Json good = ParseJson(SampleReport());
  Json surprise = good;
  surprise["surprise"] = 1;
  Json missing = good;
  missing["paths"][0].erase("count");
  Json time = good;
  time["totals"]["first_time"] = "yesterday";
  Json share = good;
  share["codes"][0]["share"] = 2;
  const std::string said = SchemaErrors({surprise.dump(), missing.dump(), time.dump(), share.dump()});
  for (const char* complaint : {"surprise", "count", "yesterday", "greater than the maximum of 1"}) {
    EXPECT_NE(said.find(complaint), std::string::npos) << complaint << " not in:\n" << said;
  }
}

}  // namespace
}  // namespace logstat
