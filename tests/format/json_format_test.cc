#include "src/format/json_format.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "bench/genlog_lib.h"
#include "tests/base/sanitized.h"
#include "tests/format/read_cells.h"
#include "tests/format/say_line.h"

namespace logstat {
namespace {

// One line read by a reader without history, every field.
class OneLine {
 public:
  OneLine(const LineFormat& format, std::string_view line) {
    batch_.Reset(nullptr, kEveryField);
    batch_.AppendRow(0);
    format.MakeReader()->Read(line, 0, batch_);
  }
  LineKind kind() const { return batch_.kind(0); }
  int status() const { return batch_.kind(0) == LineKind::kCounted ? batch_.status(0) : -1; }
  int64_t number(Field field) const { return batch_.number(field, 0); }
  std::string text(Field field) const {
    return batch_.IsMissing(field, 0) ? "(missing)" : std::string(batch_.View(field, 0));
  }

 private:
  RecordBatch batch_;
};

// The JSON row of that name: some servers write other formats, too.
const Preset& RowOf(std::string_view name) {
  return *std::find_if(Presets().begin(), Presets().end(), [&](const Preset& preset) {
    return preset.name == name && preset.definition.starts_with("json:");
  });
}

OneLine ReadJson(std::string_view line, const std::string& preset = "nginx_json") {
  return OneLine(*RowOf(preset).format, line);
}

int StatusOf(std::string_view line) { return ReadJson(line).status(); }

JsonFormat JsonFormatOf(std::string_view map) { return JsonFormat(*ParseKeyMap(map)); }

// Each line by a reader of its own: no shape is known, so every line is scanned.
std::vector<ReadRow> ReadWithoutHistory(std::string_view text, const LineFormat& format, ColumnSet columns) {
  std::vector<ReadRow> rows;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    for (ReadRow& row : ReadText(text.substr(begin, end - begin), format, columns, ReadSettings{})) {
      row.begin += begin;
      rows.push_back(std::move(row));
    }
    begin = end;
  }
  return rows;
}

TEST(JsonFormat, NestedNumbersAndArraysOfCaddy) {
  const OneLine line = ReadJson(FindPreset("caddy")->example, "caddy");
  EXPECT_EQ(line.status(), 200);
  EXPECT_EQ(line.number(Field::kTime), 1795352400250);
  EXPECT_EQ(line.number(Field::kBytes), 5120);
  EXPECT_EQ(line.number(Field::kDuration), 12400);
  EXPECT_EQ(line.text(Field::kClient), "192.0.2.7");
  EXPECT_EQ(line.text(Field::kMethod), "GET");
  EXPECT_EQ(line.text(Field::kPath), "/cart");
  EXPECT_EQ(line.text(Field::kQuery), "id=7");
  EXPECT_EQ(line.text(Field::kHost), "shop.example");
  EXPECT_EQ(line.text(Field::kAgent), "Mozilla/5.0");
  EXPECT_EQ(line.text(Field::kUser), "(missing)");
  EXPECT_EQ(line.text(Field::kReferrer), "(missing)");
}

TEST(JsonFormat, ARequestThatIsATargetLeavesTheMethodAndTheQueryToTheirKeys) {
  for (const char* text : {R"({"clientip":"192.0.2.1","request":"/a","query":"?q=1","method":"GET","status":"404"})",
                           R"({"method":"GET","query":"q=1","status":"404","request":"\/a","remoteIP":"192.0.2.1"})"}) {
    const OneLine line = ReadJson(text);
    EXPECT_EQ(line.status(), 404) << text;
    EXPECT_EQ(line.text(Field::kClient), "192.0.2.1") << text;
    EXPECT_EQ(line.text(Field::kMethod), "GET") << text;
    EXPECT_EQ(line.text(Field::kTarget), "/a") << text;
    EXPECT_EQ(line.text(Field::kPath), "/a") << text;
    EXPECT_EQ(line.text(Field::kQuery), "q=1") << text;
  }
  const OneLine own = ReadJson(R"({"request":"/a?b","query":"?q=1","verb":"PUT","status":200})");
  EXPECT_EQ(own.text(Field::kPath), "/a");
  EXPECT_EQ(own.text(Field::kQuery), "b");
  EXPECT_EQ(own.text(Field::kMethod), "PUT");
}

TEST(JsonFormat, AnAbsentClientIsAnotherKeysWhateverTheirOrder) {
  for (const char* line : {R"({"client_ip":"-","remote_addr":"192.0.2.5","status":200})",
                           R"({"remote_addr":"192.0.2.5","client_ip":"-","status":200})",
                           R"({"client_ip":"","status":200,"remote_addr":"192.0.2.5"})"}) {
    EXPECT_EQ(ReadJson(line).text(Field::kClient), "192.0.2.5") << line;
  }
  EXPECT_EQ(ReadJson(R"({"client_ip":"-","remote_addr":"-","status":400})").text(Field::kClient), "-")
      << "as in the other formats, where no key has one";
}

// As the manual of the ELK stack has nginx write it.
TEST(JsonFormat, ABareHostGivesWayToTheHostThatWasAskedFor) {
  const OneLine line = ReadJson(
      R"({"host":"10.1.1.1","clientip":"192.0.2.1","size":5,"responsetime":0.042,"upstreamtime":"0.040","upstreamhost":"10.0.0.5:80","http_host":"shop.example","url":"/a","domain":"other.example","status":"200"})");
  EXPECT_EQ(line.text(Field::kHost), "shop.example");
  EXPECT_EQ(line.number(Field::kDuration), 42000);
  EXPECT_EQ(line.number(Field::kUpstreamTime), 40000);
  EXPECT_EQ(line.text(Field::kUpstream), "10.0.0.5:80");
  EXPECT_EQ(ReadJson(R"({"host":"web1","domain":"shop.example","status":200})").text(Field::kHost), "shop.example");
  EXPECT_EQ(ReadJson(R"({"server_name":"_","host":"web1","status":200})").text(Field::kHost), "web1");
  EXPECT_EQ(ReadJson(R"({"host":"web1","server_name":"_","status":200})").text(Field::kHost), "web1");
}

TEST(JsonFormat, TraefikIsTheDownstreamStatusAndNanoseconds) {
  const OneLine line = ReadJson(
      R"({"ClientAddr":"192.0.2.7:40000","OriginStatus":404,"DownstreamStatus":"502","Duration":12400000,"RequestPath":"/a?b","time":"2026-11-22T13:00:00Z"})",
      "traefik");
  EXPECT_EQ(line.status(), 502);
  EXPECT_EQ(line.number(Field::kUpstreamStatus), 404);
  EXPECT_EQ(line.number(Field::kDuration), 12400);
  EXPECT_EQ(line.text(Field::kClient), "192.0.2.7");
  EXPECT_EQ(line.text(Field::kPath), "/a");
  EXPECT_EQ(line.number(Field::kTime), 1795352400000);
}

TEST(JsonFormat, AbsoluteTargetOfALoadBalancerGivesTheHost) {
  const OneLine line = ReadJson(FindPreset("gclb")->example, "gclb");
  EXPECT_EQ(line.status(), 200);
  EXPECT_EQ(line.text(Field::kHost), "shop.example");
  EXPECT_EQ(line.text(Field::kScheme), "https");
  EXPECT_EQ(line.text(Field::kPath), "/cart");
  EXPECT_EQ(line.text(Field::kReason), "response_sent_by_backend");
  EXPECT_EQ(line.number(Field::kDuration), 12400);
}

TEST(JsonFormat, DurationIsMillisecondsForEnvoyAndSecondsForCaddy) {
  EXPECT_EQ(ReadJson(R"({"response_code":200,"duration":12})", "envoy").number(Field::kDuration), 12000);
  EXPECT_EQ(ReadJson(R"({"status":200,"duration":12})", "caddy").number(Field::kDuration), 12000000);
}

TEST(JsonFormat, KeysMayBeFlatWithDotsOrNested) {
  for (const char* line : {R"({"http.response.status_code":404,"client.ip":"192.0.2.7"})",
                           R"({"client":{"ip":"192.0.2.7"},"http":{"response":{"status_code":404}}})",
                           R"({"http.response":{"status_code":404},"client":{"ip":"192.0.2.7"}})",
                           R"({"http":{"response.status_code":["404",1,{}]},"client.ip":["192.0.2.7"]})"}) {
    EXPECT_EQ(ReadJson(line, "ecs").status(), 404) << line;
    EXPECT_EQ(ReadJson(line, "ecs").text(Field::kClient), "192.0.2.7") << line;
  }
}

TEST(JsonFormat, EveryPresetReadsTheLinesOfEveryOther) {
  for (const char* reader : {"caddy", "traefik", "cloudflare", "gclb", "ecs", "envoy", "nginx_json"}) {
    for (const char* written : {"caddy", "traefik", "cloudflare", "gclb", "ecs", "envoy", "nginx_json"}) {
      const OneLine line = ReadJson(RowOf(written).example, reader);
      EXPECT_EQ(line.status(), 200) << reader << " " << written;
      EXPECT_EQ(line.text(Field::kClient), "192.0.2.7") << reader << " " << written;
      EXPECT_EQ(line.text(Field::kPath), "/cart") << reader << " " << written;
      EXPECT_EQ(line.text(Field::kMethod), "GET") << reader << " " << written;
      EXPECT_EQ(line.text(Field::kHost), "shop.example") << reader << " " << written;
    }
  }
}

TEST(JsonFormat, TheFirstOfEqualKeysWinsAndWeakOnesGiveWay) {
  EXPECT_EQ(StatusOf(R"({"status":200,"status":404})"), 200);
  EXPECT_EQ(StatusOf(R"({"status":"ok","status_code":404})"), 404);
  const OneLine line = ReadJson(
      R"({"uri":"/index.php","server_name":"_","request":"GET /a?b HTTP/1.1","host":"a.example","status":200,"method":"PUT"})");
  EXPECT_EQ(line.text(Field::kPath), "/a");
  EXPECT_EQ(line.text(Field::kQuery), "b");
  EXPECT_EQ(line.text(Field::kHost), "a.example");
  EXPECT_EQ(line.text(Field::kMethod), "GET");
  EXPECT_EQ(ReadJson(R"({"method":"PUT","request":"GET /a HTTP/1.1","status":200})").text(Field::kMethod), "PUT");
  EXPECT_EQ(ReadJson(R"({"uri":"/only","status":200})").text(Field::kPath), "/only");
  EXPECT_EQ(ReadJson(R"({"time":"","timestamp":1795352400,"status":200})").number(Field::kTime), 1795352400000);
}

TEST(JsonFormat, NoStatusWasSent) {
  for (const char* value : {"null", "0", "\"-\"", "\"000\"", "\"\"", "\"0\"", "-1", "-", ""}) {
    EXPECT_EQ(StatusOf(std::string("{\"status\":") + value + ",\"a\":1}"), 0) << value;
  }
  for (const char* value : {"2000", "20", "\"abc\"", "{}", "[]", "[{}]", "2e2", "200.0", "true"}) {
    EXPECT_EQ(ReadJson(std::string("{\"status\":") + value + ",\"a\":1}").kind(), LineKind::kNoStatus) << value;
  }
}

TEST(JsonFormat, OtherLinesAreRejectedByReason) {
  for (const char* line : {R"({"level":"info","msg":"server running"})", "{}", R"({"status":{"code":200}} trailing)"}) {
    EXPECT_EQ(ReadJson(line).kind(), LineKind::kNoStatus) << line;
  }
  for (const char* line : {"plain text", R"(caddy | {"status":200})", "[]", "{", R"({"a")", R"({"a":)", R"({"a":1)",
                           R"({"status":200)", R"({"status":20)", R"({"status":"200)", R"({"a":{"b":1},)", "\"{}\"",
                           R"({"a":1 "status":200})", R"({"a":{"b":"c}},"status":200})"}) {
    EXPECT_EQ(ReadJson(line).kind(), LineKind::kNotJson) << line;
  }
  for (const char* line : {"", "  \t", "# comment"}) EXPECT_EQ(ReadJson(line).kind(), LineKind::kIgnored);
}

