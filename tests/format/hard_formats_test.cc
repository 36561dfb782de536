// Lines that are hard in formats of servers and proxies, and hard stretches of a whole log; those of the common formats
// are hard_lines.h. Where two numbers look like a status, each test has both.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/format/read_cells.h"
#include "tests/format/say_line.h"

namespace logstat {
namespace {

const std::string kHeadText = "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] ";

void ExpectHas(const std::string& says, std::string_view part) {
  EXPECT_NE(says.find(part), std::string::npos) << part << " not in: " << says;
}

TEST(HardFormats, TraefikWritesBareQuotes) {
  const std::string says = ReadPreset(
      "traefik", kHeadText +
                     R"("GET /index.php?<?echo(md5("hi"))&?>+/tmp/x.php HTTP/1.1" 404 19 "-" "-" 7 "web@docker" )" +
                     R"("http://10.0.0.5:8080" 3ms)");
  EXPECT_EQ(says.substr(0, 4), "404 ");
  ExpectHas(says, " duration<3000> client<192.0.2.7>");
  ExpectHas(says, R"( path</index.php> query<<?echo(md5("hi"))&?>+/tmp/x.php> )");
  ExpectHas(says, " upstream<http://10.0.0.5:8080>");
}

TEST(HardFormats, S3HasNoQuotesWhereThereWasNoRequest) {
  const std::string head =
      "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be shop [22/Nov/2026:13:00:00 +0000] 192.0.2.7 "
      "arn "
      "3E57 ";
  const std::string tail = " - s9 SigV4 ECDHE AuthHeader shop.example TLSv1.2 - -";
  const std::string deleted = head + "BATCH.DELETE.OBJECT k - 204 - - 20 - - - -" + tail;
  EXPECT_EQ(ReadPreset("s3", deleted),
            "204 time<1795352400000> client<192.0.2.7> referrer<-> agent<-> host<shop.example> tls<TLSv1.2> "
            "request_id<3E57> reason<->");
  EXPECT_EQ(ReadPreset("s3", head + "REST.GET.OBJECT k \"GET /a HTTP/1.1\" 200 - 5 5 7 6 - \"curl\"" + tail),
            "200 time<1795352400000> bytes<5> duration<7000> upstream_time<6000> client<192.0.2.7> method<GET> "
            "target</a> path</a> protocol<HTTP/1.1> referrer<-> agent<curl> host<shop.example> tls<TLSv1.2> "
            "request_id<3E57> reason<->");
  EXPECT_EQ(FindPreset("s3")->format->CountFits(std::vector<std::string_view>{deleted}, Fit::kExact), 1u);
}

TEST(HardFormats, NoStatusWasSent) {
  const std::string envoy = ReadPreset(
      "envoy",
      R"([2026-11-22T13:00:00.123Z] "GET /a HTTP/1.1" 0 DC 0 0 42 - "-" "curl" "1" "a.example" "10.0.0.5:80")");
  EXPECT_EQ(envoy.substr(0, 2), "0 ");
  ExpectHas(envoy, " upstream<10.0.0.5:80> ");
  ExpectHas(envoy, " reason<DC>");
  for (const char* status : {"0", "000", "-"}) {
    EXPECT_EQ(
        ReadPreset("traefik", kHeadText + "\"GET / HTTP/1.1\" " + status + R"( 0 "-" "-" 7 "-" "-" 3ms)").substr(0, 2),
        "0 ");
    EXPECT_EQ(ReadPreset("varnish", kHeadText + "\"GET http://a.example/ HTTP/1.1\" " + status + R"( - "-" "-")")
                  .substr(0, 2),
              "0 ");
  }
  const std::string caddy = R"({"request":{"remote_ip":"192.0.2.7","method":"GET","uri":"/a"},"status":0,"size":0})";
  EXPECT_EQ(ReadPreset("caddy", caddy), "0 bytes<0> client<192.0.2.7> method<GET> target</a> path</a>");
  const std::string traefik =
      R"({"ClientHost":"192.0.2.7","DownstreamContentSize":0,"DownstreamStatus":0,"Duration":12400000,"OriginStatus":200,)"
      R"("RequestMethod":"GET","RequestPath":"/a","StartUTC":"2026-11-22T13:00:00.25Z"})";
  EXPECT_EQ(ReadPreset("traefik", traefik).substr(0, 2), "0 ") << "what the client got";
  const std::string cloudfront =
      "#Fields: date time c-ip sc-status "
      "x-edge-detailed-result-type\n2026-11-22\t13:00:00\t192.0.2.7\t000\tClientCommError\n";
  const std::vector<ReadRow> rows = ReadText(cloudfront, LineFormatOf("w3c"), kReportColumns, {});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].kind, LineKind::kCounted);
  EXPECT_EQ(rows[1].status, 0);
  EXPECT_EQ(rows[1].text(Field::kReason), "ClientCommError");
}

TEST(HardFormats, TheBalancersStatusComesBeforeTheTargets) {
  const std::string rest =
      R"( 412 272 "GET http://shop.example:80/cart?id=7 HTTP/1.1" "Mozilla/5.0" - - arn:aws:x "Root=1" "-" "-" 0 )"
      R"(2026-11-22T13:00:00.081000Z "forward" "-" "LambdaInvalidResponse" "-" "-" "-" "-")";
  const std::string head = "http 2026-11-22T13:00:00.123456Z app/shop/50dc 192.0.2.7:50412 ";
  const std::string both = ReadPreset("alb", head + "10.0.0.5:8080 0.000 0.041 0.001 504 200" + rest);
  EXPECT_EQ(both.substr(0, 4), "504 ");
  ExpectHas(both, " upstream_status<200> ");
  ExpectHas(both, " upstream<10.0.0.5:8080> ");
  ExpectHas(both, " reason<LambdaInvalidResponse>");
  EXPECT_EQ(ReadPreset("alb", head + "- -1 -1 -1 460 -" + rest).substr(0, 4), "460 ");
  EXPECT_EQ(ReadPreset("alb", head + "- -1 -1 -1 - -" + rest).substr(0, 2), "0 ");
}

TEST(HardFormats, IngressListsTheUpstreamsItTried) {
  const std::string says =
      ReadPreset("ingress_nginx", kHeadText + R"("GET /cart HTTP/1.1" 499 0 "-" "curl" 412 0.342 [shop-cart-80] [] )" +
                                      "10.0.0.5:80, 10.0.0.6:80 : 10.0.0.7:80 0, 0 : 5120 0.100, 0.200 : 0.041 " +
                                      "502, 504 : 200 7c1d2f0e");
  EXPECT_EQ(says.substr(0, 4), "499 ");
  ExpectHas(says, " upstream_time<341000> upstream_status<200> ");
  ExpectHas(says, " upstream<10.0.0.7:80> ");
  ExpectHas(says, " request_id<7c1d2f0e>");
}

TEST(HardFormats, JsonWithTheTimeInTwoFormsAndTheStatusInText) {
  const std::string text = R"({"time":1795352400.5,"status":200,"remote_addr":"192.0.2.7","uri":"/a"})"
                           "\n"
                           R"({"time":"2026-11-22T13:00:01Z","status":"404","remote_addr":"192.0.2.7","uri":"/a"})"
                           "\n"
                           R"({"time":"1795352402.250","status":"200","remote_addr":"192.0.2.7","uri":"/a"})"
                           "\n";
  const std::vector<ReadRow> rows = ReadText(text, LineFormatOf("nginx_json"), kReportColumns, {});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].time_ms, 1795352400500);
  EXPECT_EQ(rows[1].time_ms, 1795352401000);
  EXPECT_EQ(rows[2].time_ms, 1795352402250);
  EXPECT_EQ(rows[0].status, 200);
  EXPECT_EQ(rows[1].status, 404);
  EXPECT_EQ(rows[2].status, 200);
}

