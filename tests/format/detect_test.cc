#include "src/format/detect.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "src/format/clf_format.h"
#include "src/input/block.h"
#include "src/input/source.h"

namespace logstat {
namespace {

constexpr std::string_view kRest = " - - [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" 200 5120";
constexpr std::string_view kQuoted = " \"-\" \"curl/7.88\"";

std::string Common() { return "192.0.2.7" + std::string(kRest) + "\n"; }
std::string CombinedLine() { return "192.0.2.7" + std::string(kRest) + std::string(kQuoted) + "\n"; }

std::string Times(int count, const std::string& text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

Detection Detect(const std::string& sample) { return DetectPreset(sample, true); }

std::string_view NameOf(const Detection& detection) {
  return detection.preset == nullptr ? "none" : detection.preset->name;
}

TEST(DetectPreset, EveryExampleLineIsItsOwnPreset) {
  for (const Preset& preset : Presets()) {
    const bool has_directive = preset.definition.starts_with("#");
    const std::string directive = has_directive ? std::string(preset.definition) + "\n" : "";
    const Detection found = Detect(directive + std::string(preset.example) + "\n");
    EXPECT_EQ(NameOf(found) == preset.name, !preset.is_alias) << NameOf(found) << ": " << preset.example;
    EXPECT_EQ(found.share, 1);
    EXPECT_EQ(found.lines, 1u);
    EXPECT_EQ(found.runner_up, nullptr) << preset.example;
  }
}

TEST(DetectPreset, NothingInNothing) {
  for (const char* sample : {"", "\n\r\n", "# a comment\n"}) {
    const Detection found = Detect(sample);
    EXPECT_EQ(found.preset, nullptr);
    EXPECT_EQ(found.share, 0);
    EXPECT_EQ(found.lines, 0u);
  }
}

TEST(DetectPreset, BlankLinesAndDirectivesAreLeftOut) {
  const Detection found = Detect("# x\n\n" + CombinedLine() + "\r\n" + CombinedLine());
  EXPECT_EQ(NameOf(found), "combined");
  EXPECT_EQ(found.lines, 2u);
  EXPECT_EQ(found.share, 1);
}

TEST(DetectPreset, CarriageReturnsAndAByteOrderMark) {
  std::string sample = "\xef\xbb\xbf" + CombinedLine();
  sample.insert(sample.size() - 1, "\r");
  EXPECT_EQ(NameOf(Detect(sample)), "combined");
  EXPECT_EQ(Detect(sample).share, 1);
}

TEST(DetectPreset, MostFitsWin) {
  const Detection found = Detect(Times(7, CombinedLine()) + Times(2, Common()) + "broken\n");
  EXPECT_EQ(NameOf(found), "combined");
  EXPECT_DOUBLE_EQ(found.share, 0.7);
  ASSERT_NE(found.runner_up, nullptr);
  EXPECT_EQ(found.runner_up->name, "common");
  EXPECT_DOUBLE_EQ(found.runner_up_share, 0.2);
}

// Most presets are dropped at the first line; the verdict must be that of looking at all lines with all presets.
TEST(DetectPreset, TheShortWayToAVerdictChangesNothing) {
  for (const Preset& one : Presets()) {
    for (const Preset& other : Presets()) {
      const std::string a(one.example), b(other.example);
      for (const std::string& sample : {a + "\n" + a + "\n", a + "\n" + b + "\n", a + "\n" + b + "\n" + b + "\n"}) {
        std::vector<std::string_view> lines;
        for (std::string_view rest = sample; !rest.empty(); rest.remove_prefix(lines.back().size() + 1)) {
          lines.push_back(rest.substr(0, rest.find('\n')));
        }
        const Preset* best = nullptr;
        size_t most = 0;
        for (const Preset& preset : Presets()) {
          const size_t fits = preset.format->CountFits(lines, Fit::kExact);
          const bool more_fields = best != nullptr && preset.format->fields() > best->format->fields();
          if (fits > most || (fits == most && fits > 0 && more_fields)) best = &preset;
          most = std::max(most, fits);
        }
        if (most * 2 < lines.size()) continue;
        EXPECT_EQ(Detect(sample).preset, best) << sample;
      }
    }
  }
}

TEST(DetectPreset, ATieGoesToTheOneWithMoreFields) {
  EXPECT_EQ(NameOf(Detect(Common() + CombinedLine())), "combined");
  EXPECT_EQ(NameOf(Detect(CombinedLine() + "a.example:80 " + CombinedLine())), "vhost_combined");
}

TEST(DetectPreset, AHostInFrontDecidesBetweenCommonAndItsTwin) {
  EXPECT_EQ(NameOf(Detect("a.example:80 " + Common())), "vhost_common");
  EXPECT_EQ(NameOf(Detect("a.example " + Common())), "vhost_common");
  EXPECT_EQ(NameOf(Detect(Common())), "common");
}

TEST(DetectPreset, EscapedQuotesFit) {
  const Detection found = Detect("192.0.2.7" + std::string(kRest) + R"( "-" "a \"b\" \\")" + "\n");
  EXPECT_EQ(NameOf(found), "combined");
  EXPECT_EQ(found.share, 1);
}

TEST(DetectPreset, ALineWithMoreFieldsFitsOnlyLoosely) {
  const std::string line = "192.0.2.7" + std::string(kRest) + std::string(kQuoted) + " \"203.0.113.9\" x";
  const std::string_view lines[] = {line};
  for (const Preset& preset : Presets()) {
    EXPECT_EQ(preset.format->CountFits(lines, Fit::kExact), 0u) << preset.definition;
  }
  const Detection found = Detect(Times(3, line + "\n"));
  EXPECT_EQ(NameOf(found), "combined");
  EXPECT_EQ(found.share, 1);
}

TEST(DetectPreset, AWholeNumberBehindTheAgentIsADurationOnlyIfItsValuesSaySo) {
  const auto behind = [](const std::string& text) {
    std::string line = CombinedLine();
    return line.insert(line.size() - 1, text);
  };
  const auto reads_duration = [](const std::string& sample) {
    return Detect(sample).preset->format->columns().Contains(Field::kDuration);
  };
  EXPECT_TRUE(reads_duration(Times(3, behind(" 412")) + behind(" 70123")));
  EXPECT_TRUE(reads_duration(behind(" 0.042")));
  for (const char* other : {" 0", " 2", " 22", " 443", " 504", " 50412", " 412 0.042", " 70123 0.042",
                            " 504 10.0.0.1:80 0.5", " 70123 \"x\""}) {
    const Detection found = Detect(Times(3, behind(other)));
    EXPECT_EQ(NameOf(found), "combined") << other;
    EXPECT_FALSE(found.odd_lines.empty()) << other;
  }
}

TEST(DetectPreset, AnAddressInTheHostsPlaceFitsNothingExactly) {
  const std::string rest = " [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" 200 512 \"-\" \"curl/7.88\"\n";
  for (const char* head : {"a.example 192.0.2.7", "a.example 192.0.2.7 -", "a.example 192.0.2.7 - -"}) {
    EXPECT_EQ(NameOf(Detect(head + rest)), "vhost_combined") << head;
  }
  for (const char* head : {"192.0.2.7 a.example - -", "192.0.2.1, 192.0.2.2 192.0.2.7 - -"}) {
    EXPECT_EQ(NameOf(Detect(head + rest)), "combined") << head;
  }
  EXPECT_EQ(NameOf(Detect("192.0.2.7 shop.example -" + rest)), "lighttpd");
}

TEST(DetectPreset, AQuotedFieldInFrontOfTheRequestIsANearMiss) {
  const Detection found =
      Detect("192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"a.example\" \"GET / HTTP/1.1\" 200 5 \"-\" \"curl\"\n");
  EXPECT_FALSE(found.odd_lines.empty());
}

TEST(DetectPreset, LooseScoringKeepsTheHost) {
  const std::string line = "a.example:80 192.0.2.7" + std::string(kRest) + std::string(kQuoted) + " 22\n";
  EXPECT_EQ(NameOf(Detect(line)), "vhost_combined");
}

TEST(DetectPreset, AnErrorLogIsNone) {
  const Detection found = Detect(
      "2026/11/22 13:00:00 [error] 7#7: *1 open() \"/srv/a\" failed (2: No such file), client: 192.0.2.7, "
      "request: \"GET /a HTTP/1.1\", host: \"shop.example\"\n");
  EXPECT_EQ(found.preset, nullptr);
  EXPECT_EQ(found.lines, 1u);
}

TEST(DetectPreset, AnSslRequestLogIsNone) {
  EXPECT_EQ(
      NameOf(Detect("[22/Nov/2026:13:00:00 +0000] 192.0.2.7 TLSv1.3 TLS_AES_256_GCM_SHA384 \"GET / HTTP/1.1\" 1375\n")),
      "none");
}

TEST(DetectPreset, ALastLineThatIsCutOffIsLeftOut) {
  std::string sample = CombinedLine() + CombinedLine();
  sample.resize(sample.size() - 30);
  EXPECT_EQ(DetectPreset(sample, false).lines, 1u);
  EXPECT_EQ(DetectPreset(sample, true).lines, 2u);
  sample.resize(CombinedLine().size() - 1);  // nothing but a line that may be cut off: better than nothing
  EXPECT_EQ(DetectPreset(sample, false).lines, 1u);
  EXPECT_EQ(NameOf(DetectPreset(sample, false)), "combined");
}

TEST(DetectPreset, ALineThatIsTooLongFitsNothingHoweverItBegins) {
  std::string line = CombinedLine();
  line.insert(line.size() - 2, std::string(kMaxLineBytes - line.size() + 1, 'a'));  // grows the agent
  EXPECT_EQ(DetectPreset(line, true).share, 1) << "as long as may be";
  line.insert(line.size() - 2, 1, 'a');
  const Detection found = DetectPreset(line + line, true);
  EXPECT_EQ(found.lines, 2u);
  EXPECT_EQ(found.share, 0);
  line.insert(line.size() - 2, std::string(kSampleBytes - line.size() + 2, 'a'));
  line.resize(kSampleBytes);
  EXPECT_EQ(DetectPreset(line, false).lines, 1u);
  EXPECT_EQ(DetectPreset(line, false).share, 0);
  EXPECT_EQ(DetectPreset(std::string(2 * kMaxLineBytes, '#'), true).lines, 1u) << "rejected, not ignored";
}

std::string Syslog(const std::string& line) { return "Nov 22 13:00:00 web1 nginx: " + line; }

std::string NamesOf(const WrapperStack& wrappers) {
  std::string names;
  for (const Wrapper* wrapper : wrappers) names.append(names.empty() ? "" : ", ").append(wrapper->name);
  return names;
}

TEST(DetectPreset, WrappersAreTakenOffFirst) {
  const std::string docker = R"({"log":"192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET / HTTP/1.1\" 200 5 )"
                             R"(\"-\" \"-\"\n","stream":"stdout","time":"2026-11-22T13:00:00Z"})";
  Detection found = Detect(Times(3, docker + "\n"));
  EXPECT_EQ(NameOf(found), "combined");
  EXPECT_EQ(NamesOf(found.wrappers), "Docker JSON");
  EXPECT_EQ(found.share, 1);
  found = Detect(Times(3, "web-1  | " + Syslog(Common())));
  EXPECT_EQ(NameOf(found), "common");
  EXPECT_EQ(NamesOf(found.wrappers), "compose prefix, syslog");
  found = Detect(Times(3, CombinedLine()));
  EXPECT_EQ(NamesOf(found.wrappers), "");
}

// Of presets whose example alone tells them apart; where lines are the same, an alias is as good.
TEST(DetectPreset, EveryPresetIsFoundInEveryWrapper) {
  const auto quoted = [](std::string_view text) {
    std::string escaped;
    for (const char c : text) escaped.append(c == '"' || c == '\\' ? "\\" : "").append(1, c);
    return escaped;
  };
  for (const Preset& preset : Presets()) {
    if (preset.is_alias) continue;
    std::vector<std::string> lines;
    if (preset.definition.starts_with("#")) lines.emplace_back(preset.definition);
    lines.insert(lines.end(), 3, std::string(preset.example));
    std::string syslog, docker, cri, journal, compose;
    for (const std::string& line : lines) {
      syslog += Syslog(line) + "\n";
      docker += "{\"log\":\"" + quoted(line) + "\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-22T13:00:00Z\"}\n";
      cri += "2026-11-22T13:00:00Z stdout F " + line + "\n";
      journal += "{\"__REALTIME_TIMESTAMP\":\"1795352400123456\",\"MESSAGE\":\"" + quoted(line) + "\"}\n";
      compose += "web-1  | " + line + "\n";
    }
    for (const std::string& sample : {syslog, docker, cri, journal, compose}) {
      const Detection found = Detect(sample);
      EXPECT_EQ(NameOf(found), preset.name) << sample;
      EXPECT_EQ(found.wrappers.size(), 1u) << sample;
      EXPECT_EQ(found.share, 1) << sample;
    }
  }
}

TEST(DetectPreset, OtherProgramsLinesBetweenDoNotHideAWrapper) {
  const Detection found =
      Detect(Times(2, Syslog(CombinedLine()) + "-- Boot 1 --\n") + Syslog("x\n") + Syslog(CombinedLine()));
  EXPECT_EQ(NameOf(found), "combined");
  EXPECT_EQ(NamesOf(found.wrappers), "syslog");
  EXPECT_EQ(found.lines, 6u);
  EXPECT_EQ(found.share, 0.5);
}

TEST(DetectPreset, ALogWithMoreFieldsInAWrapperIsReadWithoutIt) {
  std::string line = CombinedLine();
  line.insert(line.size() - 1, " HIT");
  const Detection found = Detect(Times(3, Syslog(line)));
  EXPECT_EQ(NameOf(found), "combined");
  EXPECT_EQ(NamesOf(found.wrappers), "syslog");
  EXPECT_EQ(found.share, 1);
}

TEST(DetectPreset, PartsAreOneLine) {
  const std::string head = "2026-11-22T13:00:00Z stdout ";
  const std::string line = CombinedLine();
  const std::string parts = head + "P " + line.substr(0, 30) + "\n" + head + "P " + line.substr(30, 9) + "\n";
  const Detection found = Detect(Times(3, parts + head + "F " + line.substr(39)));
  EXPECT_EQ(NameOf(found), "combined");
  EXPECT_EQ(NamesOf(found.wrappers), "CRI");
  EXPECT_EQ(found.lines, 3u);
  EXPECT_EQ(found.share, 1);
}

TEST(DetectPreset, SyslogOfOtherProgramsIsNone) {
  EXPECT_EQ(Detect(Times(3, Syslog("nginx.service: Started.\n"))).preset, nullptr);
}

TEST(DetectPreset, LinesThatDescribeThemselves) {
  const std::string fields = "#Software: x\n#Fields: date time c-ip cs-method cs-uri-stem sc-status\n";
  const std::string line = "2026-11-22 13:00:00 192.0.2.7 GET / 200\n";
  EXPECT_EQ(NameOf(Detect(fields + line)), "w3c");
  EXPECT_EQ(NameOf(Detect(line)), "none") << "nobody says what is what";
  EXPECT_EQ(Detect(line + fields + Times(3, line)).share, 0.75);
}

TEST(DetectWrappers, OfAKnownFormat) {
  const LineFormat& combined = *FindPreset("combined")->format;
  EXPECT_EQ(NamesOf(DetectWrappers(Times(3, Syslog(CombinedLine())), true, combined)), "syslog");
  EXPECT_EQ(NamesOf(DetectWrappers(Times(3, CombinedLine()), true, combined)), "");
  EXPECT_EQ(NamesOf(DetectWrappers("", true, combined)), "");
  EXPECT_EQ(NamesOf(DetectWrappers(Times(3, Syslog("x\n")), true, combined)), "") << "nothing tells";
  // What looks like a wrapper is the format's own.
  const ClfFormat own(*CompileFormat(R"($time_iso8601 $remote_addr "$request" $status $bytes_sent)"));
  const std::string line = "2026-11-22T13:00:00Z 192.0.2.7 \"GET / HTTP/1.1\" 200 5\n";
  EXPECT_EQ(NamesOf(DetectWrappers(Times(3, line), true, own)), "");
}

TEST(LineFits, EveryFieldMustBeWellFormed) {
  const FieldProgram program = *CompileFormat(FindPreset("common")->definition);
  EXPECT_TRUE(LineFits(R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "" 000 -)", program));
  for (const char* line : {
           "",
           R"(- - - [22/Nov/2026:13:00:00 +0000] "-" 408 -)",
           R"(192.0.2.7 - - [22/Nov/2026:13:00:00] "-" 408 -)",
           R"(192.0.2.7 - - 22/Nov/2026:13:00:00 +0000 "-" 408 -)",
           R"(192.0.2.7 - a b [22/Nov/2026:13:00:00 +0000] "-" 408 -)",
           R"( 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "-" 408 -)",
           R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "-" 408 - )",
           R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "-" 408)",
           R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "-" 4088 -)",
           R"(192.0.2.1, 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "-" 408 -)",
       }) {
    EXPECT_FALSE(LineFits(line, program)) << line;
  }
}