TEST(JsonFormat, ALineThatBreaksOffBehindItsStatusCounts) {
  const std::string line = R"({"a":"b","status":200,"agent":"x \" y","list":[1,{"b":null}],"o":{"p":"q"},"n":1.5})";
  for (size_t size = line.find(",\"agent"); size < line.size(); ++size) {
    EXPECT_EQ(StatusOf(line.substr(0, size + 1)), 200) << line.substr(0, size + 1);
  }
  for (size_t size = 1; size < line.find(",\"agent"); ++size) {
    EXPECT_EQ(ReadJson(line.substr(0, size)).kind(), LineKind::kNotJson) << line.substr(0, size);
  }
}

TEST(JsonFormat, AnyBytesInStrings) {
  const std::string raw("\x16\x03\x01\t\0\xff\xfe\xc3", 8);
  const OneLine line =
      ReadJson("{\"http_user_agent\":\"" + raw + "\",\"remote_user\":\"\\x22a\\x16\",\"status\":\"400\"}");
  EXPECT_EQ(line.status(), 400);
  EXPECT_EQ(line.text(Field::kAgent), raw);
  EXPECT_EQ(line.text(Field::kUser), "\"a\x16");
}

TEST(JsonFormat, BareQuotesAndBareListsShiftNothing) {
  const OneLine line = ReadJson(
      R"({"http_user_agent":"a "quoted" word","upstream_response_time":0.010, 0.020,"request_time":-,"bytes":,"status":404})");
  EXPECT_EQ(line.status(), 404);
  EXPECT_EQ(line.text(Field::kAgent), "a \"quoted\" word");
  EXPECT_EQ(line.number(Field::kUpstreamTime), 30000);
  EXPECT_EQ(line.number(Field::kDuration), kNoNumber);
}

