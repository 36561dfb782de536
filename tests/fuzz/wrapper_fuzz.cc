// A log of any bytes through wrappers, and through W3C, whose lines depend on lines before them. The first four bytes
// choose up to two wrappers, the format in them and the size of the cells, the rest is the log. Checked:
//   the fast path behind a prefix gives the rows of the careful path
//   cells of any size give the rows of a single one, also where parts are joined and #Fields change
//   what is counted does not depend on the columns that are asked for
//   no text reaches beyond the line, or the parts, that it is from (the sanitizer)
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "src/format/detect.h"
#include "src/format/wrapped_format.h"
#include "tests/format/read_cells.h"

namespace logstat {
namespace {

constexpr ColumnSet kColumns = kEveryColumn | ColumnSet{Field::kDuration, Field::kReason, Field::kXff};
constexpr const char* kFormats[] = {"combined", "w3c", R"(%h %l %u \"%r\" %>s %b)"};

// 0 is no wrapper, n the n-th one.
std::shared_ptr<const LineFormat> MakeFormat(size_t outer, size_t inner, size_t format) {
  WrapperStack stack;
  for (const size_t choice : {outer, inner}) {
    const size_t i = choice % (Wrappers().size() + 1);
    if (i > 0) stack.push_back(&Wrappers()[i - 1]);
  }
  const LineFormat& innermost = LineFormatOf(kFormats[format % std::size(kFormats)]);
  return InWrappers(stack, std::shared_ptr<const LineFormat>(&innermost, [](const LineFormat*) {}));
}

void Expect(std::string_view text, const std::vector<ReadRow>& rows, const std::vector<ReadRow>& expected,
            const char* what) {
  const std::string difference = DescribeDifference(text, rows, expected);
  if (difference.empty()) return;
  std::fprintf(stderr, "%s: %s\n", what, difference.c_str());
  std::abort();
}

void Check(std::string_view text, const LineFormat& format, size_t cell_bytes) {
  const ReadSettings whole{.cell_bytes = text.size()};
  const std::vector<ReadRow> rows = ReadText(text, format, kColumns, whole);
  Expect(text, ReadText(text, format, kColumns, ReadSettings{.cell_bytes = cell_bytes}), rows, "small cells");
  Expect(text, ReadText(text, format, kColumns, ReadSettings{.fast_path = false, .cell_bytes = text.size()}), rows,
         "the careful path");
  std::vector<ReadRow> accounted = rows;
  for (ReadRow& row : accounted) {
    row = ReadRow{row.begin, row.kind, row.status, kNoTime, kNoBytes, {}, row.start, row.lines_back};
  }
  Expect(text, ReadText(text, format, kStatusOnly, whole), accounted, "columns change what is counted");
}

}  // namespace
}  // namespace logstat

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kChoices = 4;
  if (size <= kChoices || size > 8000) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + kChoices, size - kChoices);
  // Tiny cells on a large text would be thousands of them.
  const size_t cell_bytes = std::max<size_t>(1 + data[3], text.size() / 256);
  logstat::Check(text, *logstat::MakeFormat(data[0], data[1], data[2]), cell_bytes);
  logstat::DetectPreset(text, true);
  return 0;
}
