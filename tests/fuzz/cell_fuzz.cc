// A log of any bytes through the readers of lines. The first four bytes choose the format and the size of the cells,
// the rest is the log. Checked, for every kernel that this processor runs:
//   the fast path gives the rows of the careful path, field by field
//   what is counted does not depend on the columns that are asked for
//   cells of any size give the rows of a single one
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/format/detect.h"
#include "tests/format/read_cells.h"

namespace logstat {
namespace {

constexpr const char* kFormats[] = {
    "combined",
    "common",
    "vhost_combined",
    "vhost_common",
    R"("$http_x_real_ip" $remote_addr [$time_local] "$request" $status $bytes_sent "$http_user_agent")",
    R"([$time_local] $host $remote_user "$request" $status $bytes_sent $request_time)",
    "$msec|$status|$request_method|$host|$uri|$args|$remote_addr|$bytes_sent|$http_user_agent",
    "$msec $status $remote_addr $body_bytes_sent $http_user_agent",
    "$time_iso8601\t$remote_addr\t$status\t$request_uri\t$bytes_sent",
    "ltsv",
    "w3c",
};
constexpr ColumnSet kColumnSets[] = {kStatusOnly, kReportColumns, kFastColumns, kEveryColumn};

void Expect(std::string_view text, const std::vector<ReadRow>& rows, const std::vector<ReadRow>& expected,
            std::string_view what) {
  const std::string difference = DescribeDifference(text, rows, expected);
  if (difference.empty()) return;
  std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(what.size()), what.data(), difference.c_str());
  std::abort();
}

// Readers are kept: their scratch memory costs more than the texts, and what they remember must not matter.
struct Readers {
  Readers() {
    for (const Kernels* kernels : SupportedKernels()) fast.emplace_back(kernels->name, CellReader(*kernels));
  }
  CellReader careful{ScalarKernels(), false};
  std::vector<std::pair<std::string_view, CellReader>> fast;
};

void Check(std::string_view text, const LineFormat& format, size_t cell_bytes) {
  static Readers& readers = *new Readers;
  const std::vector<ReadRow> statuses = ReadText(text, format, kStatusOnly, text.size(), readers.careful);
  for (ColumnSet columns : kColumnSets) {
    const std::vector<ReadRow> careful = ReadText(text, format, columns, text.size(), readers.careful);
    std::vector<ReadRow> accounted = careful;
    for (ReadRow& row : accounted) row = ReadRow{row.begin, row.kind, row.status, kNoTime, kNoBytes, {}};
    Expect(text, accounted, statuses, "columns change what is counted");
    for (auto& [name, reader] : readers.fast) {
      Expect(text, ReadText(text, format, columns, text.size(), reader), careful, name);
    }
    Expect(text, ReadText(text, format, columns, cell_bytes, readers.fast.front().second), careful, "small cells");
    Expect(text, ReadText(text, format, columns, cell_bytes, readers.careful), careful, "small cells, careful");
  }
}

}  // namespace
}  // namespace logstat

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kChoices = 4;
  if (size <= kChoices || size > 20000) return 0;  // larger ones are slow and find nothing that smaller ones do not
  const std::string_view text(reinterpret_cast<const char*>(data) + kChoices, size - kChoices);
  const logstat::LineFormat& format = logstat::LineFormatOf(logstat::kFormats[data[0] % std::size(logstat::kFormats)]);
  // Tiny cells on a large text would be thousands of them.
  const size_t cell_bytes = std::max<size_t>(1 + (data[1] | size_t{data[2]} << 8) % 1024, text.size() / 256);
  logstat::Check(text, format, cell_bytes);
  logstat::DetectPreset(text, data[3] % 2 == 0);
  return 0;
}