TEST(JsonFormat, WhatIsBrokenInsideAnObjectEndsThatObject) {
  for (const char* inside :
       {R"("a" "b")", R"("a":1 2 "b":3)", R"(x)", R"("headers":{"a",{"b":1}},"c":1)", R"(1,2,[3])"}) {
    const std::string line = std::string("{\"request\":{") + inside + "},\"status\":404}";
    EXPECT_EQ(ReadJson(line, "caddy").status(), 404) << line;
  }
}

TEST(JsonFormat, SpacesOrderAndEscapedKeys) {
  EXPECT_EQ(StatusOf(" \t{ \"b\" : [ ] , \"status\" : 200 , \"c\" : { } } "), 200);
  EXPECT_EQ(StatusOf("{\"st\\u0061tus\":200}"), 200);
  EXPECT_EQ(ReadJson(R"({"status":200,"request_time":7.2e-05})").number(Field::kDuration), 72);
}

TEST(JsonFormat, ManyBracketsAreLinear) {
  std::string line(kMaxLineBytes / 2, '[');
  EXPECT_EQ(ReadJson("{\"a\":" + line).kind(), LineKind::kNotJson);
  EXPECT_EQ(StatusOf("{\"status\":200,\"a\":" + line), 200);
  std::string quotes;
  while (quotes.size() < kMaxLineBytes / 2) quotes += "\"\\\" ";
  EXPECT_EQ(ReadJson("{\"a\":\"" + quotes).kind(), LineKind::kNotJson);
}

