// The fast path against the careful one: whatever the bytes are, both must give the same batch.
#include "src/format/fast_path.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

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
constexpr const char* kPresets[] = {"common",
                                    "combined",
                                    "vhost_common",
                                    "vhost_combined",
                                    "combined_timed",
                                    "lighttpd",
                                    "ingress_nginx",
                                    "traefik",
                                    "haproxy",
                                    "squid",
                                    "envoy",
                                    "alb",
                                    "s3",
                                    "npm",
                                    "iis_native"};

// Reads `text` in every way that there is; returns the first difference, or nothing.
std::string CheckBothPaths(std::string_view text, const std::string& format_name) {
  const LineFormat& format = LineFormatOf(format_name);
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

class BothPaths : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Presets, BothPaths, testing::ValuesIn(kPresets),
                         [](const testing::TestParamInfo<const char*>& info) { return std::string(info.param); });

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
    }
    return made;
  }();
  return lines;
}

std::string Mutate(std::string line, std::mt19937& random) {
  static constexpr std::string_view kBytes("\"\"\"  \\\\[]:-/,0123456789\r\n\t#\0?*.GHT+%\x80\xff", 38);
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
  for (int text_number = 0; text_number < 60; ++text_number) {
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
       }) {
    EXPECT_EQ(CheckBothPaths(text, format), "");
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
    const StructureCounts counts = BestKernels().index_structure(bytes, text.size(), 0, newlines, quotes);
    std::fill_n(quotes + counts.quotes, shape.quotes + 2, kNoPosition);
    for (ColumnSet columns : {kStatusOnly, kReportColumns, kFastColumns}) {
      if ((columns & (shape.fast_columns | shape.absent_columns)) != columns) continue;  // another head, or a reason
      FastPath fast_path(BestKernels());
      RecordBatch batch;
      batch.Reset(bytes, columns);
      const PieceIndex index{newlines, counts.newlines, quotes};
      EXPECT_EQ(fast_path.Read(index, 0, shape, batch), counts.quotes);
      EXPECT_TRUE(fast_path.careful_rows().empty()) << preset.definition;
      ASSERT_EQ(batch.rows(), 2u);
      EXPECT_EQ(batch.status(1), 200);
    }
  }
}

}  // namespace
}  // namespace logstat
