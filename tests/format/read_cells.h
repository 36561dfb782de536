// Texts through CellReader, cell by cell, to rows by value: for the tests and the fuzzer of src/format/.
//
//   std::vector<ReadRow> rows = ReadText(text, LineFormatOf("combined"), columns, ReadSettings{});
//   EXPECT_EQ(DescribeDifference(text, rows, other_rows), "");
#ifndef LOGSTAT_TESTS_FORMAT_READ_CELLS_H_
#define LOGSTAT_TESTS_FORMAT_READ_CELLS_H_

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/format/cell_reader.h"
#include "src/format/presets.h"
#include "src/format/string_format.h"
#include "src/report/escape.h"

namespace logstat {

inline constexpr ColumnSet kStatusOnly{Field::kStatus};
// What the report of all sections reads.
inline constexpr ColumnSet kReportColumns{Field::kStatus, Field::kTime, Field::kBytes,  Field::kClient,
                                          Field::kPath,   Field::kHost, Field::kMethod, Field::kReason};
// Everything that the fast path can read of the presets.
inline constexpr ColumnSet kFastColumns =
    kReportColumns | ColumnSet{Field::kUser, Field::kTarget, Field::kQuery, Field::kProtocol};
inline constexpr ColumnSet kEveryColumn = kEveryField;

// A row of a batch by value. What was not asked for is absent.
struct ReadRow {
  uint64_t begin = 0;  // offset of the line in the input
  LineKind kind = LineKind::kCounted;
  uint16_t status = 0;
  int64_t time_ms = kNoTime;
  int64_t bytes = kNoBytes;
  std::array<std::optional<std::string>, kTextFieldCount> texts;
  std::optional<uint64_t> start = {};                            // if the record begins in an earlier line: where
  uint64_t lines_back = 0;                                       // and how many lines above
  std::array<int64_t, kNumberFieldCount> numbers = NoNumbers();  // all but time and bytes

  static constexpr std::array<int64_t, kNumberFieldCount> NoNumbers() {
    std::array<int64_t, kNumberFieldCount> none{};
    none.fill(kNoNumber);
    return none;
  }

