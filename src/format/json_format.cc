#include "src/format/json_format.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "src/format/json_scanner.h"
#include "src/format/named_fields.h"

namespace logstat {
namespace {

class JsonReader final : public LineReader {
 public:
  explicit JsonReader(const NameTable& table) : scanner_(table), fields_(table) {}

  void Read(std::string_view line, size_t row, RecordBatch& batch) override {
    if ((line.empty() || line.front() != '{') && IsIgnoredLine(line)) {
      batch.kind(row) = LineKind::kIgnored;
      return;
    }
    if (!batch.IsInBlock(line)) {
      line = std::string_view(padded_.assign(line).append(kJsonReadBehind, '\0')).substr(0, line.size());
    }
    const bool closed = ReadByShape(line, batch.columns()) || ReadByScanner(line, batch.columns());
    if (fields_.status().has_value()) {
      fields_.Write(row, batch);
    } else {
      batch.kind(row) = closed ? LineKind::kNoStatus : LineKind::kNotJson;
    }
  }

 private:
  // Lines of one log come in a few shapes (Caddy's with and without TLS). More would cost a new one more than they
  // save.
  static constexpr size_t kShapes = 4;

  // Both fill fields_; true: the object was read to its end, or as far as it matters.
  bool ReadByShape(std::string_view line, ColumnSet columns) {
    if (!(columns == columns_)) {
      for (JsonTemplate& shape : shapes_) shape.Forget();
      columns_ = columns;
    }
    for (size_t i = 0; i < kShapes; ++i) {
      const size_t which = (last_shape_ + i) % kShapes;
      if (!shapes_[which].known()) continue;
      fields_.Begin(columns);
      if (!shapes_[which].Read(line, fields_)) continue;
      last_shape_ = which;
      return true;
    }
    return false;
  }

  bool ReadByScanner(std::string_view line, ColumnSet columns) {
    fields_.Begin(columns);
    const JsonScan scan = scanner_.Scan(line, fields_, true, &learned_);
    if (learned_.known()) {
      next_shape_ = (next_shape_ + 1) % kShapes;
      std::swap(learned_, shapes_[next_shape_]);
    }
    return scan.closed || scan.stopped;
  }

  JsonScanner scanner_;
  NamedFields fields_;
  std::array<JsonTemplate, kShapes> shapes_;
  size_t last_shape_ = 0;  // that fitted
  size_t next_shape_ = 0;  // that was learned
  JsonTemplate learned_;
  ColumnSet columns_;   // for which they were learned
  std::string padded_;  // a line from elsewhere than the block, behind which nothing may be read
};

std::vector<std::string_view> Joined(std::span<const std::string_view> a, std::span<const std::string_view> b) {
  std::vector<std::string_view> joined(a.begin(), a.end());
  joined.insert(joined.end(), b.begin(), b.end());
  return joined;
}

}  // namespace

JsonFormat::JsonFormat(std::span<const NamedKey> keys, std::span<const std::string_view> marks,
                       std::span<const std::string_view> foreign_marks, bool whole_addresses)
    : table_(keys, Joined(marks, foreign_marks)), mark_count_(marks.size()), whole_addresses_(whole_addresses) {}

std::unique_ptr<LineReader> JsonFormat::MakeReader() const { return std::make_unique<JsonReader>(table_); }

size_t JsonFormat::CountFits(std::span<const std::string_view> lines, Fit fit) const {
  JsonScanner scanner(table_);
  NamedFields fields(table_);
  const uint32_t all_marks = static_cast<uint32_t>((uint64_t{1} << mark_count_) - 1);
  std::string padded;
  return static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
    if (IsIgnoredLine(line)) return false;
    padded.assign(line).append(kJsonReadBehind, '\0');
    fields.Begin(kEveryField);
    const JsonScan scan = scanner.Scan(std::string_view(padded).substr(0, line.size()), fields, false);
    // A status alone makes no access log.
    if (!fields.status().has_value() || fields.size() == 0 || scan.marks != all_marks) return false;
    return fit == Fit::kTolerant || (scan.complete && fields.AreWellFormed());
  }));
}

}  // namespace logstat
