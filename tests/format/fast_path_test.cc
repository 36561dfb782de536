// The fast path, and lines that come split at their delimiters, against the careful one: whatever the bytes are, both
// must give the same batch.
#include "src/format/fast_path.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "src/format/wrapped_format.h"
#include "src/format/wrapper.h"
#include "tests/format/hard_lines.h"
#include "tests/format/read_cells.h"

namespace logstat {
namespace {

struct NamedColumns {
  const char* name;
  ColumnSet columns;
};
constexpr NamedColumns kColumnSets[] = {
    {"status", kStatusOnly},
    {"bytes", {Field::kStatus, Field::kBytes}},
    {"time", {Field::kStatus, Field::kTime}},
    {"client", {Field::kStatus, Field::kClient}},
    {"host", {Field::kStatus, Field::kHost}},
    {"path", {Field::kStatus, Field::kPath}},
    {"query", {Field::kStatus, Field::kQuery}},
    {"report", kReportColumns},
    {"absent", {Field::kStatus, Field::kPath, Field::kReason, Field::kUpstreamTime}},
    {"fast", kFastColumns},
    {"every", kEveryColumn},
};
// A preset, a format string, or what stands behind a prefix.
struct Subject {
  const char* name;
  const char* format;
  const char* wrapper = nullptr;
};
constexpr Subject kSubjects[] = {
    {"common", "common"},
    {"combined", "combined"},
    {"vhost_common", "vhost_common"},
    {"vhost_combined", "vhost_combined"},
    {"combined_timed", "combined_timed"},
    {"lighttpd", "lighttpd"},
    {"ingress_nginx", "ingress_nginx"},
    {"traefik", "traefik"},
    {"haproxy", "haproxy"},
    {"squid", "squid"},
    {"envoy", "envoy"},
    {"alb", "alb"},
    {"s3", "s3"},
    {"npm", "npm"},
    {"iis_native", "iis_native"},
    {"w3c", "w3c"},
    {"ltsv", "ltsv"},
    {"bars", "$msec|$status|$request_method|$host|$uri|$args|$remote_addr|$bytes_sent|$http_user_agent"},
    {"tabs", "$time_iso8601\t$remote_addr\t$status\t$request_method\t$request_uri\t$bytes_sent"},
    {"blanks", "$msec $status $remote_addr $body_bytes_sent $http_user_agent"},
    {"combined_in_syslog", "combined", "syslog"},
    {"vhost_in_compose", "vhost_combined", "compose prefix"},
    {"common_in_timestamps", "common", "timestamp"},
    {"bars_in_syslog", "$msec|$status|$request_method|$host|$uri|$args|$remote_addr|$bytes_sent|$http_user_agent",
     "syslog"},
};

std::shared_ptr<const LineFormat> FormatOf(const Subject& subject) {
  std::shared_ptr<const LineFormat> format(&LineFormatOf(subject.format), [](const LineFormat*) {});
  for (const Wrapper& wrapper : Wrappers()) {
    if (subject.wrapper != nullptr && wrapper.name == subject.wrapper) return InWrappers({&wrapper}, format);
  }
  return format;
}

// Reads `text` in every way that there is; returns the first difference, or nothing.
std::string CheckBothPaths(std::string_view text, const std::string& format_name, const LineFormat& format) {
  const std::vector<ReadRow> statuses =
      ReadText(text, format, kStatusOnly, {.kernels = &ScalarKernels(), .fast_path = false});
  for (const NamedColumns& set : kColumnSets) {
    const std::vector<ReadRow> careful =
        ReadText(text, format, set.columns, {.kernels = &ScalarKernels(), .fast_path = false});
    std::vector<ReadRow> accounted = careful;  // what is counted must not depend on the columns
    for (ReadRow& row : accounted) row = ReadRow{row.begin, row.kind, row.status, kNoTime, kNoBytes, {}};
    std::string difference = DescribeDifference(text, accounted, statuses);
    if (!difference.empty()) return format_name + ", " + set.name + " against status alone: " + difference;
    for (const Kernels* kernels : SupportedKernels()) {
      difference = DescribeDifference(text, ReadText(text, format, set.columns, {.kernels = kernels}), careful);
      if (difference.empty()) continue;
      return fmt::format("{}, {}, {}: {}", format_name, set.name, kernels->name, difference);
    }
  }
  return "";
}

std::string CheckBothPaths(std::string_view text, const Subject& subject) {
  return CheckBothPaths(text, subject.name, *FormatOf(subject));
}

class BothPaths : public testing::TestWithParam<Subject> {};
INSTANTIATE_TEST_SUITE_P(Formats, BothPaths, testing::ValuesIn(kSubjects),
                         [](const testing::TestParamInfo<Subject>& info) { return std::string(info.param.name); });

TEST_P(BothPaths, OnHardLines) {
  std::string text;
  for (const HardLine& hard : HardLines()) text.append(hard.line).append(text.size() % 3 == 0 ? "\r\n" : "\n");
  EXPECT_EQ(CheckBothPaths(text, GetParam()), "");
}

// Good lines of all presets; mutations start from them.
const std::vector<std::string>& GoodLines() {
  static const std::vector<std::string> lines = [] {
    std::vector<std::string> made;
    for (const Preset& preset : Presets()) made.emplace_back(preset.example);
    const std::string head = "198.51.100.23 - ann [01/Feb/2026:00:00:59 -0330] ";
    for (const char* rest :
         {R"("POST /api/v1/orders?id=1&x=%22 HTTP/2.0" 503 0 "-" "-")", R"("HEAD / HTTP/1.0" 304 - "-" "a \"b\" c")",
          R"("OPTIONS * HTTP/1.1" 204 0 "-" "-")", R"("GET http://shop.example/a?b HTTP/1.1" 200 1234567 "-" "-")",
          R"("CONNECT /a?b HTTP/1.1" 405 7 "-" "-")", R"("\x16\x03\x01" 400 12345678 "-" "-")", R"("-" 408 - "-" "-")",
          R"("GET /a" 414 177 "-" "-")", R"("GET /a b c HTTP/1.1" 499 0 "-" "-")", R"("PURGE /? HTTP/1.1" 200 1)"}) {
      made.push_back(head + rest);
      made.push_back("shop.example:8443 " + head + rest);
      made.push_back("<134>Nov 22 13:00:00 web1 nginx[42]: " + head + rest);
      made.push_back("web-1  | shop.example:8443 " + head + rest);
      made.push_back("2026-11-22T13:00:00.123456789Z " + head + rest);
    }
    for (const char* line :
         {"1795352400.123|200|GET|shop.example|/a|b=1|192.0.2.7|512|Mozilla/5.0 (a|b)",
          "1795352400.123|404|GET|shop.example|/a|-|192.0.2.7|512|Mozilla/5.0",
          "Nov 22 13:00:00 web1 app: 1795352400.123|404|GET|-|/a|-|192.0.2.7|512|-",
          "2026-11-22T13:00:00+00:00\t192.0.2.7\t404\tGET\t/a?b\t512", "1795352400.123 301 192.0.2.7 0 curl/8.5 (x y)",
          "time:2026-11-22T13:00:00Z\thost:192.0.2.7\treq:GET /a?b HTTP/1.1\tstatus:502\tsize:7\tua:a:b\tx",
          "status:404\ttime:2026-11-22T13:00:00Z\tuser:-\turi:/a",
          "#Fields: date time c-ip cs-uri-stem sc-status sc-bytes",
          "#Fields:\tdate\ttime\tc-ip\tcs-uri-stem\tsc-status", "2026-11-22 13:00:00 192.0.2.7 /a 404 512",
          "2026-11-22\t13:00:00\t192.0.2.7\t/a b\t404", "2026-11-22 13:00:00 192.0.2.7 \"/a b\" 404 512",
          "2026-11-22 13:00:00  192.0.2.7 /a 404 512 "}) {
      made.emplace_back(line);
    }
    return made;
  }();
  return lines;
}

std::string Mutate(std::string line, std::mt19937& random) {
  static constexpr std::string_view kBytes("\"\"\"  \\\\[]:-/,0123456789\r\n\t#\0?*.GHT+%\x80\xff||\t", 41);
  const size_t changes = random() % 4;
  for (size_t change = 0; change < changes && !line.empty(); ++change) {
    const size_t at = random() % line.size();
    const char byte = kBytes[random() % kBytes.size()];
    switch (random() % 6) {
      case 0:
      case 1:
        line[at] = byte;
        break;
      case 2:
        line.insert(at, 1, byte);
        break;
      case 3:
        line.erase(at, 1 + random() % 3);
        break;
      case 4:
        line[at] = static_cast<char>(line[at] ^ (1 << random() % 8));
        break;
      case 5:  // a part of another line, or of this one again
        line.insert(at, GoodLines()[random() % GoodLines().size()], random() % 40, random() % 40);
        break;
    }
  }
  return line;
}

TEST_P(BothPaths, OnMutatedLines) {
  std::mt19937 random(20261122);
  for (int text_number = 0; text_number < 24; ++text_number) {
    std::string text;
    for (int line = 0; line < 60; ++line) {
      text += Mutate(GoodLines()[random() % GoodLines().size()], random);
      text += random() % 10 == 0 ? "\r\n" : "\n";
    }
    ASSERT_EQ(CheckBothPaths(text, GetParam()), "") << "text " << text_number;
  }
}

TEST_P(BothPaths, OnLinesOfAnchorBytesAlone) {
  std::mt19937 random(7);
  constexpr std::string_view kBytes = "\"\"\"\"    200--[]\\\n\n\r/G";
  std::string text;
  for (int byte = 0; byte < 60000; ++byte) text += kBytes[random() % kBytes.size()];
  EXPECT_EQ(CheckBothPaths(text, GetParam()), "");
}

TEST_P(BothPaths, AcrossPieces) {
  std::string text;
  for (int line = 0; text.size() < size_t{300} << 10; ++line) {
    text += GoodLines()[static_cast<size_t>(line) % GoodLines().size()] + "\n";
    if (line == 500) text += std::string(size_t{140} << 10, '"') + "\n";  // quotes of an open line over a whole piece
  }
  EXPECT_EQ(CheckBothPaths(text, GetParam()), "");
}

TEST(BothPathsOfOtherFormats, OnHardLines) {
  std::string text;
  for (const HardLine& hard : HardLines()) text.append(hard.line).append("\n");
  text += R"("a" 200 5 192.0.2.7 [22/Nov/2026:13:00:00 +0000] "GET / HTTP/1.1" 404 7)"
          "\n";
  for (const char* format : {
           R"("$http_x_real_ip" $status $bytes_sent $remote_addr [$time_local] "$request" $status $bytes_sent)",
           R"(h $remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent)",
           R"($request_id "$request" $status $bytes_sent)",
           R"("$request" $status $bytes_sent)",
           R"(%V %{c}a %l %u %t \"%r\" %s %O %D)",
           R"($msec|$status|$request_method|$request_uri|$remote_addr|$body_bytes_sent)",
           R"($remote_addr "$request_uri" $http_user_agent | $status)",
           R"(%{X-Forwarded-For}i %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i")",
           R"([$time_local] "$request" $status $bytes_sent "$http_referer" "$http_x_forwarded_for")",
       }) {
    EXPECT_EQ(CheckBothPaths(text, format, LineFormatOf(format)), "");
  }
}