TEST(HardFormats, LinesOverFourAndOverSixtyFourKilobytes) {
  std::string query;
  while (query.size() < 5000) query += "1' UNION SELECT \\\"a\\\", 200 5 FROM t -- ";
  std::string probe;
  while (probe.size() < 70'000) probe += "\\x00\\x10 400 7 \\x22 ";
  const std::string text = kHeadText + "\"GET / HTTP/1.1\" 403 12 \"http://a.example/?" + query + "\" \"curl\"\n" +
                           kHeadText + "\"" + probe + "\" 400 226 \"-\" \"-\"\n" + kHeadText +
                           "\"GET / HTTP/1.1\" 200 5 \"-\" \"" + std::string(70'000, 'c') + "\"\n";
  for (const size_t cell_bytes : {size_t{1000}, size_t{65'536}, size_t{1} << 20}) {
    const std::vector<ReadRow> rows =
        ReadText(text, LineFormatOf("combined"), kEveryColumn, {.cell_bytes = cell_bytes});
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].status, 403);
    EXPECT_EQ(rows[0].text(Field::kReferrer), "http://a.example/?" + query);
    EXPECT_EQ(rows[0].text(Field::kAgent), "curl");
    EXPECT_EQ(rows[1].status, 400);
    EXPECT_EQ(rows[1].bytes, 226);
    EXPECT_EQ(rows[1].text(Field::kAgent), "-");
    EXPECT_EQ(rows[2].status, 200);
    EXPECT_EQ(rows[2].text(Field::kAgent).value_or("").size(), 70'000u);
  }
}

// A machine that crashed leaves pages of another file in its log: they cost the lines that they stand in.
TEST(HardFormats, CompressedBytesAmongTheLines) {
  const std::string good = kHeadText + "\"GET /a HTTP/1.1\" 200 5 \"-\" \"-\"";
  std::string pasted("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xed\xbd\"\x07`\x1cI\x96%&/m\xca{\x7fJ\xf5", 27);
  pasted.append("\n\"\" 404 \xff]\x00 \"\n", 14);
  const std::string text = good + "\n" + good + "\n" + pasted + good + "\n" + good.substr(0, 30) + pasted + good + "\n";
  const std::vector<ReadRow> rows = ReadText(text, LineFormatOf("combined"), kReportColumns, {});
  std::vector<LineKind> kinds;
  for (const ReadRow& row : rows) kinds.push_back(row.kind);
  ASSERT_EQ(rows.size(), 8u);
  for (const size_t whole : {0u, 1u, 4u, 7u}) {
    EXPECT_EQ(kinds[whole], LineKind::kCounted);
    EXPECT_EQ(rows[whole].status, 200);
    EXPECT_EQ(rows[whole].text(Field::kPath), "/a");
  }
  for (const size_t broken : {2u, 3u, 5u, 6u}) EXPECT_TRUE(IsRejected(kinds[broken])) << broken;
}

}  // namespace
}  // namespace logstat
