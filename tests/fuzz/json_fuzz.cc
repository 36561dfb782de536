// A log of any bytes through the readers of JSON and LTSV. The first byte chooses the format, the rest is the log.
// Checked:
//   a reader that has learned the shapes of lines gives the rows of readers without a history, line by line
//   what is counted does not depend on the columns that are asked for
//   cells of any size give the rows of a single one
//   of a line that nlohmann-json accepts the status is the one that stands there
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "src/format/detect.h"
#include "src/format/field_value.h"
#include "tests/format/read_cells.h"

namespace logstat {
namespace {

constexpr const char* kFormats[] = {"nginx_json", "caddy", "traefik", "gclb", "ecs", "ltsv"};
constexpr ColumnSet kColumnSets[] = {kStatusOnly, kReportColumns, kEveryColumn, kEveryField};

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::abort();
}

void Expect(std::string_view text, const std::vector<ReadRow>& rows, const std::vector<ReadRow>& expected,
            const char* what) {
  const std::string difference = DescribeDifference(text, rows, expected);
  if (!difference.empty()) Fail(std::string(what) + ": " + difference);
}

std::vector<ReadRow> ReadWithoutHistory(std::string_view text, const LineFormat& format, ColumnSet columns) {
  std::vector<ReadRow> rows;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    std::string_view line = text.substr(begin, end - begin);
    for (ReadRow& row : ReadText(line, format, columns, ReadSettings{})) {
      row.begin += begin;
      rows.push_back(std::move(row));
    }
    begin = end;
  }
  return rows;
}

// The status of the caddy preset where the line is JSON beyond doubt; empty where somebody might see it otherwise.
std::optional<uint16_t> PlainStatus(std::string_view line) {
  if (line.find('\\') != std::string_view::npos) return std::nullopt;
  for (const char* other : {"ode", "tatus_", "tatusC", "Status", "http"}) {
    if (line.find(other) != std::string_view::npos) return std::nullopt;
  }
  const size_t key = line.find("\"status\"");
  if (key == std::string_view::npos || line.find("\"status\"", key + 1) != std::string_view::npos) return std::nullopt;
  const nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("status")) return std::nullopt;
  const nlohmann::json& status = json["status"];
  if (status.is_null()) return 0;
  if (status.is_number_unsigned() && status.get<uint64_t>() >= 100) return ParseStatus(status.dump());
  if (!status.is_string()) return std::nullopt;
  const std::string text = status.get<std::string>();
  return text.empty() ? 0 : ParseStatus(text);
}

void Check(std::string_view text, const LineFormat& format, bool is_json) {
  const std::vector<ReadRow> statuses = ReadWithoutHistory(text, format, kStatusOnly);
  for (ColumnSet columns : kColumnSets) {
    const std::vector<ReadRow> alone = ReadWithoutHistory(text, format, columns);
    Expect(text, ReadText(text, format, columns, ReadSettings{}), alone, "history changes what is read");
    Expect(text, ReadText(text, format, columns, {.cell_bytes = 1 + text.size() / 7}), alone, "small cells");
    std::vector<ReadRow> accounted = alone;
    for (ReadRow& row : accounted) row = ReadRow{row.begin, row.kind, row.status, kNoTime, kNoBytes, {}};
    Expect(text, accounted, statuses, "columns change what is counted");
  }
  for (const ReadRow& row : statuses) {
    std::string_view line = text.substr(row.begin, text.find('\n', row.begin) - row.begin);
    const std::optional<uint16_t> status = is_json ? PlainStatus(line) : std::nullopt;
    if (!status.has_value() || line.substr(0, 1) != "{") continue;
    if (row.kind != LineKind::kCounted || row.status != *status)
      Fail("another parser sees another status: " + std::string(line));
  }
}

}  // namespace
}  // namespace logstat

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2 || size > 8000) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string name = logstat::kFormats[data[0] % std::size(logstat::kFormats)];
  logstat::Check(text, logstat::LineFormatOf(name), name != "ltsv");
  logstat::DetectPreset(text, true);
  return 0;
}