// Both paths could be equal because no line is read fast. The fast path is asked directly how many it leaves.
TEST(FastPath, ReadsCleanLinesItself) {
  for (const Preset& preset : Presets()) {
    // Squid's target is absolute, which is left to the careful path.
    if (preset.format->shape() == nullptr || preset.name == "squid") continue;
    const std::string text = std::string(preset.example) + "\n" + std::string(preset.example) + "\n";
    const std::string padded = text + std::string(kOverread, '\0');
    const uint8_t* bytes = reinterpret_cast<const uint8_t*>(padded.data());
    const Shape& shape = *preset.format->shape();
    uint32_t newlines[600];
    uint32_t quotes[600];
    const StructureCounts counts = BestKernels().index_structure(bytes, text.size(), 0, '"', newlines, quotes);
    std::fill_n(quotes + counts.marks, shape.quotes + 2, kNoPosition);
    for (ColumnSet columns : {kStatusOnly, kReportColumns, kFastColumns, kEveryColumn | ColumnSet{Field::kDuration}}) {
      if ((columns & (shape.fast_columns | shape.absent_columns)) != columns) continue;  // another head, or a reason
      FastPath fast_path(BestKernels());
      const std::unique_ptr<LineReader> reader = preset.format->MakeReader();
      RecordBatch batch;
      batch.Reset(bytes, columns);
      const PieceIndex index{newlines, counts.newlines, quotes};
      EXPECT_EQ(fast_path.Read(index, 0, shape, *reader, batch), counts.marks);
      EXPECT_TRUE(fast_path.careful_rows().empty()) << preset.definition;
      ASSERT_EQ(batch.rows(), 2u);
      EXPECT_EQ(batch.status(1), 200);
    }
  }
}

}  // namespace
}  // namespace logstat