TEST(FindPreset, ByName) {
  EXPECT_EQ(FindPreset("combined")->name, "combined");
  EXPECT_EQ(FindPreset("Combined"), nullptr);
  EXPECT_EQ(FindPreset(""), nullptr);
}

TEST(HasProxyTargetsTest, NineOfTenRequestsOfAProxyAreThoseOfAProxy) {
  const auto sample = [](int absolute, int tunnels, int others) {
    std::string text = "\n# a comment\n";
    const auto add = [&](const std::string& request) {
      text += "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"" + request + "\" 200 512 \"-\" \"-\"\n";
    };
    for (int i = 0; i < absolute; ++i) add("GET https://h.example/" + std::to_string(i) + " HTTP/1.1");
    for (int i = 0; i < tunnels; ++i) add("CONNECT h.example:443 HTTP/1.1");
    for (int i = 0; i < others; ++i) add("GET /" + std::to_string(i) + " HTTP/1.1");
    return text;
  };
  const LineFormat& format = *FindPreset("combined")->format;
  EXPECT_TRUE(HasProxyTargets(sample(10, 0, 0), true, format));
  EXPECT_TRUE(HasProxyTargets(sample(4, 14, 2), true, format));
  EXPECT_FALSE(HasProxyTargets(sample(4, 14, 3), true, format));
  EXPECT_FALSE(HasProxyTargets(sample(9, 0, 0), true, format)) << "too few to say so";
  EXPECT_FALSE(HasProxyTargets(sample(0, 0, 100), true, format));
  EXPECT_FALSE(HasProxyTargets("", true, format));
}

