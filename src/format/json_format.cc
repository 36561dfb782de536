#include "src/format/json_format.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "src/format/json_scanner.h"
#include "src/format/named_fields.h"

namespace logstat {
namespace {

class JsonReader final : public LineReader {
 public:
  explicit JsonReader(const KeyTable& table) : scanner_(table), fields_(table) {}

  void Read(std::string_view line, size_t row, RecordBatch& batch) override {
    if ((line.empty() || line.front() != '{') && IsIgnoredLine(line)) {
      batch.kind(row) = LineKind::kIgnored;
      return;
    }
    if (!batch.IsInBlock(line)) line = padded_.assign(line).append(kOverread, '\0'), line.remove_suffix(kOverread);
    fields_.Begin(batch.columns());
    const JsonScan scan = scanner_.Scan(line, fields_, true);
    if (fields_.status().has_value()) {
      fields_.Write(row, batch);
    } else {
      batch.kind(row) = scan.closed ? LineKind::kNoStatus : LineKind::kNotJson;
    }
  }

 private:
  JsonScanner scanner_;
  NamedFields fields_;
  std::string padded_;  // a line from elsewhere than the block, behind which nothing may be read
};

constexpr ColumnSet EveryColumn() {
  ColumnSet columns;
  for (size_t i = 0; i < kFieldCount; ++i) columns.Insert(static_cast<Field>(i));
  return columns;
}

}  // namespace

JsonFormat::JsonFormat(std::span<const NamedKey> keys, std::span<const std::string_view> marks)
    : table_(keys, marks), mark_count_(marks.size()) {}

std::unique_ptr<LineReader> JsonFormat::MakeReader() const { return std::make_unique<JsonReader>(table_); }

size_t JsonFormat::CountFits(std::span<const std::string_view> lines, Fit fit) const {
  JsonScanner scanner(table_);
  NamedFields fields(table_);
  const uint32_t all_marks = static_cast<uint32_t>((uint64_t{1} << mark_count_) - 1);
  std::string padded;
  return static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
    if (IsIgnoredLine(line)) return false;
    padded.assign(line).append(kOverread, '\0');
    fields.Begin(EveryColumn());
    const JsonScan scan = scanner.Scan(std::string_view(padded).substr(0, line.size()), fields, false);
    // A status alone makes no access log.
    if (!fields.status().has_value() || fields.size() == 0 || scan.marks != all_marks) return false;
    return fit == Fit::kTolerant || (scan.complete && fields.AreWellFormed());
  }));
}

}  // namespace logstat