TEST(JsonFormat, AMapOfOnesOwn) {
  const JsonFormat format = JsonFormatOf("status=.resp.code,client=.ip,time=.t,duration=.took(ms),request=.r");
  const OneLine line(
      format, R"({"ip":"[2001:db8::1]:443","t":1795352400,"took":1.5,"r":"GET /a HTTP/1.1","resp":{"code":503}})");
  EXPECT_EQ(line.status(), 503);
  EXPECT_EQ(line.text(Field::kClient), "2001:db8::1");
  EXPECT_EQ(line.number(Field::kDuration), 1500);
  EXPECT_EQ(line.text(Field::kPath), "/a");
  EXPECT_EQ(OneLine(format, R"({"status":200})").kind(), LineKind::kNoStatus);
}

// Lines that differ from the one before by one thing each, so that a shape fits nearly.
std::string NearlyAlikeLines() {
  std::string text;
  const std::string line =
      R"({"time":"2026-11-22T13:00:00Z","remote_addr":"192.0.2.7","request":"GET /a?b HTTP/1.1","status":200,"body_bytes_sent":5, "uri":"/x","list":["a",1],"o":{"http_user_agent":"u"},"host":"h"})";
  for (size_t i = 0; i < line.size(); ++i) {
    text += line + "\n" + line.substr(0, i) + line.substr(i + 1) + "\n";
    for (const char* other : {"\"", "\\", ",", "}", " ", "1", ":", "["}) {
      text += line.substr(0, i) + other + line.substr(i + 1) + "\n" + line.substr(0, i) + other + line.substr(i) + "\n";
    }
    text += line.substr(0, i) + "\n";
  }
  return text;
}

