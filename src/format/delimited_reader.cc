#include "src/format/delimited_reader.h"

#include <algorithm>

namespace logstat {

size_t DelimitedReader::StepsFor(ColumnSet columns) {
  if (steps_ != 0 && columns == columns_) return steps_;
  columns_ = columns;
  steps_ = program_.status + 1;
  for (size_t i = steps_; i < program_.steps.size(); ++i) {
    const std::optional<FieldSpec>& field = program_.steps[i].field;
    if (field.has_value() && columns.ContainsAny(ColumnsOf(*field))) steps_ = i + 1;
  }
  return steps_;
}

void DelimitedReader::Write(size_t step, size_t row, RecordBatch& batch) {
  const std::optional<FieldSpec>& field = program_.steps[step].field;
  if (field.has_value()) writer_.Put(*field, texts_[step], row, batch);
}

void DelimitedReader::Read(std::string_view line, size_t row, RecordBatch& batch) {
  if (IsIgnoredLine(line)) {
    batch.kind(row) = LineKind::kIgnored;
    return;
  }
  // Blanks, and the hole that a writer without O_APPEND leaves in front of its first line after a truncation.
  if (static_cast<unsigned char>(line[0]) <= ' ') {
    line.remove_prefix(std::min(line.find_first_not_of(std::string_view(" \t\0", 3)), line.size()));
  }
  const size_t steps = StepsFor(batch.columns());
  size_t at = 0;
  for (size_t i = 0; i < steps; ++i) {
    const size_t from = finder_.TakeLiteral(line, at, i);
    const size_t end = from == FieldFinder::npos ? from : finder_.FindEnd(line, from, i);
    if (end == FieldFinder::npos) {
      if (i > program_.status) return;
      batch.kind(row) = at == line.size() ? LineKind::kTooFewFields : LineKind::kNoStatus;
      return;
    }
    texts_[i] = line.substr(from, end - from);
    at = end;
    if (i < program_.status) continue;
    if (i > program_.status) {
      Write(i, row, batch);
      continue;
    }
    const std::optional<uint16_t> status = ParseStatus(texts_[i]);
    if (!status.has_value()) {
      batch.kind(row) = LineKind::kNoStatus;
      return;
    }
    batch.status(row) = *status;
    for (size_t before = 0; before < i; ++before) Write(before, row, batch);
  }
}

}  // namespace logstat