  const std::optional<std::string>& text(Field field) const {
    return texts[static_cast<size_t>(field) - kFirstTextField];
  }
  friend bool operator==(const ReadRow&, const ReadRow&) = default;
};

inline std::vector<ReadRow> RowsOf(const RecordBatch& batch, uint64_t block_offset) {
  std::vector<ReadRow> rows;
  const ColumnSet columns = batch.columns();
  for (size_t i = 0; i < batch.rows(); ++i) {
    ReadRow row;
    row.begin = block_offset + batch.begin(i);
    row.kind = batch.kind(i);
    row.status = batch.status(i);
    if (const RecordStart* start = batch.FindStart(i)) {
      row.start = start->offset;
      row.lines_back = start->lines_back;
    }
    if (columns.Contains(Field::kTime)) row.time_ms = batch.time_ms(i);
    if (columns.Contains(Field::kBytes)) row.bytes = batch.bytes(i);
    for (size_t n = 0; n < kNumberFieldCount; ++n) {
      const Field field = static_cast<Field>(kFirstNumberField + n);
      if (field == Field::kTime || field == Field::kBytes || !columns.Contains(field)) continue;
      row.numbers[n] = batch.number(field, i);
    }
    for (size_t t = 0; t < kTextFieldCount; ++t) {
      const Field field = static_cast<Field>(kFirstTextField + t);
      if (columns.Contains(field) && !batch.IsMissing(field, i)) row.texts[t] = std::string(batch.View(field, i));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// A cell of a text in memory of its own, exactly as large as Block promises, so that a sanitizer sees what reads more.
// The bytes behind it are hostile: if they counted, rows would change.
class OwnedCell {
 public:
  OwnedCell(std::string_view text, size_t cell_bytes, size_t cell) {
    const size_t begin = cell * cell_bytes;
    const std::string_view own = text.substr(begin, cell_bytes);
    const size_t cell_end = begin + own.size();
    block_.starts_line = begin == 0 || text[begin - 1] == '\n';
    const size_t newline_inside = own.rfind('\n');
    size_t end = cell_end;
    if (own.back() != '\n' && (block_.starts_line || newline_inside != std::string_view::npos)) {
      const size_t last_line = newline_inside == std::string_view::npos ? begin : begin + newline_inside + 1;
      const size_t newline = text.find('\n', cell_end);
      end = newline == std::string_view::npos ? text.size() : newline + 1;
      end = std::max(cell_end, std::min(end, last_line + kMaxLineBytes + 2));
    }
    static constexpr std::string_view kHostile = "\" 404 5\n \"?\r\"- -";
    const size_t size = end - begin;
    bytes_.reset(new uint8_t[size + kOverread]);
    std::memcpy(bytes_.get(), text.data() + begin, size);
    for (size_t i = 0; i < kOverread; ++i) bytes_[size + i] = static_cast<uint8_t>(kHostile[i % kHostile.size()]);
    block_.bytes = bytes_.get();
    block_.cell_bytes = cell_end - begin;
    block_.readable_bytes = size;
    block_.offset = begin;
    block_.cell = cell;
    block_.ends_input = end == text.size();
  }
  const Block& block() const { return block_; }

 private:
  std::unique_ptr<uint8_t[]> bytes_;
  Block block_;
};

struct ReadSettings {
  const Kernels* kernels = &BestKernels();
  bool fast_path = true;
  size_t cell_bytes = size_t{1} << 20;
};

inline std::vector<ReadRow> ReadText(std::string_view text, const LineFormat& format, ColumnSet columns,
                                     size_t cell_bytes, CellReader& reader, const RowFilter* early = nullptr) {
  RecordBatch batch;
  std::vector<ReadRow> rows;
  std::shared_ptr<const LineState> state;
  for (size_t cell = 0; cell * cell_bytes < text.size(); ++cell) {
    const OwnedCell owned(text, cell_bytes, cell);
    Block block = owned.block();
    block.state = state;
    if (format.has_state()) state = format.StateAfter(state, block);
    reader.Read(block, format, columns, batch, early);
    for (ReadRow& row : RowsOf(batch, owned.block().offset)) rows.push_back(std::move(row));
  }
  return rows;
}

inline std::vector<ReadRow> ReadText(std::string_view text, const LineFormat& format, ColumnSet columns,
                                     const ReadSettings& settings) {
  CellReader reader(*settings.kernels, settings.fast_path);
  return ReadText(text, format, columns, settings.cell_bytes, reader);
}

// A preset by name, or a format string; kept for the life of the program.
inline const LineFormat& LineFormatOf(const std::string& name_or_definition) {
  static std::map<std::string, std::shared_ptr<const LineFormat>> formats;
  std::shared_ptr<const LineFormat>& format = formats[name_or_definition];
  if (format == nullptr) {
    const Preset* preset = FindPreset(name_or_definition);
    format = preset != nullptr ? preset->format : MakeStringFormat(*CompileFormat(name_or_definition));
  }
  return *format;
}

inline std::vector<const Kernels*> SupportedKernels() {
  std::vector<const Kernels*> supported;
  for (const Kernels& kernels : AllKernels()) {
    if (kernels.supported()) supported.push_back(&kernels);
  }
  return supported;
}

inline std::string Describe(const ReadRow& row) {
  std::string text = fmt::format("offset {} kind {} status {} time {} bytes {}", row.begin, static_cast<int>(row.kind),
                                 row.status, row.time_ms, row.bytes);
  if (row.start.has_value()) text += fmt::format(" from offset {}, {} lines back", *row.start, row.lines_back);
  for (const int64_t number : row.numbers) text += number == kNoNumber ? " -" : fmt::format(" {}", number);
  for (const std::optional<std::string>& field : row.texts) {
    text += field.has_value() ? " <" + EscapeForTerminal(*field) + ">" : " absent";
  }
  return text;
}

// Empty if the rows are the same; else the first line that is not, and what both have of it.
inline std::string DescribeDifference(std::string_view text, const std::vector<ReadRow>& rows,
                                      const std::vector<ReadRow>& expected) {
  for (size_t i = 0; i < std::max(rows.size(), expected.size()); ++i) {
    if (i < rows.size() && i < expected.size() && rows[i] == expected[i]) continue;
    const uint64_t begin = i < expected.size() ? expected[i].begin : rows[i].begin;
    const std::string_view line = text.substr(begin, std::min<size_t>(text.find('\n', begin) - begin, 1000));
    return fmt::format("row {}: {}\n  is       {}\n  expected {}", i, EscapeForTerminal(line),
                       i < rows.size() ? Describe(rows[i]) : "missing",
                       i < expected.size() ? Describe(expected[i]) : "no row");
  }
  return "";
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_FORMAT_READ_CELLS_H_