TEST(DetectWrappersTest, BlanksInFrontHideNone) {
  const std::string line = std::string(FindPreset("combined")->example) + "\n";
  for (const std::string_view front :
       {" <190>Nov 25 13:00:00 web1 nginx: ", "  2026-11-25T13:00:00.5Z stdout F ", "\t[pod/web-1/nginx] "}) {
    const std::string text = std::string(front) + line;
    const Detection found = DetectPreset(text + text, true);
    ASSERT_NE(found.preset, nullptr) << front;
    EXPECT_EQ(found.preset->name, "combined") << front;
    EXPECT_EQ(found.wrappers.size(), 1u) << front;
    EXPECT_EQ(DetectWrappers(text, true, *found.preset->format).size(), 1u) << front;
  }
}

TEST(HasProxyTargetsTest, FormatsOfProxiesSayItOfTheFirstLine) {
  for (const std::string_view name : {"alb", "elb", "gclb", "squid"}) {
    for (const Preset& preset : Presets()) {
      if (preset.name != name) continue;
      const std::string line = std::string(preset.example) + "\n";
      EXPECT_TRUE(HasProxyTargets(line, true, *preset.format)) << line;
      const WrapperStack syslog{&Wrappers().front()};
      EXPECT_TRUE(HasProxyTargets(line, true, *InWrappers(syslog, preset.format))) << line;
    }
  }
  for (const std::string_view name :
       {"combined", "s3", "envoy", "haproxy", "cloudflare", "nginx_json", "w3c", "ltsv"}) {
    for (const Preset& preset : Presets()) {
      const bool is_one = preset.name == name && preset.format->has_whole_addresses();
      EXPECT_FALSE(is_one) << preset.example;
    }
  }
}

}  // namespace
}  // namespace logstat