TEST(JsonFormat, WhatWasReadBeforeChangesNothing) {
  const std::string text = NearlyAlikeLines();
  for (const char* map : {"nginx_json", "caddy"}) {
    const LineFormat& format = LineFormatOf(map);
    const std::vector<ReadRow> statuses = ReadWithoutHistory(text, format, kStatusOnly);
    for (ColumnSet columns : {kStatusOnly, kReportColumns, kEveryColumn, ColumnSet{Field::kStatus, Field::kHost}}) {
      const std::vector<ReadRow> expected = ReadWithoutHistory(text, format, columns);
      EXPECT_EQ(DescribeDifference(text, ReadText(text, format, columns, ReadSettings{}), expected), "");
      ASSERT_EQ(statuses.size(), expected.size());
      for (size_t i = 0; i < statuses.size(); ++i) {
        EXPECT_EQ(statuses[i].kind, expected[i].kind);
        EXPECT_EQ(statuses[i].status, expected[i].status);
      }
    }
  }
}

TEST(JsonFormat, CellsOfAnySizeGiveTheSameRows) {
  genlog::Options options;
  options.lines = kSanitized ? 60 : 300;
  for (const genlog::Format written : {genlog::Format::kNginxJson, genlog::Format::kCaddy}) {
    options.format = written;
    genlog::Stats stats;
    const std::string text = genlog::GenerateLog(options, &stats);
    const LineFormat& format = LineFormatOf("nginx_json");
    const std::vector<ReadRow> whole = ReadText(text, format, kEveryColumn, ReadSettings{});
    std::array<uint64_t, 1000> codes{};
    for (const ReadRow& row : whole) ++codes[row.status];
    EXPECT_EQ(codes, stats.codes);
    for (size_t cell_bytes : {1, 7, 64, 1000, 4096}) {
      EXPECT_EQ(DescribeDifference(text, ReadText(text, format, kEveryColumn, {.cell_bytes = cell_bytes}), whole), "");
    }
  }
}

TEST(JsonFormat, TheSameLogInJsonGivesTheColumnsOfCombined) {
  genlog::Options options;
  options.lines = 5000;
  const std::string combined = genlog::GenerateLog(options);
  const ColumnSet columns{Field::kStatus, Field::kBytes, Field::kClient, Field::kMethod, Field::kTarget, Field::kPath};
  const std::vector<ReadRow> expected = ReadText(combined, LineFormatOf("combined"), columns, ReadSettings{});
  for (const char* name : {"nginx_json", "caddy"}) {
    options.format = *genlog::FindFormat(name);
    std::vector<ReadRow> rows = ReadText(genlog::GenerateLog(options), LineFormatOf(name), columns, ReadSettings{});
    ASSERT_EQ(rows.size(), expected.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      rows[i].begin = expected[i].begin;
      ASSERT_EQ(rows[i], expected[i]) << name << " line " << i;
    }
  }
}

// Another's parser as judge of lines that are JSON.
TEST(JsonFormat, SimdjsonFindsTheSame) {
  genlog::Options options;
  options.lines = 2000;
  options.format = genlog::Format::kCaddy;
  const std::string text = genlog::GenerateLog(options);
  const std::vector<ReadRow> rows = ReadText(text, LineFormatOf("caddy"), kEveryColumn, ReadSettings{});
  simdjson::dom::parser parser;
  for (const ReadRow& row : rows) {
    const std::string line = text.substr(row.begin, text.find('\n', row.begin) - row.begin);
    const simdjson::dom::element json = parser.parse(line);
    EXPECT_EQ(row.status, uint64_t(json["status"]));
    EXPECT_EQ(row.bytes, int64_t(json["size"]));
    EXPECT_EQ(row.text(Field::kClient), std::string(std::string_view(json["request"]["client_ip"])));
    EXPECT_EQ(row.text(Field::kTarget), std::string(std::string_view(json["request"]["uri"])));
    const std::string_view agent = json["request"]["headers"]["User-Agent"].get_array().at(0);
    EXPECT_EQ(row.text(Field::kAgent), std::string(agent));
  }
}

TEST(JsonPresets, EchoWritesItsLatencyInNanosecondsAndForPeople) {
  const std::string says =
      ReadPreset("nginx_json",
                 R"({"status":200,"uri":"/a","latency":1500000,"latency_human":"1.5ms","bytes_in":0,"bytes_out":5})");
  EXPECT_NE(says.find(" duration<1500> "), std::string::npos) << says;
}

TEST(JsonPresets, TheLastOfTheUpstreamsAnswered) {
  const std::string says =
      ReadPreset("nginx_json", R"({"status":200,"request_uri":"/a","upstream_addr":"10.0.0.1:80, 10.0.0.2:80"})");
  EXPECT_NE(says.find(" upstream<10.0.0.2:80>"), std::string::npos) << says;
}

}  // namespace
}  // namespace logstat
