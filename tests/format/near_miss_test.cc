#include "src/format/near_miss.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "src/format/detect.h"
#include "src/format/presets.h"

namespace logstat {
namespace {

const std::string kTimeText = "[22/Nov/2026:13:00:00 +0000]";
const std::string kAnchor = " \"GET /a HTTP/1.1\" 200 512";
const std::string kLastTwo = " \"-\" \"curl/7.88\"";

std::string Explain(const std::string& line) { return ExplainNearMiss(std::vector<std::string>{line, line, line}); }

TEST(NearMiss, FieldsBehindTheAgent) {
  EXPECT_EQ(Explain("192.0.2.7 - - " + kTimeText + kAnchor + kLastTwo + " HIT"),
            "like combined, but a field follows the agent: try -f '$remote_addr - $remote_user [$time_local] "
            "\"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\" $field1'");
  EXPECT_EQ(Explain("192.0.2.7 - - " + kTimeText + kAnchor + kLastTwo + " HIT 7").substr(0, 51),
            "like combined, but 2 fields follow the agent: try -");
}

// nginx's own example has the forwarded addresses behind the agent, and people add durations.
TEST(NearMiss, QuotedFieldsBetweenTheAgentAndADuration) {
  for (const char* behind : {" \"203.0.113.9\" 0.042 0.040", " \"203.0.113.9\" 0.042", " \"-\" 70123",
                             " \"-\" \"shop.example\" 1.500 -", " \"-\" \"-\" 0.000 0.001, 0.000"}) {
    const std::string line = "192.0.2.7 - - " + kTimeText + kAnchor + kLastTwo + behind;
    const std::string_view lines[] = {line};
    for (const Preset& preset : Presets()) {
      EXPECT_EQ(preset.format->CountFits(lines, Fit::kExact), 0u) << preset.definition << behind;
    }
    const Detection found = DetectPreset(line + "\n" + line + "\n", true);
    ASSERT_NE(found.preset, nullptr) << behind;
    EXPECT_EQ(found.preset->name, "combined") << behind;
    EXPECT_FALSE(found.odd_lines.empty()) << behind;
  }
  EXPECT_EQ(
      Explain("192.0.2.7 - - " + kTimeText + kAnchor + kLastTwo + " \"203.0.113.9\" 0.042 0.040"),
      "like combined, but 3 fields follow the agent: try -f '$remote_addr - $remote_user [$time_local] "
      "\"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\" \"$field1\" $field2 $field3'");
}

TEST(NearMiss, AStatusBeforeTheRequestFitsNothing) {
  for (const std::string& line : {"192.0.2.7 - - " + kTimeText + " 500 \"GET /a HTTP/1.1\" 171 42000\n",
                                  "192.0.2.7 " + kTimeText + " 301 \"GET /a HTTP/1.1\" 0 412\n"}) {
    EXPECT_EQ(DetectPreset(line + line, true).preset, nullptr) << line;
  }
}

TEST(NearMiss, AMissingAgent) {
  EXPECT_EQ(Explain("192.0.2.7 - - " + kTimeText + kAnchor + " \"https://shop.example/\"").substr(0, 48),
            "like combined, but the agent is missing: try -f ");
}

TEST(NearMiss, AnotherPrefix) {
  EXPECT_EQ(
      Explain("web1 7 192.0.2.7 - - " + kTimeText + kAnchor + kLastTwo),
      "like combined, but other fields stand before the request: try -f '$field1 $field2 $remote_addr - $remote_user "
      "[$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"'");
}

TEST(NearMiss, AnotherTime) {
  EXPECT_EQ(Explain("192.0.2.7 - - 2026-11-22T13:00:00+00:00" + kAnchor + kLastTwo).substr(0, 63),
            "like combined, but the time is in another form: try -f '$remote");
  EXPECT_EQ(Explain("192.0.2.7 - - 1795352400.123" + kAnchor).substr(0, 61),
            "like common, but the time is in another form: try -f '$remote");
}

TEST(NearMiss, ANumberThatMayBeAByteCountIsNoStatus) {
  const std::string head = kTimeText + " 192.0.2.7 TLSv1.3 TLS_AES_256_GCM_SHA384 \"GET /a HTTP/1.1\" ";
  EXPECT_EQ(Explain(head + "209"), "") << "ssl_request_log";
  EXPECT_EQ(Explain("200 192.0.2.7 " + kTimeText + " \"GET /a HTTP/1.1\" 512" + kLastTwo), "")
      << "the status is the first";
  const std::string swapped = "192.0.2.7 - - " + kTimeText + " \"GET /a HTTP/1.1\" ";
  EXPECT_EQ(
      ExplainNearMiss(std::vector<std::string>{swapped + "512 200 x", swapped + "512 200 x", swapped + "1375 200 x"}),
      "")
      << "bytes before the status";
}

TEST(NearMiss, NothingIsSaidOfWhatIsNotSeen) {
  EXPECT_EQ(Explain("2026/11/22 13:00:00 [error] 7#7: *1 open() failed"), "");
  EXPECT_EQ(Explain("192.0.2.7 - - " + kTimeText + " \"GET /a HTTP/1.1"), "") << "a quote without an end";
  EXPECT_EQ(Explain(""), "");
  EXPECT_EQ(ExplainNearMiss({}), "");
  const std::string odd = "192.0.2.7 - - " + kTimeText + kAnchor + kLastTwo + " HIT";
  EXPECT_EQ(ExplainNearMiss(std::vector<std::string>{odd, "x", "y", "z"}), "") << "fits a quarter only";
}

std::string ExplainSample(const std::string& before, const std::string& line, const std::string& behind) {
  std::string sample;
  for (int i = 0; i < 3; ++i) sample.append(before).append(line).append(behind).append("\n");
  return ExplainNearMiss(DetectPreset(sample, true).odd_lines);
}

std::string Escaped(const std::string& line) {
  std::string escaped;
  for (const char c : line) escaped.append(c == '"' ? "\\\"" : std::string(1, c));
  return escaped;
}

TEST(NearMiss, InsideAWrapperAsBare) {
  const std::string odd = "192.0.2.7 - - " + kTimeText + kAnchor + kLastTwo + " HIT";
  const std::string bare = ExplainSample("", odd, "");
  EXPECT_EQ(bare, Explain(odd));
  ASSERT_EQ(bare.substr(0, 50), "like combined, but a field follows the agent: try ");
  const std::string docker = R"({"log":")";
  const std::string docker_end = R"(\n","stream":"stdout","time":"2026-11-22T13:00:00.1Z"})";
  EXPECT_EQ(ExplainSample("Nov 22 13:00:00 web1 nginx: ", odd, ""), bare) << "syslog, RFC 3164";
  EXPECT_EQ(ExplainSample("<190>1 2026-11-22T13:00:00Z web1 nginx 7 - - ", odd, ""), bare) << "syslog, RFC 5424";
  EXPECT_EQ(ExplainSample(docker, Escaped(odd), docker_end), bare) << "docker";
  EXPECT_EQ(ExplainSample("2026-11-22T13:00:00.1Z stdout F ", odd, ""), bare) << "CRI";
  EXPECT_EQ(ExplainSample(docker + "Nov 22 13:00:00 web1 nginx: ", Escaped(odd), docker_end), bare) << "both";
}

TEST(NearMiss, APresetIsNoMiss) {
  for (const Preset& preset : Presets()) EXPECT_EQ(Explain(std::string(preset.example)), "") << preset.example;
}

}  // namespace
}  // namespace logstat
